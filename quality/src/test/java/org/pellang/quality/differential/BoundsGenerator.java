package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * Random reads and writes of elements whose subscripts may or may not be inside their arrays: extents are options of the program, loops run over domains, parts of
 * them, ranges with strides and bounds of outer loops; conditions, early exits, assertions, {@code let}s and functions are around them. A line has one access.
 */
final class BoundsGenerator {
    private final Dice dice;
    private final StringBuilder out = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private boolean second;
    private int next;

    private BoundsGenerator(long seed) {
        this.dice = new Dice(seed);
    }

    /** The program of a seed. */
    static String generate(long seed) {
        BoundsGenerator generator = new BoundsGenerator(seed);
        generator.program();
        return generator.out.toString();
    }

    private void program() {
        line("", dice.chance(70) ? "config n = 6" : "let n = " + dice.between(1, 7));
        second = dice.chance(50);
        if (second) {
            line("", dice.chance(70) ? "config m = 3" : "let m = " + dice.between(1, 4));
            line("", dice.pick("assert 0 < m and m < n", "assert m > 0", "assert m >= 0 and n > 2*m", "assert n == 2*m", "let unused = 1"));
        }
        line("", "domain D[" + dice.pick("0..<n", "0..<n", "1..n", "0..n+1", "-2..n", "0..<2*n", second ? "m..n+m" : "3..n+3") + "] dist block");
        line("", "domain G[" + dice.pick("0..<n", "1..n", "0..n+1") + ", " + dice.pick("0..<n", "0..n+1", second ? "0..<m" : "0..<2*n") + "] dist block");
        line("", "var a: [D] int = 1");
        line("", "var g: [G] int = 1");
        line("", "var r: [" + dice.pick("n", "n", "n+1", "2*n", second ? "n*m" : "n*n", "7", "n // 2") + "] int = 1");
        line("", "var s = 0");
        line("", "fn at(x: [_] int, k: int) -> int {");
        line("  ", dice.pick("if k < 0 { return 0 }", "if k < 0 or k >= len(x) { return 1 }", "let unused = 2", "if k >= 1 { if k < len(x) { return x[k - 1] } }"));
        line("  ", "return x[k]");
        line("", "}");
        line("", "fn part(x: [_] int, low: int, high: int) -> int {");
        line("  ", "var t = 0");
        line("  ", "for q in " + dice.pick("low..<high", "max(low, 0)..<min(high, len(x))", "0..<len(x)", "1..len(x)", "0..<len(x) by 2") + " {");
        line("    ", "t += x[q" + dice.pick("", "", " - 1", " + 1") + "]");
        line("  ", "}");
        line("  ", "return t");
        line("", "}");
        for (int k = dice.between(1, 3); k > 0; k--) {
            if (dice.chance(60)) {
                divided();
            } else {
                names.clear();
                statement("", 3);
            }
        }
        line("", "print(\"{s}\")");
    }

    private void line(String indent, String text) {
        out.append(indent).append(text).append('\n');
    }

    private String plus() {
        int c = dice.between(-2, 2);
        return c == 0 ? "" : c < 0 ? " - " + -c : " + " + c;
    }

    private String extent() {
        return dice.pick("n", "n", "2*n", "n - 1", "n + 1", second ? "m" : "n // 2", "len(r)", "4");
    }

    /** What a loop with one index runs over. */
    private String space() {
        return switch (dice.below(12)) {
            case 0 -> "D";
            case 1 -> "D.inner(" + dice.pick("1", "2", second ? "m" : "1") + ")";
            case 2 -> "D.from(" + dice.between(0, 3) + ")";
            case 3 -> "D[" + dice.between(0, 2) + "..<n]";
            case 4 -> "D by 2";
            case 5 -> "G.axis(" + dice.below(2) + ")";
            case 6 -> "1.." + extent();
            case 7 -> "0..<" + extent() + " by " + dice.between(2, 3);
            case 8 -> names.isEmpty() ? "2..<" + extent() : "0.." + name();
            case 9 -> names.isEmpty() ? "-1..<" + extent() : name() + plus() + "..<" + extent();
            default -> "0..<" + extent();
        };
    }

    private String name() {
        return names.isEmpty() ? dice.pick("0", "1", "n - 1") : dice.pick(names);
    }

    private String subscript() {
        String v = name();
        return switch (dice.below(20)) {
            case 0 -> "2*" + v + plus();
            case 1 -> "n - 1 - " + v;
            case 2 -> "n - " + v + plus();
            case 3 -> v + " // 2" + plus();
            case 4 -> v + " % " + dice.pick("n", "3", second ? "m" : "(n + 1)") + plus();
            case 5 -> "max(" + v + plus() + ", 0)";
            case 6 -> "min(" + v + plus() + ", n - 1)";
            case 7 -> "clamp(" + v + plus() + ", 0, n - 1)";
            case 8 -> "abs(" + v + plus() + ")";
            case 9 -> v + " & " + dice.pick("1", "3", second ? "m" : "n");
            case 10 -> v + " ^ " + dice.pick("1", "2");
            case 11 -> v + " >> 1";
            case 12 -> v + " + " + name() + plus();
            case 13 -> v + " - " + name() + plus();
            case 14 -> second ? v + "*m + " + name() : v + "*n" + plus();
            case 15 -> "(if " + condition() + " then " + v + " else " + name() + plus() + ")";
            default -> v + plus();
        };
    }

    private String condition() {
        String v = name();
        String one = switch (dice.below(9)) {
            case 0 -> v + " > " + dice.between(0, 2);
            case 1 -> v + " < " + extent() + plus();
            case 2 -> v + " >= 0";
            case 3 -> v + " != " + dice.pick("0", "n - 1");
            case 4 -> v + " == " + dice.pick("0", "n", "1");
            case 5 -> v + " % 2 == " + dice.below(2);
            case 6 -> "not (" + v + " >= " + extent() + ")";
            case 7 -> name() + " < " + v;
            default -> "0 <= " + v + plus();
        };
        return dice.chance(25) ? one + dice.pick(" and ", " or ") + v + plus() + " < " + extent() : one;
    }

    private String element() {
        return switch (dice.below(5)) {
            case 0 -> "g[" + subscript() + ", " + name() + plus() + "]";
            case 1, 2 -> "r[" + subscript() + "]";
            default -> "a[" + subscript() + "]";
        };
    }

    private void divided() {
        names.clear();
        String filter = "";
        if (dice.chance(30)) {
            names.add("i" + next);
            names.add("j" + next);
            String space = dice.pick("G", "G.inner(1)", "G.from(1, 1)", "[0..<n, 0..<" + extent() + "]", "G[1..<n, ..]");
            filter = dice.chance(25) ? " if " + condition() : "";
            line("", "forall (i" + next + ", j" + next + ") in " + space + filter + " reduce sum s {");
        } else {
            String space = space();
            names.add("i" + next);
            filter = dice.chance(25) ? " if " + condition() : "";
            line("", "forall i" + next + " in " + space + filter + " reduce sum s {");
        }
        next++;
        for (int k = dice.between(1, 2); k > 0; k--) {
            statement("  ", 2);
        }
        line("", "}");
    }

    private void statement(String indent, int depth) {
        int mark = names.size();
        switch (depth == 0 ? dice.below(6) : dice.below(16)) {
            case 0 -> line(indent, "s += part(r, " + name() + ", " + extent() + ")");
            case 1 -> line(indent, "s += at(r, " + subscript() + ")");
            case 2 -> line(indent, "s += if " + condition() + " then " + element() + " else 0");
            case 3 -> {
                line(indent, "if " + condition() + dice.pick(" and ", " or ") + element() + " > 3 {");
                line(indent + "  ", "s += 2");
                line(indent, "}");
            }
            case 6, 7 -> {
                line(indent, "if " + condition() + " {");
                statement(indent + "  ", depth - 1);
                if (dice.chance(40)) {
                    line(indent, "} else {");
                    statement(indent + "  ", depth - 1);
                }
                line(indent, "}");
            }
            case 8, 9 -> {
                String space = space();
                String v = "i" + next++;
                line(indent, "for " + v + " in " + space + " {");
                names.add(v);
                if (dice.chance(25)) {
                    line(indent + "  ", "if " + condition() + " { " + dice.pick("continue", "break") + " }");
                }
                statement(indent + "  ", depth - 1);
                if (dice.chance(40)) {
                    statement(indent + "  ", depth - 1);
                }
                line(indent, "}");
            }
            case 10 -> {
                String v = "k" + next++;
                line(indent, "let " + v + " = " + subscript());
                names.add(v);
                statement(indent, depth - 1);
            }
            case 11 -> {
                String v = "w" + next++;
                line(indent, "var " + v + " = " + name() + plus());
                line(indent, "while " + v + " < " + extent() + " {");
                names.add(v);
                statement(indent + "  ", depth - 1);
                line(indent + "  ", v + " += 1");
                statement(indent + "  ", 0);
                line(indent, "}");
            }
            case 12 -> {
                String space = space();
                String v = "q" + next++;
                names.add(v);
                line(indent, "s += sum(" + element() + " for " + v + " in " + space + (dice.chance(30) ? " if " + condition() : "") + ")");
            }
            case 13 -> {
                String v = "v" + next++;
                line(indent, "var " + v + " = " + name());
                line(indent, "if " + condition() + " {");
                line(indent + "  ", v + " += " + dice.between(1, 2));
                line(indent, "}");
                names.add(v);
                statement(indent, 0);
            }
            default -> line(indent, "s += " + element());
        }
        while (names.size() > mark) {
            names.removeLast();
        }
    }
}
