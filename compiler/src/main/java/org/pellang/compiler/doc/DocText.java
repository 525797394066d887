package org.pellang.compiler.doc;

import java.util.ArrayList;
import java.util.List;

/** Paragraphs and code of a comment. */
record DocText(boolean code, List<String> lines) {

    /** Takes a comment apart: indented lines are code, empty lines separate. */
    static List<DocText> of(List<String> lines) {
        List<DocText> parts = new ArrayList<>();
        List<String> open = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean indented = line.startsWith("    ");
            if (!open.isEmpty() && (line.isBlank() || indented != code)) {
                parts.add(new DocText(code, List.copyOf(open)));
                open.clear();
            }
            code = indented;
            if (!line.isBlank()) {
                open.add(indented ? line.substring(4) : line.strip());
            }
        }
        if (!open.isEmpty()) {
            parts.add(new DocText(code, List.copyOf(open)));
        }
        return parts;
    }
}
