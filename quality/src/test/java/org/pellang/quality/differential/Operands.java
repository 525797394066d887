package org.pellang.quality.differential;

/** What is combined by reductions. */
final class Operands {
    private final Expressions expressions;

    Operands(Expressions expressions) {
        this.expressions = expressions;
    }

    /** Operands of the program's own operators are finite: the identities hold for those only. */
    String element(String operator, Kind kind, int depth, Env env) {
        return switch (operator) {
            case "nearer" -> "(" + expressions.of(Kind.INT, depth, env) + ", " + finite(depth, env) + ")";
            case "chain" -> "Cell(" + finite(depth, env) + ", " + expressions.of(Kind.INT, depth, env) + ", vec2(" + finite(depth, env) + ", "
                    + finite(depth, env) + "))";
            default -> expressions.of(kind, depth, env);
        };
    }

    private String finite(int depth, Env env) {
        String x = expressions.of(Kind.FLOAT, depth - 1, env);
        return "(if abs(" + x + ") < 8.0 then " + x + " else 0.75)";
    }
}
