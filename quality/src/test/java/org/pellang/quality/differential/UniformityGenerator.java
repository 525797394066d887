package org.pellang.quality.differential;

/** Random control flow around collectives, without regard to which ranks take which way. Every loop ends. */
final class UniformityGenerator {
    private static final String HEAD = """
            var u0 = 1
            var u1 = size()
            var v0 = rank()
            var v1 = rank() % 2
            var a: [4] int = 1
            fn plain(x: int) -> int = x * 3 % 5
            fn meets(x: int) -> int = allsum(x & 7)
            fn sometimes(x: int) -> int {
              if x & 1 == 0 { return allmax(x) }
              return x
            }
            fn leaves(x: int, y: int) -> int {
              for k in 0..<3 {
                if x & 3 == k { return y }
              }
              barrier()
              return y + 1
            }
            fn deep(x: int, left: int) -> int {
              if left == 0 { return x }
              return deep(plain(x), left - 1) + meets(left)
            }
            fn change(mut x: int, y: int) { x = plain(y) }
            fn apply(f: fn(int) -> int, x: int) -> int = f(x)
            """;

    private final Dice dice;
    private final StringBuilder out = new StringBuilder(HEAD);
    private int names;

    private UniformityGenerator(long seed) {
        this.dice = new Dice(seed);
    }

    /** The program of a seed. */
    static String generate(long seed) {
        UniformityGenerator generator = new UniformityGenerator(seed);
        for (int n = generator.dice.between(2, 5); n > 0; n--) {
            generator.statement("", 3, false);
        }
        return generator.out.append("barrier()\n").toString();
    }

    private String fresh(String stem) {
        return stem + names++;
    }

    private String variable() {
        return dice.pick("u0", "u0", "u1", "u1", "v0", "v1", "a[" + dice.below(4) + "]");
    }

    private String value(int depth) {
        return switch (depth == 0 ? dice.below(3) : dice.below(12)) {
            case 0 -> "" + dice.below(5);
            case 1, 2 -> variable();
            case 3 -> "plain(" + value(depth - 1) + ")";
            case 4 -> "(" + value(depth - 1) + dice.pick(" + ", " * ", " - ", " & ") + value(depth - 1) + ")";
            case 5 -> dice.pick("allsum", "allmax", "meets", "sometimes") + "(" + value(depth - 1) + ")";
            case 6 -> "bcast(" + value(depth - 1) + ", root: 0)";
            case 7 -> "(if " + condition(depth - 1) + " then " + value(depth - 1) + " else " + value(depth - 1) + ")";
            case 8 -> "a[" + value(depth - 1) + " & 3]";
            case 9 -> dice.pick("leaves", "leaves", "deep") + "(" + value(depth - 1) + ", " + dice.below(3) + ")";
            case 10 -> "apply(" + dice.pick("plain", "meets", "fn(x: int) = x + 1") + ", " + value(depth - 1) + ")";
            default -> dice.pick("rank()", "size()", "sum(i & 1 forall i in 0..<4)");
        };
    }

    private String condition(int depth) {
        String plain = value(Math.max(0, depth - 1)) + dice.pick(" & 1 == 0", " > 1", " == 2", " < 3");
        return dice.chance(25) ? plain + dice.pick(" and ", " or ") + value(Math.max(0, depth - 1)) + " & 2 == 0" : plain;
    }

    private void line(String indent, String text) {
        out.append(indent).append(text).append('\n');
    }

    private void block(String indent, int depth, boolean loop) {
        for (int n = dice.between(1, 2); n > 0; n--) {
            statement(indent + "  ", depth - 1, loop);
        }
    }

    private void statement(String indent, int depth, boolean loop) {
        switch (depth == 0 ? dice.below(5) : dice.below(10)) {
            case 0, 1 -> line(indent, variable() + dice.pick(" = ", " = ", " += ") + value(2));
            case 2 -> line(indent, "barrier()");
            case 3 -> line(indent, dice.pick("print(\"{" + value(1) + "}\")", "change(" + dice.pick("u0", "v0") + ", " + value(1) + ")", "printall(\"{" + value(1) + "}\")"));
            case 4 -> line(indent, loop ? "if " + condition(1) + " { " + dice.pick("break", "continue") + " }" : "u0, v0 = v0, u0");
            case 5, 6 -> {
                line(indent, "if " + condition(2) + " {");
                block(indent, depth, loop);
                if (dice.chance(40)) {
                    line(indent, "} else {");
                    block(indent, depth, loop);
                }
                line(indent, "}");
            }
            case 7 -> {
                line(indent, "for " + fresh("k") + " in 0..<" + value(1) + " & 3 {");
                block(indent, depth, true);
                line(indent, "}");
            }
            case 8 -> {
                String w = fresh("w");
                line(indent, "var " + w + " = 0");
                line(indent, "while " + w + " < 3 and (" + condition(1) + ") {");
                line(indent + "  ", w + " += 1");
                block(indent, depth, true);
                line(indent, "}");
            }
            default -> line(indent, "forall " + fresh("i") + " in 0..<" + value(1) + " & 7 { let z = u0 }");
        }
    }
}
