package org.pellang.compiler.diagnostic;

/** How text looks in a terminal: tabs expanded, wide characters counted double, combining ones not at all. */
final class DisplayWidth {
    static final int TAB = 4;

    private DisplayWidth() {}

    /** Columns that the text takes. */
    static int of(String text) {
        return shown(text).codePoints().map(DisplayWidth::width).sum();
    }

    /** The text as it is printed: tabs as spaces, control characters as a replacement mark. */
    static String shown(String text) {
        StringBuilder out = new StringBuilder();
        int[] column = {0};
        text.codePoints().forEach(c -> {
            if (c == '\t') {
                int spaces = TAB - column[0] % TAB;
                out.repeat(' ', spaces);
                column[0] += spaces;
            } else {
                int visible = Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c;
                out.appendCodePoint(visible);
                column[0] += width(visible);
            }
        });
        return out.toString();
    }

    /** What is shown of the text from a display column on. */
    static String from(String text, int column) {
        String shown = shown(text);
        int at = 0;
        for (int skipped = 0; skipped < column && at < shown.length(); at += Character.charCount(shown.codePointAt(at))) {
            skipped += width(shown.codePointAt(at));
        }
        return shown.substring(at);
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = c >= 0x1100 && c <= 0x115F
                || c >= 0x2E80 && c <= 0xA4CF
                || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xFE30 && c <= 0xFE6F
                || c >= 0xFF00 && c <= 0xFF60
                || c >= 0xFFE0 && c <= 0xFFE6
                || c >= 0x1F300 && c <= 0x1FAFF
                || c >= 0x20000 && c <= 0x3FFFD;
        return wide ? 2 : 1;
    }
}
