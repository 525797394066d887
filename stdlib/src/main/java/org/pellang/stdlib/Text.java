package org.pellang.stdlib;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Keys;
import org.pellang.runtime.value.PelList;

/** Strings. Lengths and positions count code points from 0; white space is Unicode's ({@link Character#isWhitespace(int)}). */
public final class Text {
    private Text() {}

    /** Number of code points. */
    public static long len(String s) {
        return s.codePointCount(0, s.length());
    }

    /** Code point {@code index} as a string. Traps outside of 0..len-1. */
    public static String index(String s, long index) {
        long length = len(s);
        if (index < 0 || index >= length) {
            throw new PelTrap("index " + index + " outside the string " + range(length));
        }
        int at = (int) index;
        return length == s.length()
                ? String.valueOf(s.charAt(at))
                : Character.toString(s.codePointAt(s.offsetByCodePoints(0, at)));
    }

    /** Code points {@code from} (included) to {@code to} (excluded). Traps unless 0 <= from <= to <= len. */
    public static String slice(String s, long from, long to) {
        long length = len(s);
        if (from < 0 || to < from || to > length) {
            throw new PelTrap("slice " + from + "..<" + to + " outside the string " + range(length));
        }
        if (length == s.length()) {
            return s.substring((int) from, (int) to);
        }
        int begin = s.offsetByCodePoints(0, (int) from);
        return s.substring(begin, s.offsetByCodePoints(begin, (int) (to - from)));
    }

    private static String range(long length) {
        return length == 0 ? "\"\" (empty)" : "0..<" + length;
    }

    /** The parts of {@code s} between occurrences of {@code separator}; n occurrences give n + 1 parts. */
    public static PelArray split(String s, String separator) {
        if (separator.isEmpty()) {
            throw new PelTrap("split: empty separator");
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = s.indexOf(separator); at >= 0; at = s.indexOf(separator, from)) {
            parts.add(s.substring(from, at));
            from = at + separator.length();
        }
        parts.add(s.substring(from));
        return Elements.ofStrings(parts);
    }

    /** The parts of {@code s} between runs of white space; none is empty. */
    public static PelArray words(String s) {
        List<String> words = new ArrayList<>();
        int length = s.length();
        int at = 0;
        while (at < length) {
            int c = s.codePointAt(at);
            if (Character.isWhitespace(c)) {
                at += Character.charCount(c);
                continue;
            }
            int from = at;
            while (at < length && !Character.isWhitespace(s.codePointAt(at))) {
                at += Character.charCount(s.codePointAt(at));
            }
            words.add(s.substring(from, at));
        }
        return Elements.ofStrings(words);
    }

    /** The lines of {@code s} without their ends ({@code \n}, {@code \r\n} or {@code \r}). */
    public static PelArray splitLines(String s) {
        return Elements.ofStrings(s.lines().toList());
    }

    /** The characters of {@code s}, each as a string. */
    public static PelArray characters(String s) {
        return Elements.ofStrings(s.codePoints().mapToObj(Character::toString).toList());
    }

    /** The parts with {@code separator} between them. */
    public static String join(PelArray parts, String separator) {
        StringBuilder out = new StringBuilder();
        Object[] texts = Elements.objects(parts);
        for (int i = 0; i < texts.length; i++) {
            out.append(i == 0 ? "" : separator).append(texts[i]);
        }
        return out.toString();
    }

    /** The parts with {@code separator} between them. */
    public static String join(PelList<String> parts, String separator) {
        return String.join(separator, parts.asList());
    }

    /** {@code s} without white space at both ends. */
    public static String trim(String s) {
        return s.strip();
    }

    /** Upper case, by Unicode's rules of no particular language. */
    public static String upper(String s) {
        return s.toUpperCase(Locale.ROOT);
    }

    /** Lower case, by Unicode's rules of no particular language. */
    public static String lower(String s) {
        return s.toLowerCase(Locale.ROOT);
    }

    /** Position of the first {@code part} in {@code s}, -1 if there is none. */
    public static long find(String s, String part) {
        return find(s, part, 0);
    }

    /** Position of the first {@code part} at or after {@code from}, -1 if there is none. Traps unless 0 <= from <= len. */
    public static long find(String s, String part, long from) {
        if (from < 0 || from > len(s)) {
            throw new PelTrap("find: start " + from + " outside the string " + range(len(s)));
        }
        int at = s.indexOf(part, s.offsetByCodePoints(0, (int) from));
        return at < 0 ? -1 : s.codePointCount(0, at);
    }

    /** Number of occurrences of {@code part} that do not overlap. */
    public static long occurrences(String s, String part) {
        return split(s, part).size() - 1;
    }

    public static boolean contains(String s, String part) {
        return s.contains(part);
    }

    /** Every {@code old} replaced. Traps if {@code old} is empty. */
    public static String replace(String s, String old, String by) {
        if (old.isEmpty()) {
            throw new PelTrap("replace: nothing to look for");
        }
        return s.replace(old, by);
    }

    public static boolean startsWith(String s, String prefix) {
        return s.startsWith(prefix);
    }

    public static boolean endsWith(String s, String suffix) {
        return s.endsWith(suffix);
    }

    /** {@code s} repeated {@code n} times. Traps if n < 0. */
    public static String repeat(String s, long n) {
        if (n < 0 || n * (double) s.length() > Integer.MAX_VALUE) {
            throw new PelTrap("repeat: " + n + " times " + s.length() + " characters");
        }
        return s.repeat((int) n);
    }

    /** {@code s} from its end to its beginning. */
    public static String reversed(String s) {
        return new StringBuilder(s).reverse().toString();
    }

    /** The int that {@code s} writes: decimal, {@code 0x}, {@code 0o} or {@code 0b}, {@code _} between digits. Traps on anything else. */
    public static long parseInt(String s) {
        String text = s.strip();
        boolean negative = text.startsWith("-");
        String size = negative || text.startsWith("+") ? text.substring(1) : text;
        int radix = 10;
        if (size.length() > 2 && size.charAt(0) == '0') {
            radix = switch (Character.toLowerCase(size.charAt(1))) {
                case 'x' -> 16;
                case 'o' -> 8;
                case 'b' -> 2;
                default -> 10;
            };
        }
        String digits = radix == 10 ? size : size.substring(2);
        if (digits.isEmpty() || !wellFormed(digits, radix)) {
            throw new PelTrap("parse_int: \"" + s + "\" is not an int");
        }
        try {
            return Long.parseLong((negative ? "-" : "") + digits.replace("_", ""), radix);
        } catch (NumberFormatException e) {
            throw new PelTrap("parse_int: \"" + s + "\" is outside of the int range", e);
        }
    }

    private static boolean wellFormed(String digits, int radix) {
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            boolean between = i > 0 && i < digits.length() - 1 && digits.charAt(i - 1) != '_';
            if (c == '_' ? !between : c > 'z' || Character.digit(c, radix) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The float that {@code s} writes (also {@code inf}, {@code nan}). Traps on anything else. */
    public static double parseFloat(String s) {
        String text = s.strip().toLowerCase(Locale.ROOT);
        String size = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        double sign = text.startsWith("-") ? -1.0 : 1.0;
        if (size.equals("inf") || size.equals("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (size.equals("nan")) {
            return Double.NaN;
        }
        boolean plain = size.chars().allMatch(c -> "0123456789.e+-".indexOf(c) >= 0);
        if (!plain || size.startsWith("-") || size.startsWith("+")) {
            throw new PelTrap("parse_float: \"" + s + "\" is not a float");
        }
        try {
            return sign * Double.parseDouble(size);
        } catch (NumberFormatException e) {
            throw new PelTrap("parse_float: \"" + s + "\" is not a float", e);
        }
    }

    /** The character of a code point. Traps outside of Unicode. */
    public static String chr(long codePoint) {
        if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT || codePoint >= 0xD800 && codePoint <= 0xDFFF) {
            throw new PelTrap("chr(" + codePoint + "): not the number of a character");
        }
        return Character.toString((int) codePoint);
    }

    /** The code point of a string of one character. Traps on any other length. */
    public static long ord(String s) {
        if (len(s) != 1) {
            throw new PelTrap("ord: \"" + s + "\" has " + len(s) + " characters, not 1");
        }
        return s.codePointAt(0);
    }

    /** Order by code points: negative, 0 or positive. */
    public static int compare(String a, String b) {
        return Keys.compare(a, b);
    }
}
