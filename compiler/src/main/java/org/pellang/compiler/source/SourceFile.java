package org.pellang.compiler.source;

import java.util.Arrays;

/**
 * The text of one {@code .pel} file and the positions of its lines.
 *
 * @param name the path as the user wrote it, for messages
 * @param text the whole text
 * @param lineStarts offset of the first character of each line
 */
public record SourceFile(String name, String text, int[] lineStarts) {

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
        return new SourceFile(name, text, Arrays.copyOf(starts, count));
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
