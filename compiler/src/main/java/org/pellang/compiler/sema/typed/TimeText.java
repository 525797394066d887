package org.pellang.compiler.sema.typed;

import java.util.regex.Pattern;

/** Intervals of checkpoints as text: {@code 30 s}, {@code 10 min}, {@code 1.5 h}, or {@code auto}. */
public final class TimeText {
    /** The interval is chosen from the measured cost. */
    public static final String AUTO = "auto";

    private static final Pattern TIME = Pattern.compile("\\s*[0-9]+(\\.[0-9]+)?\\s*(ms|s|sec|m|min|h|d)\\s*");

    private TimeText() {}

    /** Whether the text is a time of more than nothing, or {@code auto}. The runtime ({@code checkpoint.Interval}) reads the same form. */
    public static boolean isInterval(String text) {
        return text.equals(AUTO) || TIME.matcher(text).matches() && text.chars().anyMatch(c -> c >= '1' && c <= '9');
    }
}
