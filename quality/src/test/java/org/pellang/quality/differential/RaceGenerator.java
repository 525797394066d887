package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * Random loops over small arrays whose subscripts are affine, wrapped, masked, divided by numbers and symbols, guarded, or behind functions and function
 * values, without regard to races.
 */
final class RaceGenerator {
    private final Dice dice;
    private final int axes;
    private final int n;
    private boolean callable;

    private RaceGenerator(long seed) {
        this.dice = new Dice(seed);
        this.axes = dice.pick(1, 1, 2);
        this.n = dice.pick(3, 4, 6, 7, 8);
    }

    /** A loop for a seed; bounds are options of the program, so that it can be run for several extents. */
    static String generate(long seed) {
        return new RaceGenerator(seed).program();
    }

    private String program() {
        boolean config = dice.chance(40);
        StringBuilder out = new StringBuilder();
        out.append(config ? "config n = " + n + "\n" : "let n = " + n + "\n");
        String space = axes == 1 ? bounds() : "[" + bounds() + ", " + bounds() + "]";
        // Wide enough for every subscript that is written below.
        out.append("domain D[").append(axes == 1 ? "-200..400" : "-60..160, -60..160").append("] dist block\n");
        out.append("var a, b: [D] int\n");
        out.append("let m = ").append(dice.pick("2", "3", "4", "n // 2 + 1")).append('\n');
        boolean calls = dice.chance(35);
        if (calls) {
            out.append(functions());
            callable = true;
        }
        String index = axes == 1 ? "i" : "(i, j)";
        out.append("forall ").append(index).append(" in ").append(space);
        out.append(dice.chance(25) ? " if " + guard() : "").append(" {\n");
        if (dice.chance(30)) {
            out.append("  let k = ").append(subscript()).append('\n');
        } else {
            out.append("  let k = i\n");
        }
        int statements = dice.between(1, 3);
        for (int s = 0; s < statements; s++) {
            String line = store();
            String guarded = dice.chance(50) ? line : "if " + guard() + (dice.chance(25)
                    ? " { continue }\n  " + line
                    : " { " + line + " }" + (dice.chance(30) ? " else { " + store() + " }" : ""));
            out.append("  ").append(guarded).append('\n');
        }
        return out.append("}\n").toString();
    }

    private String functions() {
        String more = axes == 1 ? "" : ", 0";
        return "fn past(k: int) -> int = k + " + dice.between(-2, 2) + "\n"
                + "fn pick(k: int) -> int {\n  let half = k // 2\n  return half * 2 + k % 2 + " + dice.between(0, 1) + "\n}\n"
                + "fn seen(k: int) -> int = a[past(k)" + more + "] + " + dice.pick("0", "b[k" + more + "]") + "\n"
                + "fn put(mut x: " + (axes == 1 ? "[_]" : "[_, _]") + " int, k: int) { x[past(k)" + more + "] = k }\n"
                + "fn deep(k: int, left: int) -> int {\n  if left == 0 { return a[k" + more + "] }\n  return deep(k, left - 1)\n}\n"
                + "let far = fn(k: int) = k + " + dice.between(-1, 1) + "\n";
    }

    private String bounds() {
        return switch (dice.below(7)) {
            case 0 -> "1..<n";
            case 1 -> "0..n";
            case 2 -> "2..<2*n by 2";
            case 3 -> "0..<2*n by 3";
            case 4 -> "-1..<n - 1";
            default -> "0..<n";
        };
    }

    private String variable() {
        return axes == 1 ? "i" : dice.pick("i", "j");
    }

    private String guard() {
        String v = variable();
        return switch (dice.below(9)) {
            case 6 -> v + " & m == 0";
            case 7 -> v + " % m != 0";
            case 8 -> "not (" + v + " < 2 or " + v + " == n - 1)";
            case 0 -> v + " % 2 == " + dice.below(2);
            case 1 -> v + " < n // 2";
            case 2 -> v + " >= " + dice.between(0, 3);
            case 3 -> axes == 2 ? "(i + j) % 2 == " + dice.below(2) : "i != " + dice.below(3);
            case 4 -> axes == 2 ? "i < j" : "i % 3 == 1";
            default -> v + " == " + dice.below(3);
        };
    }

    private String subscript() {
        String v = variable();
        int c = dice.between(-3, 3);
        String plus = c < 0 ? " - " + -c : " + " + c;
        if (callable && dice.chance(20)) {
            return dice.pick("past(" + v + plus + ")", "pick(" + v + ")", "far(" + v + ")");
        }
        return switch (dice.below(26)) {
            case 12 -> v + dice.pick(" ^ ", " | ", " & ") + dice.pick("m", "3", "5");
            case 13 -> axes == 2 ? "i*m + j % m" : "i*m" + plus;
            case 14 -> axes == 2 ? "(i*3 + j)*2 + 1" : "(i // m) * 2 * m + i % m" + dice.pick("", " + m");
            case 15 -> v + " // m" + plus;
            case 16 -> v + " % m" + plus;
            case 17 -> "(" + v + " << 1)" + plus;
            case 18 -> v + " >> 1";
            case 19 -> "(" + v + plus + ") % n" + plus;
            case 20 -> "m*" + v + plus;
            case 21 -> "max(" + v + ", " + dice.between(-2, 1) + ")";
            case 0 -> dice.pick("2", "3", "-1", "-2") + "*" + v + plus;
            case 1 -> "n - 1 - " + v;
            case 2 -> "(" + v + plus + ") % n";
            case 3 -> v + " // 2" + plus;
            case 4 -> v + " % " + dice.between(2, 4);
            case 5 -> v + " ^ " + dice.pick(1, 2, 4);
            case 6 -> Integer.toString(dice.between(0, 4));
            case 7 -> v + " + n" + plus;
            case 8 -> axes == 2 ? dice.pick("i + j", "i - j", "i*n + j", "2*i + j", "i*n - j") : "i*i";
            case 9 -> "2*" + v + " + " + variable() + " % 2";
            case 10 -> "abs(" + v + plus + ")";
            case 11 -> "min(" + v + ", " + dice.between(1, 5) + ")";
            default -> v + (c == 0 ? "" : plus);
        };
    }

    private String element(String array) {
        List<String> subs = new ArrayList<>();
        for (int d = 0; d < axes; d++) {
            boolean own = dice.chance(35);
            subs.add(own ? (axes == 1 ? dice.pick("i", "i", "k") : d == 0 ? "i" : "j") : dice.chance(10) ? "k" : subscript());
        }
        return array + "[" + String.join(", ", subs) + "]";
    }

    private String store() {
        if (callable && dice.chance(20)) {
            String own = axes == 1 ? dice.pick("i", "2*i", "k") : "i";
            return dice.pick("put(a, " + own + ")", "put(b, " + own + ")", element("b") + " = seen(" + own + ")", element("a") + " = deep(" + own + ", 40)");
        }
        String target = element(dice.pick("a", "a", "b"));
        if (dice.chance(15)) {
            return target + dice.pick(" += ", " max= ", " ^= ") + dice.pick("1", "i", element("b"));
        }
        return target + " = " + dice.pick("i", element("a"), element("b"), element("a") + " + " + element("b"));
    }
}
