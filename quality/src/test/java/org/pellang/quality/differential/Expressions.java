package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import org.pellang.quality.differential.Env.ArrayInfo;
import org.pellang.quality.differential.Env.Function;
import org.pellang.quality.differential.Env.Index;
import org.pellang.quality.differential.Env.Variable;

/** Random expressions of a given type, in parentheses where they need them. */
final class Expressions {
    private final Dice dice;
    private final Subscripts subscripts;
    private int names;

    Expressions(Dice dice) {
        this.dice = dice;
        this.subscripts = new Subscripts(dice, this);
    }

    /** A name that no other declaration of the program has. */
    String fresh(String stem) {
        return stem + names++;
    }

    Subscripts subscripts() {
        return subscripts;
    }

    /** An expression of a kind, nested about {@code depth} deep. */
    String of(Kind kind, int depth, Env env) {
        if (depth <= 0 || dice.chance(12)) {
            return leaf(kind, env);
        }
        int form = dice.below(100);
        if (form < 6) {
            return "(if " + of(Kind.BOOL, depth - 1, env) + " then " + of(kind, depth - 1, env) + " else " + of(kind, depth - 1, env) + ")";
        }
        if (form < 14) {
            String call = call(kind, depth, env);
            if (!call.isEmpty()) {
                return call;
            }
        }
        if (form < 20 && (kind == Kind.INT || kind == Kind.FLOAT)) {
            return fold(kind, depth, env);
        }
        return switch (kind) {
            case INT -> integer(depth, env);
            case FLOAT -> real(depth, env);
            case FLOAT32 -> single(depth, env);
            case BOOL -> bool(depth, env);
            case STRING -> string(depth, env);
            case COMPLEX -> complex(depth, env);
            case VEC2 -> vector(kind, depth, env);
            case VEC3 -> dice.chance(15) ? "cross(" + of(kind, depth - 1, env) + ", " + of(kind, depth - 1, env) + ")" : vector(kind, depth, env);
            case PAIR -> "(" + of(Kind.INT, depth - 1, env) + ", " + of(Kind.FLOAT, depth - 1, env) + ")";
            case CELL -> cell(depth, env);
        };
    }

    private String cell(int depth, Env env) {
        String a = of(Kind.FLOAT, depth - 1, env);
        String b = of(Kind.INT, depth - 1, env);
        String p = of(Kind.VEC2, depth - 1, env);
        return dice.chance(50) ? "Cell(" + a + ", " + b + ", " + p + ")" : "Cell(p: " + p + ", a: " + a + ", b: " + b + ")";
    }

    private String leaf(Kind kind, Env env) {
        List<Variable> variables = env.of(kind);
        if (!variables.isEmpty() && dice.chance(45)) {
            return dice.pick(variables).name();
        }
        if (kind == Kind.INT && !env.indices.isEmpty() && dice.chance(50)) {
            return dice.pick(env.indices).name();
        }
        List<ArrayInfo> arrays = env.readable(kind).stream().filter(a -> env.parallel || !a.space().distributed() || dice.chance(15)).toList();
        if (!arrays.isEmpty() && dice.chance(55)) {
            return subscripts.read(dice.pick(arrays), env);
        }
        if ((kind == Kind.FLOAT || kind == Kind.INT) && !env.of(Kind.CELL).isEmpty() && dice.chance(20)) {
            String name = dice.pick(env.of(Kind.CELL)).name();
            return kind == Kind.INT ? name + ".b" : name + dice.pick(".a", ".p.x", ".p.y");
        }
        return literal(kind);
    }

    /** A constant of a kind. */
    String literal(Kind kind) {
        return switch (kind) {
            case INT -> dice.pick("0", "1", "2", "3", "5", "7", "12", "100", "(-1)", "(-4)", "255", "1_000_003");
            case FLOAT -> dice.pick("0.0", "1.0", "0.5", "0.1", "2.5", "3.75", "(-1.25)", "(-0.0)", "1e-3", "12.5e1", "pi");
            case FLOAT32 -> "float32(" + dice.pick("0.1", "1.5", "(-2.25)", "3.0") + ")";
            case BOOL -> dice.pick("true", "false");
            case STRING -> dice.pick("\"\"", "\"a\"", "\"pel\"", "\"x, y\"", "\"Zürich\"", "\"a b  c\"");
            case COMPLEX -> dice.pick("2.5i", "1i", "complex(1.0, -0.5)", "complex(0.25, 3.0)");
            case VEC2 -> dice.pick("vec2(1.0, -2.0)", "vec2(0.5)");
            case VEC3 -> dice.pick("vec3(1.0, -2.0, 0.25)", "vec3(0.5)");
            case PAIR -> dice.pick("(1, 0.5)", "(-3, 2.0)");
            case CELL -> "Cell(0.5, 2, vec2(1.0, 0.25))";
        };
    }

    private String call(Kind kind, int depth, Env env) {
        List<Function> candidates = env.functions.stream().filter(f -> f.result() == kind).toList();
        if (candidates.isEmpty()) {
            return "";
        }
        Function f = dice.pick(candidates);
        List<String> arguments = new ArrayList<>();
        for (Kind param : f.params()) {
            arguments.add(of(param, depth - 1, env));
        }
        return f.name() + "(" + String.join(", ", arguments) + ")";
    }

    /** A sequential reduction by comprehension. */
    private String fold(Kind kind, int depth, Env env) {
        String k = fresh("k");
        int low = dice.between(-2, 2);
        int high = low + dice.between(0, 5);
        Env inner = env.child();
        inner.indices.add(new Index(k, low, high));
        String clauses = " for " + k + " in " + low + ".." + high;
        if (dice.chance(40)) {
            String x = fresh("x");
            Kind of = Kind.number(dice);
            clauses += " let " + x + " = " + of(of, depth - 2, inner);
            inner.variables.add(new Variable(x, of, false));
        }
        boolean filter = dice.chance(30);
        if (filter) {
            clauses += " if " + of(Kind.BOOL, depth - 2, inner);
        }
        String op = kind == Kind.INT && filter ? dice.pick("sum", "prod", "bxor", "count") : dice.pick("sum", "sum", "min", "max", "prod");
        String element = op.equals("count") ? of(Kind.BOOL, depth - 2, inner) : of(kind, depth - 2, inner);
        return op + "(" + element + clauses + ")";
    }

    private String integer(int depth, Env env) {
        int form = dice.below(20);
        String a = of(Kind.INT, depth - 1, env);
        if (form >= 12) {
            return "(" + a + dice.pick(" + ", " - ", " * ", " & ", " | ", " ^ ") + of(Kind.INT, depth - 1, env) + ")";
        }
        return switch (form) {
            case 0 -> "(" + a + dice.pick(" // ", " % ") + divisor(depth, env) + ")";
            case 1 -> "(" + a + dice.pick(" << ", " >> ", " >>> ") + "(" + of(Kind.INT, depth - 1, env) + " & 7))";
            case 2 -> "(" + a + " ** " + dice.between(0, 4) + ")";
            case 3 -> dice.pick("abs", "sign", "popcount") + "(" + a + ")";
            case 4 -> dice.pick("min", "max", "gcd") + "(" + a + ", " + of(Kind.INT, depth - 1, env) + ")";
            case 5 -> "(-" + a + ")";
            case 6 -> "(~" + a + ")";
            case 7 -> env.dangerous && dice.chance(30)
                    ? "int(" + of(Kind.FLOAT, depth - 1, env) + ")"
                    : truncated(of(Kind.FLOAT, depth - 1, env));
            case 8 -> "int(" + of(Kind.BOOL, depth - 1, env) + ")";
            case 9 -> "len(" + of(Kind.STRING, depth - 1, env) + ")";
            case 10 -> "clamp(" + a + ", -9, " + dice.between(0, 50) + ")";
            default -> "(" + a + " % " + dice.between(2, 9) + ")";
        };
    }

    /** To an int without a trap, also of NaN. */
    private static String truncated(String x) {
        return "int(if abs(" + x + ") < 1e6 then " + x + " else 7.0)";
    }

    private String divisor(int depth, Env env) {
        return env.dangerous && dice.chance(25)
                ? of(Kind.INT, depth - 1, env)
                : dice.pick(dice.between(1, 9) + "", "(-" + dice.between(1, 9) + ")", "(" + of(Kind.INT, depth - 1, env) + " | 1)");
    }

    private String real(int depth, Env env) {
        int form = dice.below(24);
        String a = of(Kind.FLOAT, depth - 1, env);
        if (form >= 15) {
            return "(" + a + dice.pick(" + ", " - ", " * ", " + ", " / ") + of(Kind.FLOAT, depth - 1, env) + ")";
        }
        return switch (form) {
            case 0 -> "(" + of(Kind.INT, depth - 1, env) + dice.pick(" + ", " - ", " * ", " / ") + of(Kind.FLOAT, depth - 1, env) + ")";
            case 14 -> "(" + of(Kind.INT, depth - 1, env) + " / " + divisor(depth, env) + ")";
            case 1 -> "(" + a + " ** " + dice.pick("2", "3", "0.5", "(-1)", "1.5") + ")";
            case 2 -> "(" + a + dice.pick(" // ", " % ") + dice.pick("0.75", "3.0", "(-2.5)") + ")";
            case 3 -> dice.pick("sin", "cos", "atan", "tanh") + "(" + a + ")";
            case 4 -> "sqrt(abs(" + a + "))";
            case 5 -> "exp(clamp(" + a + ", -5.0, 5.0))";
            case 6 -> "log(1.0 + abs(" + a + "))";
            case 7 -> dice.pick("floor", "ceil", "round", "trunc", "abs") + "(" + a + ")";
            case 8 -> dice.pick("min", "max", "hypot", "atan2") + "(" + a + ", " + of(Kind.FLOAT, depth - 1, env) + ")";
            case 9 -> "(-" + a + ")";
            case 10 -> "float(" + of(dice.pick(Kind.INT, Kind.BOOL, Kind.FLOAT32), depth - 1, env) + ")";
            case 11 -> of(Kind.COMPLEX, depth - 1, env) + dice.pick(".re", ".im");
            case 12 -> "dot(" + of(Kind.VEC3, depth - 1, env) + ", " + of(Kind.VEC3, depth - 1, env) + ")";
            case 13 -> dice.pick("uniform01", "normal", "exponential") + "(" + dice.between(1, 99) + ", " + of(Kind.INT, depth - 1, env) + ")";
            default -> "abs(" + of(Kind.COMPLEX, depth - 1, env) + ")";
        };
    }

    private String single(int depth, Env env) {
        return dice.chance(30)
                ? "float32(" + of(Kind.FLOAT, depth - 1, env) + ")"
                : "(" + of(Kind.FLOAT32, depth - 1, env) + dice.pick(" + ", " - ", " * ", " / ") + of(Kind.FLOAT32, depth - 1, env) + ")";
    }

    private String bool(int depth, Env env) {
        return switch (dice.below(8)) {
            case 0 -> "(not " + of(Kind.BOOL, depth - 1, env) + ")";
            case 1 -> "(" + of(Kind.BOOL, depth - 1, env) + dice.pick(" and ", " or ") + of(Kind.BOOL, depth - 1, env) + ")";
            case 2 -> equality(dice.pick(Kind.BOOL, Kind.STRING, Kind.COMPLEX, Kind.PAIR, Kind.CELL, Kind.VEC3), depth, env);
            case 3 -> comparison(dice.pick(Kind.STRING, Kind.FLOAT32, Kind.INT, Kind.PAIR), depth, env);
            case 4 -> dice.pick("contains", "starts_with", "ends_with") + "(" + of(Kind.STRING, depth - 1, env) + ", " + of(Kind.STRING, 0, env) + ")";
            default -> comparison(Kind.number(dice), depth, env);
        };
    }

    private String equality(Kind kind, int depth, Env env) {
        return "(" + of(kind, depth - 1, env) + dice.pick(" == ", " != ") + of(kind, depth - 1, env) + ")";
    }

    private String comparison(Kind kind, int depth, Env env) {
        return "(" + of(kind, depth - 1, env) + dice.pick(" < ", " <= ", " > ", " >= ", " == ", " != ") + of(kind, depth - 1, env) + ")";
    }

    private String string(int depth, Env env) {
        return switch (dice.below(8)) {
            case 7 -> dice.pick("min", "max") + "(" + of(Kind.STRING, depth - 1, env) + ", " + of(Kind.STRING, depth - 1, env) + ")";
            case 0 -> "(" + of(Kind.STRING, depth - 1, env) + " + " + of(Kind.STRING, depth - 1, env) + ")";
            case 1 -> dice.pick("upper", "lower", "trim") + "(" + of(Kind.STRING, depth - 1, env) + ")";
            case 2 -> "replace(" + of(Kind.STRING, depth - 1, env) + ", \"a\", \"bc\")";
            case 3 -> "repeat(" + of(Kind.STRING, depth - 1, env) + ", " + of(Kind.INT, depth - 1, env) + " & 3)";
            case 4 -> "show(" + of(Kind.any(dice), depth - 1, env) + ")";
            default -> text(depth - 1, env);
        };
    }

    /** A string with interpolations. */
    String text(int depth, Env env) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = dice.between(1, 3); i > 0; i--) {
            Kind kind = Kind.any(dice);
            String value = of(kind, Math.min(depth, 2), env);
            out.append(dice.pick("", "v=", " ", "{{}} ")).append('{').append(value).append(spec(kind)).append('}');
        }
        return out.append('"').toString();
    }

    private String spec(Kind kind) {
        if (dice.chance(50)) {
            return "";
        }
        return switch (kind) {
            case INT -> ":" + dice.pick("8d", "+d", ",", "x", "#b", "08", ">6", "<6", "^9", "e");
            case FLOAT, FLOAT32 -> ":" + dice.pick(".3f", "12.4e", "g", "+.1f", ",.2f", ".2%", "010.3f", "^14.5g", ".0f");
            case BOOL, STRING -> ":" + dice.pick(">8", "<8", "^8", "*^9", "s");
            case COMPLEX -> ":" + dice.pick(".2f", ".3e");
            case VEC2, VEC3, PAIR, CELL -> "";
        };
    }

    private String complex(int depth, Env env) {
        return switch (dice.below(6)) {
            case 0 -> "complex(" + of(Kind.FLOAT, depth - 1, env) + ", " + of(Kind.FLOAT, depth - 1, env) + ")";
            case 1 -> "conj(" + of(Kind.COMPLEX, depth - 1, env) + ")";
            case 2 -> "(-" + of(Kind.COMPLEX, depth - 1, env) + ")";
            default -> "(" + of(Kind.COMPLEX, depth - 1, env) + dice.pick(" + ", " - ", " * ", " / ") + of(dice.pick(Kind.COMPLEX, Kind.COMPLEX, Kind.FLOAT), depth - 1, env) + ")";
        };
    }

    private String vector(Kind kind, int depth, Env env) {
        return switch (dice.below(6)) {
            case 0 -> kind == Kind.VEC2
                    ? "vec2(" + of(Kind.FLOAT, depth - 1, env) + ", " + of(Kind.FLOAT, depth - 1, env) + ")"
                    : "vec3(" + of(Kind.FLOAT, depth - 1, env) + ", " + of(Kind.FLOAT, depth - 1, env) + ", " + of(Kind.FLOAT, depth - 1, env) + ")";
            case 1 -> "(" + of(Kind.FLOAT, depth - 1, env) + " * " + of(kind, depth - 1, env) + ")";
            case 2 -> "(" + of(kind, depth - 1, env) + dice.pick(" * ", " / ") + of(Kind.FLOAT, depth - 1, env) + ")";
            case 3 -> "(-" + of(kind, depth - 1, env) + ")";
            default -> "(" + of(kind, depth - 1, env) + dice.pick(" + ", " - ") + of(kind, depth - 1, env) + ")";
        };
    }
}
