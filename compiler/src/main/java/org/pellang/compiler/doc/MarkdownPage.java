package org.pellang.compiler.doc;

import java.util.List;

/** Writes sections as Markdown. */
public final class MarkdownPage {
    private MarkdownPage() {}

    /** A page that ends with a line end. */
    public static String write(String title, List<String> introduction, List<Section> sections) {
        StringBuilder out = new StringBuilder("# " + title + "\n");
        text(introduction, out);
        for (Section section : sections) {
            out.append("\n## ").append(section.name()).append('\n');
            text(section.text(), out);
            for (Section.Entry entry : section.entries()) {
                out.append("\n### ").append(entry.kind().equals("test") ? "test: " : "").append(entry.name()).append("\n```\n");
                entry.signatures().forEach(s -> out.append(s).append('\n'));
                out.append("```\n");
                text(entry.text(), out);
            }
        }
        return out.toString();
    }

    private static void text(List<String> lines, StringBuilder out) {
        for (DocText part : DocText.of(lines)) {
            if (part.code()) {
                out.append("\n```\n");
                part.lines().forEach(line -> out.append(line).append('\n'));
                out.append("```\n");
            } else {
                out.append('\n').append(String.join("\n", part.lines())).append('\n');
            }
        }
    }
}
