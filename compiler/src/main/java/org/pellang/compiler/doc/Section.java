package org.pellang.compiler.doc;

import java.util.List;

/**
 * What is said about one program, module or group of functions.
 *
 * @param name its name
 * @param text its own comment, line by line
 * @param entries what it declares, in order
 */
public record Section(String name, List<String> text, List<Entry> entries) {

    /**
     * A declaration, or several that share one comment.
     *
     * @param kind {@code function}, {@code option}, {@code record}, {@code test}, ...
     * @param name its name; several, with commas between them, if they share a comment
     * @param signatures as written, without bodies
     * @param text the comment, line by line; lines that are indented by four columns or more are code
     */
    public record Entry(String kind, String name, List<String> signatures, List<String> text) {
        /** The pieces of code in the comment, line by line. */
        public List<List<String>> pieces() {
            return DocText.of(text).stream().filter(DocText::code).map(DocText::lines).toList();
        }

        /** The lines of code in the comment. */
        public List<String> examples() {
            return DocText.of(text).stream().filter(DocText::code).flatMap(part -> part.lines().stream()).toList();
        }
    }
}
