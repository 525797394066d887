package org.pellang.maven;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message of the compiler.
 *
 * @param severity {@code error}, {@code warning} or {@code note}
 * @param text {@code file:[line,column] CODE: message}, which IDEs make clickable
 */
record Message(String severity, String text) {
    private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*)\"";
    /** The head of an object of {@code --error-format=json}, whose fields have a fixed order. */
    private static final Pattern HEAD = Pattern.compile("\\{\"code\":" + STRING + ",\"severity\":" + STRING + ",\"message\":" + STRING + ",\"file\":" + STRING
            + ",\"line\":(\\d+),\"column\":(\\d+),.*");

    /** Reads one line; empty if it is no message. */
    static Optional<Message> read(String line) {
        Matcher m = HEAD.matcher(line);
        return m.matches()
                ? Optional.of(new Message(m.group(2), "%s:[%s,%s] %s: %s".formatted(plain(m.group(4)), m.group(5), m.group(6), m.group(1), plain(m.group(3)))))
                : Optional.empty();
    }

    private static String plain(String quoted) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = quoted.charAt(++i);
            switch (escape) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append((char) Integer.parseInt(quoted.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(escape);
            }
        }
        return out.toString();
    }
}
