package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random programs about moving data: two domains of the same extents with distributions of their own, periodic or not, and loops that read and write across
 * them in every pattern that the language names - stencils of any width, reversals, rotations, transposes, uniform slices, pairwise exchange, contractions,
 * products of matrices, reads far away, fields of records, indirect reads, scatters, whole arrays - with a checksum after each.
 */
final class AccessPatterns {
    private static final List<String> NAMES = List.of("i", "j", "k");

    private final Dice dice;
    private final int axes;
    private final int[] extent;
    private final int[] lowA;
    private final int[] lowB;
    private final boolean wraps;
    private final List<String> lines = new ArrayList<>();

    private AccessPatterns(long seed) {
        dice = new Dice(seed);
        axes = dice.pick(1, 1, 2, 2, 3);
        int longest = axes == 1 ? 70 : axes == 2 ? 14 : 6;
        boolean square = dice.chance(50);
        int side = dice.between(1, longest);
        extent = IntStream.range(0, axes).map(d -> square ? side : dice.between(1, longest)).toArray();
        if (axes == 1 && dice.chance(30)) {
            extent[0] = dice.pick(16, 32, 64, 300);
        }
        lowA = IntStream.range(0, axes).map(d -> dice.pick(0, 0, 1, -3)).toArray();
        lowB = IntStream.range(0, axes).map(d -> dice.pick(0, 0, 2, -1)).toArray();
        wraps = dice.chance(30);
    }

    /** The program of a seed. */
    static String program(long seed) {
        AccessPatterns patterns = new AccessPatterns(seed);
        patterns.declare();
        int statements = patterns.dice.between(4, 7);
        for (int s = 0; s < statements; s++) {
            patterns.statement();
        }
        patterns.lines.add("print(a)");
        patterns.lines.add("print(c)");
        return String.join("\n", patterns.lines) + "\n";
    }

    private void declare() {
        lines.add("domain A[" + bounds(lowA) + "] dist " + distribution() + (wraps ? " periodic" : ""));
        lines.add("domain B[" + bounds(lowB) + "] dist " + distribution());
        lines.add("var a, b: [A] float = 1.0");
        lines.add("var c: [B] float = 2.0");
        lines.add("record P { u, h: float }");
        lines.add("var p: [A] P");
        lines.add("var idx: [A] int");
        lines.add("var w: [5] float = 0.0");
        lines.add(over("A") + " { a[" + own() + "] = " + value("0.37") + "   idx[" + own() + "] = (" + ordinal(0) + " * 7 + " + dice.below(9) + ") % "
                + extent[0] + " }");
        lines.add(over("B") + " { c[" + own() + "] = " + value("0.11") + " - 1.0 }");
    }

    private String bounds(int... low) {
        return IntStream.range(0, axes).mapToObj(d -> low[d] + ".." + (low[d] + extent[d] - 1)).collect(Collectors.joining(", "));
    }

    private String distribution() {
        List<String> kinds = IntStream.range(0, axes)
                .mapToObj(d -> dice.pick("block", "block", "cyclic", "blockcyclic(" + dice.between(1, 4) + ")", "*")).toList();
        if (axes == 1 || dice.chance(30)) {
            return dice.pick("block", "block", "cyclic", "blockcyclic(" + dice.between(1, 4) + ")");
        }
        return kinds.stream().allMatch("*"::equals) ? "block" : "(" + String.join(", ", kinds) + ")";
    }

    private String own() {
        return String.join(", ", NAMES.subList(0, axes));
    }

    private String over(String space) {
        return "forall " + (axes == 1 ? "i" : "(" + own() + ")") + " in " + space;
    }

    private static String value(String factor) {
        return "i * " + factor;
    }

    /** Position on an axis of A, from 0. */
    private String ordinal(int d) {
        return lowA[d] == 0 ? NAMES.get(d) : lowA[d] > 0 ? "(" + NAMES.get(d) + " - " + lowA[d] + ")" : "(" + NAMES.get(d) + " + " + -lowA[d] + ")";
    }

    /** The element of {@code c} at these positions, each 0..<extent. */
    private String atB(List<String> positions) {
        return "c[" + IntStream.range(0, axes).mapToObj(d -> positions.get(d) + " + " + lowB[d]).collect(Collectors.joining(", ")) + "]";
    }

    private List<String> positions(java.util.function.IntFunction<String> of) {
        return IntStream.range(0, axes).mapToObj(of).toList();
    }

    private String mirrored(int d) {
        return "(" + (extent[d] - 1) + " - " + ordinal(d) + ")";
    }

    private String rotated(int d) {
        return "((" + ordinal(d) + " + " + dice.between(0, 40) + ") % " + extent[d] + ")";
    }

    private void statement() {
        switch (dice.below(17)) {
            case 0, 1 -> stencil();
            case 2 -> lines.add(over("A") + " { b[" + own() + "] = " + atB(positions(this::mirrored)) + " + 0.5 * a[" + own() + "] }");
            case 3 -> lines.add(over("A") + " { b[" + own() + "] = " + atB(positions(this::rotated)) + " - " + atB(positions(this::ordinal)) + " }");
            case 4 -> transpose();
            case 5 -> lines.add(over("A") + " { b[" + own() + "] = " + atB(positions(d -> d == 0 ? "" + dice.below(extent[0]) : ordinal(d))) + " * 0.5 }");
            case 6 -> lines.add(over("A") + " { b[" + own() + "] = " + atB(positions(d -> d == 0 ? "idx[" + own() + "]" : rotated(d))) + " }");
            case 7 -> lines.add(over("A") + " { " + atB(positions(d -> "((" + ordinal(d) + " * 5 + 1) % " + extent[d] + ")")) + " += a[" + own() + "] * 0.25 }");
            case 8 -> lines.add(over("A") + " { " + atB(positions(this::mirrored)) + " = a[" + own() + "] + 1.0 }");
            case 9 -> contraction();
            case 10 -> lines.add(dice.pick("b = c", "c = a", "c = b"));
            case 11 -> lines.add("a <=> b");
            case 12 -> product();
            case 13 -> far();
            case 14 -> lines.add(over("A") + " { p[" + own() + "].h = " + atB(positions(this::mirrored)) + "   p[" + own() + "].u = a[" + own() + "] }\n"
                    + over(wraps ? "A" : "A.inner(1)") + " { b[" + own() + "] = p[" + shifted(1) + "].u - p[" + shifted(-1) + "].h }");
            case 15 -> lines.add(over("A") + " { w[(" + ordinal(0) + " * 3) % 5] += b[" + own() + "] }\nprint(w)");
            default -> reduction();
        }
        lines.add("print(sum(a[" + own() + "] + b[" + own() + "] " + over("A") + "), sum(c[" + own() + "] " + over("B") + "))");
    }

    private void stencil() {
        int width = dice.pick(1, 1, 2, dice.between(1, 9));
        String shifted = IntStream.range(0, axes).mapToObj(d -> {
            List<String> index = IntStream.range(0, axes).mapToObj(e -> e == d ? NAMES.get(e) + " + " + width : NAMES.get(e)).toList();
            return "a[" + String.join(", ", index) + "] - 0.5 * a[" + String.join(", ", index).replace(" + ", " - ") + "]";
        }).collect(Collectors.joining(" + "));
        String corner = "a[" + NAMES.subList(0, axes).stream().map(n -> n + " - " + width).collect(Collectors.joining(", ")) + "]";
        lines.add(over(wraps ? "A" : "A.inner(" + width + ")") + " { b[" + own() + "] = " + shifted + " + 0.125 * " + corner + " }");
    }

    private String shifted(int distance) {
        return NAMES.subList(0, axes).stream().map(n -> n + " + " + distance).collect(Collectors.joining(", ")).replace("+ -", "- ");
    }

    /** Reads at two places far from each other, and from the iteration. */
    private void far() {
        int distance = dice.between(0, extent[0]);
        int more = dice.between(0, extent[0] - Math.min(distance, extent[0]));
        String low = (lowA[0] + distance) + ".." + (lowA[0] + extent[0] - 1 - more);
        if (extent[0] - distance - more < 1) {
            return;
        }
        String others = axes == 1 ? "" : ", " + String.join(", ", NAMES.subList(1, axes));
        lines.add(over("A[" + low + IntStream.range(1, axes).mapToObj(d -> ", " + lowA[d] + ".." + (lowA[d] + extent[d] - 1)).collect(Collectors.joining())
                + "]") + " { b[" + own() + "] = a[i - " + distance + others + "] - 0.5 * a[i + " + more + others + "] }");
        lines.add(over("A[" + low + IntStream.range(1, axes).mapToObj(d -> ", " + lowA[d] + ".." + (lowA[d] + extent[d] - 1)).collect(Collectors.joining())
                + "]") + " { b[" + own() + "] += " + atB(positions(d -> d == 0 ? "(" + ordinal(0) + " - " + distance + ")" : ordinal(d))) + " * 0.25 - "
                + atB(positions(d -> d == 0 ? "(" + ordinal(0) + " + " + more + ")" : ordinal(d))) + " }");
    }

    /** A product of matrices whose factors are spread in different ways. */
    private void product() {
        if (axes != 2 || extent[0] != extent[1]) {
            far();
            return;
        }
        String left = "a[i, q + " + lowA[1] + "]";
        String right = atB(List.of("q", ordinal(1)));
        lines.add(over("A") + " { b[i, j] = sum(" + dice.pick(left + " * " + right, right + " * " + left) + " for q in 0..<" + extent[0] + ") * 0.125 }");
    }

    private void transpose() {
        if (axes == 1) {
            boolean power = Integer.bitCount(extent[0]) == 1;
            String partner = power ? "(" + ordinal(0) + " ^ " + dice.below(extent[0]) + ")" : mirrored(0);
            lines.add(over("A") + " { b[i] = " + atB(List.of(partner)) + " }");
        } else if (extent[0] == extent[1]) {
            lines.add(over("A") + " { b[" + own() + "] += " + atB(positions(d -> d < 2 ? ordinal(1 - d) : ordinal(d))) + " }");
        } else {
            stencil();
        }
    }

    private void contraction() {
        String inner = atB(positions(d -> d == axes - 1 ? "q" : ordinal(d)));
        lines.add(over("A") + " { b[" + own() + "] = sum(" + inner + " * 0.5 for q in 0..<" + extent[axes - 1] + ") }");
    }

    private void reduction() {
        String part = dice.pick("A by 2", "A.inner(1)", "A");
        lines.add("print(max(a[" + own() + "] " + over(part) + "), sum(b[" + own() + "] * a[" + own() + "] " + over(part) + "))");
        String last = IntStream.range(0, axes).mapToObj(d -> Integer.toString(lowA[d] + extent[d] - 1)).collect(Collectors.joining(", "));
        lines.add("let s" + lines.size() + " = scan sum(b[" + own() + "] " + over("A") + ")");
        lines.add("print(s" + (lines.size() - 1) + "[" + last + "])");
    }
}
