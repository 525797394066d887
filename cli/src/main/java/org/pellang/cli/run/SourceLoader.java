package org.pellang.cli.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.pellang.cli.CommandFailure;
import org.pellang.compiler.source.SourceFile;

/** Reads source files; whatever is no readable PEL text is said in one line. */
public final class SourceLoader {
    private static final String BOM = "\uFEFF";

    private SourceLoader() {}

    /** Reads a {@code .pel} file. */
    public static SourceFile load(Path path) throws CommandFailure {
        byte[] bytes = bytes(path);
        if (bytes.length == 0) {
            throw CommandFailure.io(path + " is empty");
        }
        String text = decode(path, bytes);
        return SourceFile.of(path.toString(), text.startsWith(BOM) ? text.substring(1) : text);
    }

    /** Says what is wrong with a path that should be a readable file. */
    public static void requireFile(Path path) throws CommandFailure {
        if (Files.isDirectory(path)) {
            throw CommandFailure.io(path + " is a folder, not a program");
        }
        if (!Files.exists(path)) {
            throw CommandFailure.io(path + " does not exist" + suggestion(path));
        }
        if (!Files.isReadable(path)) {
            throw CommandFailure.io(path + " cannot be read: permission denied");
        }
    }

    private static byte[] bytes(Path path) throws CommandFailure {
        requireFile(path);
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw CommandFailure.io(path + " cannot be read: it has just changed");
        } catch (IOException e) {
            throw CommandFailure.io(path + " cannot be read: " + e.getMessage());
        }
    }

    private static String decode(Path path, byte[] bytes) throws CommandFailure {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) {
                throw CommandFailure.io(path + " is a binary file, not a PEL text");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw CommandFailure.io(path + " is not UTF-8 text (a binary file, or another encoding; `iconv -t UTF-8` converts)");
        }
    }

    private static String suggestion(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return folder == null ? "" : ": there is no folder " + (path.getParent() == null ? folder : path.getParent());
        }
        try (Stream<Path> files = Files.list(folder)) {
            return DidYouMean.suggest(
                            path.getFileName().toString(),
                            files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".pel") || f.endsWith(".jar")).sorted().toList())
                    .map(name -> "; did you mean " + path.resolveSibling(name) + "?")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
