package org.pellang.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Files that come out of compiling, and those of earlier builds that do not come any more. */
final class Products {
    private Products() {}

    /** Copies the class files of a jar into a folder; returns the copies. */
    static List<Path> classes(Path jar, Path folder) throws IOException {
        List<Path> products = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        products.add(write(folder.resolve(entry.getName()), in.readAllBytes()));
                    }
                }
            }
        }
        return products;
    }

    /** Copies all files of a folder into another one; returns the copies. */
    static List<Path> files(Path from, Path to) throws IOException {
        List<Path> products = new ArrayList<>();
        if (Files.isDirectory(from)) {
            try (Stream<Path> tree = Files.walk(from)) {
                for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                    products.add(write(to.resolve(from.relativize(file).toString()), Files.readAllBytes(file)));
                }
            }
        }
        return products;
    }

    // What is there already keeps its time, so that javac need not run again.
    private static Path write(Path file, byte[] bytes) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            Files.createDirectories(file.resolve("..").normalize());
            Files.write(file, bytes);
        }
        return file;
    }

    /** Removes the products that are in the list of the last build and not among those of this one, which become the list. */
    static void settle(Path list, List<Path> now) throws IOException {
        TreeSet<String> kept = new TreeSet<>();
        now.forEach(product -> kept.add(product.toString()));
        if (Files.exists(list)) {
            for (String line : Files.readAllLines(list)) {
                if (!kept.contains(line)) {
                    Files.deleteIfExists(Path.of(line));
                }
            }
        } else if (now.isEmpty()) {
            return;
        }
        Files.createDirectories(list.resolve("..").normalize());
        Files.write(list, kept);
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path file : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
