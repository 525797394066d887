package org.pellang.cli.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pellang.compiler.source.SourceFile;

/**
 * Compiled programs by content: the key is a hash of the source's text and name, the folder of its modules, and the compiler's jars. The modules
 * that a program used stand beside its jar with their hashes; if one has changed, the entry does not count.
 *
 * <p>A cache that cannot be read or written is no error: the program is compiled anew.
 */
public final class ProgramCache {
    private final Path folder;
    private final List<Path> compiler;

    /**
     * A cache.
     *
     * @param folder where the entries lie
     * @param compiler jars of the compiler; a change of one makes all entries old
     */
    public ProgramCache(Path folder, List<Path> compiler) {
        this.folder = folder;
        this.compiler = List.copyOf(compiler);
    }

    /** The jar of an unchanged program. */
    public Optional<Path> find(SourceFile source, Path modules, String variant) {
        Path entry = entry(source, modules, variant);
        Path jar = entry.resolve("program.jar");
        try {
            return Files.isReadable(jar) && unchanged(Files.readAllLines(entry.resolve("modules"))) ? Optional.of(jar) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps a jar. The modules list goes last: an entry without it does not count. */
    public Path store(SourceFile source, Path folderOfModules, String variant, byte[] jar, List<Path> modules) throws IOException {
        Path entry = Files.createDirectories(entry(source, folderOfModules, variant));
        Path file = entry.resolve("program.jar");
        Files.deleteIfExists(entry.resolve("modules"));
        SafeWrite.tryWrite(file, jar);
        List<String> lines = new ArrayList<>();
        for (Path module : modules) {
            lines.add(hash(Files.readAllBytes(module)) + " " + module.toAbsolutePath());
        }
        SafeWrite.tryWrite(entry.resolve("modules"), String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        return file;
    }

    /** What changes with every file of a class path: its name, size and time. */
    public static String stamps(List<Path> classPath) {
        StringBuilder text = new StringBuilder();
        for (Path entry : classPath) {
            try (Stream<Path> files = Files.walk(entry)) {
                files.filter(Files::isRegularFile).sorted().forEach(f -> text.append('\n').append(f.toAbsolutePath()).append(' ').append(stamp(f)));
            } catch (IOException e) {
                text.append('\n').append(entry).append(" unreadable");
            }
        }
        return text.toString();
    }

    private static boolean unchanged(List<String> modules) throws IOException {
        for (String line : modules) {
            int space = line.indexOf(' ');
            Path module = Path.of(line.substring(space + 1));
            if (!Files.isReadable(module) || !hash(Files.readAllBytes(module)).equals(line.substring(0, space))) {
                return false;
            }
        }
        return true;
    }

    private Path entry(SourceFile source, Path modules, String variant) {
        StringBuilder key = new StringBuilder();
        key.append(source.name()).append('\n').append(modules.toAbsolutePath()).append('\n').append(variant).append('\n');
        for (Path jar : compiler) {
            key.append(jar).append(' ').append(stamp(jar)).append('\n');
        }
        key.append(source.text());
        return folder.resolve(hash(key.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String stamp(Path jar) {
        try {
            return Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis();
        } catch (IOException e) {
            return "?";
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
