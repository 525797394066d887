package org.pellang.compiler.syntax;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.pellang.compiler.source.SourceFile;

/** Reads {@code .pel} files. */
public final class SourceReader {
    private SourceReader() {}

    /** A file that cannot be read as PEL text; the message says which and why, in one sentence. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /**
     * Reads a file as UTF-8; a byte order mark is left out.
     *
     * @throws Unreadable if it does not exist, is a directory, is not readable, is larger than {@link Parser#MAX_LENGTH}
     *     bytes, contains NUL bytes or is not UTF-8
     */
    public static SourceFile read(Path path) throws Unreadable {
        byte[] bytes = bytes(path);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw new Unreadable(path + " is a binary file, not PEL text (NUL byte at offset " + i + ")");
            }
        }
        String text = decode(path, bytes);
        return SourceFile.of(path.toString(), text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static byte[] bytes(Path path) throws Unreadable {
        try {
            if (Files.isDirectory(path)) {
                throw new Unreadable(path + " is a directory, not a PEL file");
            }
            long size = Files.size(path);
            if (size > Parser.MAX_LENGTH) {
                throw new Unreadable(path + " is too large: " + size + " bytes, at most " + Parser.MAX_LENGTH + " are read");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new Unreadable("there is no file " + path);
        } catch (AccessDeniedException e) {
            throw new Unreadable(path + " cannot be read: permission denied");
        } catch (IOException e) {
            throw new Unreadable(path + " cannot be read: " + e.getMessage());
        }
    }

    private static String decode(Path path, byte[] bytes) throws Unreadable {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(buffer)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable(path + " is not UTF-8 text (byte at offset " + buffer.position() + ")");
        }
    }
}
