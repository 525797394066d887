package org.pellang.compiler.sema;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.SourceFile;

/**
 * Modules of a user in files and folders: {@code use shapes.circle} is {@code shapes/circle.pel}, {@code use shapes} is {@code shapes.pel} or all files of the
 * folder {@code shapes}. They are looked for beside the file that uses them, then in the folder of the program, then in further folders.
 */
public final class FolderModules implements ModuleSource {
    private final ModuleSource standard;
    private final Path folder;
    private final List<Path> classPath;
    private final List<Path> read = new ArrayList<>();
    private final List<Path> more;
    private final boolean trusting;

    /**
     * @param standard the standard library; its names come first
     * @param folder the folder of the program
     * @param classPath jars and class folders of the Java that the program calls
     */
    public FolderModules(ModuleSource standard, Path folder, List<Path> classPath) {
        this(standard, folder, classPath, List.of(), false);
    }

    private FolderModules(ModuleSource standard, Path folder, List<Path> classPath, List<Path> more, boolean trusting) {
        this.standard = standard;
        this.folder = folder;
        this.classPath = List.copyOf(classPath);
        this.more = List.copyOf(more);
        this.trusting = trusting;
    }

    /** The same for a program whose Java has not been compiled yet. */
    public FolderModules trustingJava() {
        return new FolderModules(standard, folder, classPath, more, true);
    }

    /** The same with more folders, in which modules are looked for last. */
    public FolderModules alsoIn(List<Path> folders) {
        return new FolderModules(standard, folder, classPath, folders, trusting);
    }

    @Override
    public boolean trustsJava() {
        return trusting;
    }

    @Override
    public byte @Nullable [] javaClass(String name) {
        String file = name.replace('.', '/') + ".class";
        for (Path entry : classPath) {
            byte[] found = Files.isDirectory(entry) ? inFolder(entry.resolve(file)) : inJar(entry, file);
            if (found != null) {
                return found;
            }
        }
        return ModuleSource.super.javaClass(name);
    }

    private static byte @Nullable [] inFolder(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static byte @Nullable [] inJar(Path jar, String file) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(file);
            return entry == null ? null : zip.getInputStream(entry).readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public List<String> standardModules() {
        return standard.standardModules();
    }

    @Override
    public @Nullable SourceFile find(String module) {
        return standard.find(module);
    }

    /** The files that were read. */
    public List<Path> files() {
        return read.stream().distinct().toList();
    }

    @Override
    public UserModule user(String module, SourceFile from) {
        String path = module.replace('.', '/');
        List<Path> places = new ArrayList<>();
        Path beside = beside(from);
        List<Path> searched = new ArrayList<>(beside == null ? List.of(folder) : List.of(beside, folder));
        searched.addAll(more);
        for (Path place : searched) {
            Path file = place.resolve(path + ".pel");
            Path inside = place.resolve(path);
            if (Files.isRegularFile(file)) {
                return load(List.of(file));
            }
            if (Files.isDirectory(inside)) {
                return load(programs(inside));
            }
            if (places.stream().noneMatch(p -> shown(p).equals(shown(file)))) {
                places.add(file);
            }
        }
        return new UserModule(List.of(), "there is no " + String.join(", and no ", places.stream().map(FolderModules::shown).toList()));
    }

    private static @Nullable Path beside(SourceFile from) {
        try {
            Path file = Path.of(from.name());
            Path parent = file.getParent();
            return Files.isRegularFile(file) ? (parent == null ? Path.of("") : parent) : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    @Override
    public List<String> userModules(SourceFile from) {
        Path beside = beside(from);
        return programs(beside == null ? folder : beside).stream()
                .map(f -> f.getFileName().toString().replaceFirst("\\.pel$", ""))
                .toList();
    }

    private static List<Path> programs(Path folder) {
        Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
        try (Stream<Path> files = Files.list(listed)) {
            return files.filter(f -> f.toString().endsWith(".pel") && Files.isRegularFile(f)).sorted().map(f -> folder.resolve(f.getFileName())).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private UserModule load(List<Path> files) {
        List<SourceFile> sources = new ArrayList<>();
        for (Path file : files) {
            if (!read.contains(file)) {
                read.add(file);
            }
            try {
                String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
                sources.add(SourceFile.of(shown(file), text.startsWith("\uFEFF") ? text.substring(1) : text));
            } catch (CharacterCodingException e) {
                return new UserModule(List.of(), shown(file) + " is not UTF-8 text");
            } catch (IOException e) {
                return new UserModule(List.of(), shown(file) + " cannot be read");
            }
        }
        return new UserModule(sources, sources.isEmpty() ? "the folder has no .pel file" : "");
    }

    /** As the user would write it: below the current folder without the way to it. */
    private static String shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return file.isAbsolute() && absolute.startsWith(here) ? here.relativize(absolute).toString() : file.normalize().toString();
    }
}
