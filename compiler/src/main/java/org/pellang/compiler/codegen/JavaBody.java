package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.source.Span;

/** Java statements under construction: lines with their depth and the {@code .pel} line that they come from. */
public final class JavaBody {

    /**
     * One line of Java.
     *
     * @param depth blocks around it, counted from the start of the body
     * @param text without indentation
     * @param pelLine one-based line of the program, 0 if it comes from none
     */
    public record Line(int depth, String text, int pelLine) {}

    private final List<Line> lines = new ArrayList<>();
    private int depth;
    private int pelLine;

    /** A body that starts at the top. */
    public JavaBody() {}

    private JavaBody(int pelLine) {
        this.pelLine = pelLine;
    }

    /** What follows comes from this place of the program. */
    public JavaBody at(Span span) {
        pelLine = span.tableLine();
        return this;
    }

    /** One line: a statement with its semicolon, or a comment. */
    public JavaBody line(String text) {
        lines.add(new Line(depth, text, pelLine));
        return this;
    }

    /** Opens a block: {@code open("if (x) {")}. */
    public JavaBody open(String head) {
        line(head);
        depth++;
        return this;
    }

    /** Closes the innermost block and opens its continuation: {@code between("} else {")}. */
    public JavaBody between(String text) {
        depth--;
        line(text);
        depth++;
        return this;
    }

    /** Closes the innermost block. */
    public JavaBody close() {
        return close("}");
    }

    /** Closes the innermost block with another text, for instance {@code "};"}. */
    public JavaBody close(String text) {
        depth--;
        return line(text);
    }

    /** Appends the lines of another body at the present depth. */
    public JavaBody add(JavaBody other) {
        for (Line line : other.lines) {
            lines.add(new Line(depth + line.depth, line.text, line.pelLine));
        }
        return this;
    }

    /** Appends the lines of a body that opens blocks and leaves them open. */
    public JavaBody enter(JavaBody heads) {
        add(heads);
        depth += heads.depth;
        return this;
    }

    /** An empty body to be added to this one later; its lines come from the same place. */
    public JavaBody sketch() {
        return new JavaBody(pelLine);
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Number of lines. */
    public int size() {
        return lines.size();
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }
}
