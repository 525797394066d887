package org.pellang.compiler.source;

/**
 * A piece of a source file, from {@code start} (inclusive) to {@code end} (exclusive), in UTF-16 offsets.
 *
 * @param file the file
 * @param start offset of the first character
 * @param end offset after the last character
 */
public record Span(SourceFile file, int start, int end) {

    /** The smallest span that covers both. */
    public Span to(Span other) {
        return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
    }

    /** One-based line of the first character. */
    public int line() {
        return file.line(start);
    }

    /** The line that stands for {@link #line} in the line tables of class files, which know one source file only. */
    public int tableLine() {
        return file.linesBefore() + line();
    }

    /** One-based column of the first character, in code points. */
    public int column() {
        return file.column(start);
    }

    /** The text that the span covers. */
    public String text() {
        return file.text().substring(start, end);
    }

    @Override
    public String toString() {
        return file.name() + ":" + line() + ":" + column();
    }
}
