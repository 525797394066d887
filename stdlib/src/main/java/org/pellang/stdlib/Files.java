package org.pellang.stdlib;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

/** Text files, tables and the environment, read by the calling rank. Whatever cannot be read traps with the path and the reason. */
public final class Files {
    private Files() {}

    /** The whole of a UTF-8 text file. */
    public static String read(String path) {
        try {
            return java.nio.file.Files.readString(Path.of(path));
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (java.nio.file.InvalidPathException e) {
            throw new PelTrap("not a path: " + e.getInput(), e);
        }
    }

    /** The trap that says why a file cannot be read. */
    static PelTrap unreadable(String path, IOException e) {
        String why = switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission denied";
            case CharacterCodingException _ -> "not UTF-8 text";
            default -> reason(e);
        };
        return new PelTrap("cannot read " + path + ": " + why, e);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "input/output error" : e.getMessage();
    }

    /**
     * The lines of a text file without their ends. In the last part of the path {@code *}, {@code ?} and {@code [..]} match several files,
     * read in order of their names; traps if they match none.
     */
    public static PelArray lines(String path) {
        List<String> lines = new ArrayList<>();
        for (String file : matching(path)) {
            read(file).lines().forEach(lines::add);
        }
        return Elements.ofStrings(lines);
    }

    /** The files that a path with {@code *}, {@code ?} or {@code [..]} in its last part matches, in order of their names. */
    static List<String> matching(String path) {
        int slash = path.lastIndexOf('/');
        String pattern = path.substring(slash + 1);
        if (pattern.chars().noneMatch(c -> c == '*' || c == '?' || c == '[')) {
            return List.of(path);
        }
        String folder = slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> found = java.nio.file.Files.newDirectoryStream(Path.of(folder), pattern)) {
            found.forEach(file -> files.add(file.toString()));
        } catch (NoSuchFileException e) {
            throw new PelTrap("cannot read " + path + ": there is no folder " + folder, e);
        } catch (IOException e) {
            throw new PelTrap("cannot read " + path + ": " + reason(e), e);
        }
        if (files.isEmpty()) {
            throw new PelTrap("cannot read " + path + ": no file matches");
        }
        files.sort(Text::compare);
        return files;
    }

    /**
     * The numbers of a comma-separated file as a 2-D array, rows by columns. A first line with a field that is no number is
     * a header and left out; an empty field is NaN. Traps on other text and on rows of differing lengths.
     */
    public static PelArray readTable(String path) {
        List<List<String>> rows = CsvReader.rows(path, read(path));
        int header = hasHeader(rows) ? 1 : 0;
        int count = rows.size() - header;
        int columns = count == 0 ? 0 : rows.get(header).size();
        PelArray table = PelArray.create(
                Domain.local(new long[] {0, 0}, new long[] {count - 1, columns - 1}), ElemType.FLOAT);
        for (int i = 0; i < count; i++) {
            List<String> row = rows.get(header + i);
            if (row.size() != columns) {
                throw new PelTrap(path + ": row " + (i + 1) + " has " + row.size() + " fields, row 1 has " + columns);
            }
            for (int j = 0; j < columns; j++) {
                table.set(table.at(i, j), number(path, row.get(j), i, j));
            }
        }
        return table;
    }

    /** The names in the first line of a comma-separated file; none if that line holds numbers only. */
    public static PelArray readHeader(String path) {
        List<List<String>> rows = CsvReader.rows(path, read(path));
        return Elements.ofStrings(hasHeader(rows) ? rows.getFirst() : List.of());
    }

    private static boolean hasHeader(List<List<String>> rows) {
        return !rows.isEmpty() && rows.getFirst().stream().anyMatch(field -> !field.isEmpty() && !isNumber(field));
    }

    private static boolean isNumber(String field) {
        try {
            Text.parseFloat(field);
            return true;
        } catch (PelTrap notANumber) {
            return false;
        }
    }

    private static double number(String path, String field, int row, int column) {
        if (field.isEmpty()) {
            return Double.NaN;
        }
        if (!isNumber(field)) {
            throw new PelTrap(path + ": row " + (row + 1) + ", column " + (column + 1) + ": \"" + field + "\" is not a number");
        }
        return Text.parseFloat(field);
    }

    public static boolean exists(String path) {
        return java.nio.file.Files.exists(Path.of(path));
    }

    /** The environment variable {@code name}, "" if it is not set. */
    public static String env(String name) {
        return env(name, "");
    }

    /** The environment variable {@code name}, {@code otherwise} if it is not set. */
    public static String env(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null ? otherwise : value;
    }
}
