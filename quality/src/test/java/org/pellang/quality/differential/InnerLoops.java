package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * Random programs whose divided loops have sequential loops inside: products of matrices, sums over neighbours, filters, masks, several sums at once, loops in loops. Extents go
 * from less than a vector to several blocks of rows and columns, so that blocks, single vectors and single elements all occur.
 */
final class InnerLoops {
    private final Dice dice;
    private final int rows;
    private final int columns;
    private final int passes;
    private final List<String> lines = new ArrayList<>();

    private InnerLoops(long seed) {
        dice = new Dice(seed);
        rows = dice.between(1, 21);
        columns = dice.pick(dice.between(1, 20), dice.between(14, 70));
        passes = dice.between(1, Math.min(rows, columns));
    }

    /** The program of a seed. */
    static String program(long seed) {
        InnerLoops loops = new InnerLoops(seed);
        loops.declare();
        int statements = loops.dice.between(3, 5);
        for (int s = 0; s < statements; s++) {
            loops.lines.add(loops.statement());
            loops.lines.add(loops.dice.pick("print(c)", "print(\"{sum(c[i, j] * (i + 2*j) forall (i, j) in G)}\")"));
        }
        loops.lines.add("print(e)");
        loops.lines.add("print(y)");
        return String.join("\n", loops.lines) + "\n";
    }

    private void declare() {
        lines.add("domain G[0..<" + rows + ", 0..<" + columns + "] dist " + dice.pick("block", "block", "(block, *)", "(*, block)", "(cyclic, block)"));
        lines.add("domain V[0..<" + columns + "] dist " + dice.pick("block", "block", "cyclic"));
        lines.add("domain T[0..<2, 0..<" + rows + ", 0..<" + columns + "] dist block");
        lines.add("var a, b, c, e: [G] float");
        lines.add("var x, y: [V] float");
        lines.add("var d3: [T] float");
        lines.add("var w: [5] float = [0.5, -0.25, 1.0, 0.125, -2.0]");
        lines.add("var r: [" + columns + "] float");
        lines.add("for j in 0..<" + columns + " { r[j] = uniform01(5, j) - 0.3 }");
        lines.add("forall (i, j) in G { a[i, j] = uniform01(1, i * 100 + j) - 0.4   b[i, j] = uniform01(2, i * 100 + j) - 0.5 }");
        lines.add("forall j in V { x[j] = uniform01(3, j) - 0.5 }");
        lines.add("forall (h, i, j) in T { d3[h, i, j] = h + i * 0.3 - j * 0.01 }");
    }

    /** The passes of a sequential loop. */
    private String range() {
        return switch (dice.below(5)) {
            case 0 -> "0..<" + passes + " by " + dice.between(1, 3);
            case 1 -> dice.below(passes) + "..<" + passes;
            case 2 -> "0..i % " + passes;
            default -> "0..<" + passes;
        };
    }

    private String element() {
        return dice.pick("a[i, k] * b[k, j]", "a[i, k] * b[k, j]", "a[i, k] - b[k, j] * r[j]", "b[k, j] * r[k]", "a[i, j] * r[k] + b[k, j]",
                "abs(a[i, k]) * sqrt(abs(b[k, j]))", "(if b[k, j] > a[i, k] then b[k, j] else -a[i, j])", "max(a[i, k], b[k, j], 0.1)", "b[k, j] ** 2.0");
    }

    private String over() {
        return "forall (i, j) in G" + (dice.chance(20) ? " if a[i, j] > -0.2" : "") + " ";
    }

    private String statement() {
        return switch (dice.below(16)) {
            case 0, 1 -> over() + "{ c[i, j] " + dice.pick("=", "+=", "-=", "max=") + " sum(" + element() + " for k in " + range() + ") }";
            case 2 -> over() + "{ c[i, j] = " + dice.pick("min", "max", "prod") + "(" + element() + " for k in " + range() + ") * 0.5 }";
            case 3 -> over() + "{ c[i, j] = sum(" + element() + " for k in " + range() + " if " + dice.pick("b[k, j] > a[i, j]", "a[i, k] > 0.0", "r[k] < 0.2") + ") }";
            case 4 -> over() + "{ c[i, j] = sum(d * d for k in " + range() + " let d = a[i, k] - b[k, j] if d > " + dice.pick("0.0", "r[j]", "-1.0") + ") }";
            case 5 -> over() + "{ c[i, j] = sum(sum(a[i, k] * b[l, j] for l in 0..k) * r[k] for k in " + range() + ") }";
            case 6 -> over() + "{\n  var p, q = 0.25\n  for k in " + range() + " {\n    p += " + element() + "\n    q " + dice.pick("min=", "max=", "+=") + " " + element()
                    + "\n  }\n  c[i, j], e[i, j] = p, q * 0.5\n}";
            case 7 -> over() + "{\n  var p = 1.0\n  for k in " + range() + " {\n    let z = " + element() + "\n    if z > " + dice.pick("0.0", "r[j]", "r[k]")
                    + " { p += z } else { p *= 0.75 }\n    let big = p > 4.0\n    if big { p -= 3.5 }\n  }\n  c[i, j] = p\n}";
            case 8 -> over() + "{ c[i, j] = if a[i, j] > 0.0 then sum(" + element() + " for k in " + range() + ") else b[i, j] }";
            case 9 -> "print(\"{" + dice.pick("sum", "max", "min") + "(sum(" + element() + " for k in " + range() + ") forall (i, j) in G)}\")";
            case 10 -> "forall j in V {\n  var f, g = 0.0\n  for k in 0..<" + columns + " {\n"
                    + "    let d = r[k] - x[j]\n    f += d / (d * d + 0.1)\n    g max= d\n  }\n  y[j] = f - g\n}";
            case 11 -> "forall (h, i, j) in T { d3[h, i, j] += sum(a[i, k] * b[k, j] * (h + 1) for k in 0..<" + passes + ") }\n"
                    + "print(\"{sum(d3[h, i, j] forall (h, i, j) in T)}\")";
            case 12 -> rows >= 5 && columns >= 5
                    ? "forall (i, j) in G.inner(2) { c[i, j] += sum(w[k + 2] * (a[i + k, j] + a[i, j + k]) for k in -2..2) }"
                    : "forall (i, j) in G { c[i, j] = sum(w[k] * a[i, j] for k in 0..<5) }";
            case 13 -> over() + "{ c[i, j] = sum(a[i, k] * r[k] for k in 0..j % " + passes + ") }";
            case 14 -> over() + "{\n  var p = a[i, j]\n  for k in 0..<" + passes + " { for l in 0..<2 { p = p * 0.5 + b[k, j] * l } }\n"
                    + "  c[i, j] = p\n  e[i, j] = p - sum(b[k, j] for k in "
                    + range() + ")\n}";
            default -> over() + "{\n  let inside = " + dice.pick("a[i, j] > b[i, j]", "true") + "\n  if inside { for k in " + range() + " { c[i, j] += " + element() + " } }\n}";
        };
    }
}
