package org.pellang.compiler.codegen;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Marks at the ends of lines that carry {@code .pel} lines through JavaPoet: a statement leaves {@link #line} as {@code x = 1; //:12} and {@link #read} takes the marks
 * out of the whole file again, into its line table. Fields, between which JavaPoet leaves empty lines, are put together.
 */
final class MarkedLines {
    private static final String MARK = " //:";

    private final StringBuilder text = new StringBuilder();
    private final List<Integer> table = new ArrayList<>();
    private int pelLine;

    private MarkedLines() {}

    /** A line of a body with its end. */
    static CodeBlock line(CodeBlock code, int pelLine) {
        return pelLine == 0 ? CodeBlock.of("$L\n", code) : CodeBlock.of("$L" + MARK + "$L\n", code, pelLine);
    }

    /** Marks that were taken out of a file. */
    static JavaSourceFile read(String name, String marked) {
        MarkedLines lines = new MarkedLines();
        List<String> all = marked.lines().toList();
        for (int k = 0; k < all.size(); k++) {
            boolean betweenFields = all.get(k).isEmpty() && k > 0 && k + 1 < all.size() && isField(all.get(k - 1)) && isField(all.get(k + 1));
            if (!betweenFields) {
                lines.add(all.get(k));
            }
        }
        return new JavaSourceFile(name, lines.text.toString(), lines.table.stream().mapToInt(i -> i).toArray());
    }

    private static boolean isField(String line) {
        return line.startsWith("    private ") && line.contains(";");
    }

    /** What has no mark of its own, as the brace after a body, belongs to the mark before it; members begin anew. */
    private void add(String line) {
        int mark = line.lastIndexOf(MARK);
        if (mark >= 0) {
            pelLine = Integer.parseInt(line, mark + MARK.length(), line.length(), 10);
        } else if (!line.isBlank() && !line.strip().equals("}")) {
            pelLine = 0;
        }
        text.append(mark < 0 ? line : line.substring(0, mark)).append('\n');
        table.add(line.isBlank() ? 0 : pelLine);
        if (line.equals("    }")) {
            pelLine = 0;
        }
    }
}
