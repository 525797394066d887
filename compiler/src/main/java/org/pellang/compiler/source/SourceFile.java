package org.pellang.compiler.source;

import java.util.Arrays;

/**
 * The text of one {@code .pel} file and the positions of its lines.
 *
 * @param name the path as the user wrote it, for messages
 * @param text the whole text
 * @param lineStarts offset of the first character of each line
 * @param linesBefore lines of the program's other files in front of this one, in the line tables of class files
 */
public record SourceFile(String name, String text, int[] lineStarts, int linesBefore) {

    /** Makes a source file from its text; lines end with {@code \n}, {@code \r\n} or {@code \r}. */
    public static SourceFile of(String name, String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean end = c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'));
            if (end) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return new SourceFile(name, text, Arrays.copyOf(starts, count), 0);
    }

    /** The same file as a module of a program, with that many lines of other files in front of it. */
    public SourceFile after(int lines) {
        return new SourceFile(name, text, lineStarts, lines);
    }

    /** Number of lines. */
    public int lines() {
        return lineStarts.length;
    }

    /** One-based line of an offset. */
    public int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** One-based column of an offset, counted in code points. */
    public int column(int offset) {
        int start = lineStarts[line(offset) - 1];
        return text.codePointCount(start, Math.min(offset, text.length())) + 1;
    }

    /** The text of a one-based line without its line end. */
    public String lineText(int line) {
        int start = lineStarts[line - 1];
        int end = line < lineStarts.length ? lineStarts[line] : text.length();
        return text.substring(start, end).stripTrailing();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
