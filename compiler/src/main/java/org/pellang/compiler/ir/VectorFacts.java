package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/** What stands still and what moves with the last axis of a divided loop; the check for vectors and the writer of vectors agree through it. */
public final class VectorFacts {
    private final OwnedLoop loop;
    private final Var last;
    private final Set<Var> locals = new HashSet<>();
    private final List<Iteration> loops = new ArrayList<>();
    private final Map<List<TExpr>, View> views = new IdentityHashMap<>();
    private final Map<List<TExpr>, Use> uses = new IdentityHashMap<>();

    public VectorFacts(OwnedLoop loop) {
        this.loop = loop;
        this.last = loop.indices().getLast();
        for (TStmt root : loop.body().statements()) {
            Trees.walkStatements(root, s -> {
                if (s instanceof TStmt.Declare d) {
                    locals.add(d.variable());
                } else if (s instanceof TStmt.For f) {
                    inner(f.iteration());
                }
            });
            Trees.walk(root, e -> {
                if (e instanceof TExpr.Reduce r) {
                    inner(r.iteration());
                }
            });
        }
        for (View v : loop.views()) {
            for (Use u : v.uses()) {
                if (!v.bare()) {
                    views.put(u.key(), v);
                    uses.put(u.key(), u);
                }
            }
        }
    }

    private void inner(Iteration it) {
        loops.add(it);
        it.lets().forEach(l -> locals.addAll(l.variables()));
    }

    /** The sequential loops in the body, also those of comprehensions. */
    public List<Iteration> loops() {
        return loops;
    }

    /** Whether a variable is the index of a sequential loop in the body. */
    public boolean isInnerIndex(Var v) {
        return loops.stream().anyMatch(it -> it.indices().contains(v));
    }

    /** Whether a subscript of an element moves with an index. */
    public boolean follows(TExpr.Element e, Var index) {
        Use use = uses.get(e.subscripts());
        return use != null && use.subscripts().stream().anyMatch(s -> s.linear() != null && s.linear().factor(index) != 0);
    }

    /** Whether the loop stores into an array that an element belongs to. */
    public boolean isWritten(TExpr e) {
        return switch (e) {
            case TExpr.Element x -> {
                View view = views.get(x.subscripts());
                yield view == null || loop.views().stream().anyMatch(v -> v.array().equals(view.array()) && v.written());
            }
            case TExpr.Component c -> isWritten(c.value());
            default -> true;
        };
    }

    /** Whether the space of a sequential loop is the same for all iterations of the last axis. */
    public boolean fixed(TExpr space) {
        return switch (space) {
            case TExpr.Range _, TExpr.DomainNew _ -> {
                boolean[] all = {true};
                Trees.children(space, x -> all[0] &= fixed(x));
                yield all[0];
            }
            case TExpr.Read r -> still(r);
            default -> space.type() == Type.Scalar.INT && still(space);
        };
    }

    /** How an element moves from one iteration of the last axis to the next. */
    public enum Motion {
        /** Always the same element. */
        STILL,
        /** The next element of the column. */
        NEXT,
        /** Anything else. */
        OTHER
    }

    /** The motion of an element, by its list of subscripts. */
    public Motion motion(List<TExpr> key) {
        Use use = uses.get(key);
        View view = views.get(key);
        if (use == null || view == null) {
            return Motion.OTHER;
        }
        boolean plain = switch (view.mode()) {
            case LOCAL, FETCHED, ALIGNED -> true;
            case MERGED -> !loop.migrates() && view.uses().stream().allMatch(u -> !u.writes() || u.isOwn(loop.axes()));
            case SCATTERED, ACCUMULATED, BORROWED, RECORDED, LENT, SCANNED, REDUCED -> false;
        };
        Motion motion = Motion.STILL;
        for (int d = 0; d < use.subscripts().size(); d++) {
            Subscript s = use.subscripts().get(d);
            if (!plain || s.linear() == null || s.interval() == null) {
                return Motion.OTHER;
            }
            long factor = s.linear().factor(last);
            if (factor != 0) {
                if (factor != 1 || d != use.subscripts().size() - 1) {
                    return Motion.OTHER;
                }
                motion = Motion.NEXT;
            }
        }
        return motion;
    }

    /** The linear form of an int expression that is converted or compared, null if unknown. */
    public @Nullable Linear linear(TExpr e) {
        return loop.linears().get(e);
    }

    /** The factor of the last index in a linear form. */
    public long factor(Linear linear) {
        return linear.factor(last);
    }

    /** Whether an expression has one value along the last axis and cannot trap, so that it is evaluated once per row. */
    public boolean still(TExpr e) {
        boolean here = switch (e) {
            case TExpr.Constant c -> true;
            case TExpr.Read r -> !r.variable().equals(last) && !locals.contains(r.variable()) && !(r.type() instanceof Type.Array);
            case TExpr.Element x -> motion(x.subscripts()) == Motion.STILL;
            case TExpr.Unary u -> true;
            case TExpr.Binary b -> switch (b.op()) {
                case FLOOR_DIV, MOD, POW -> b.type() == Type.Scalar.FLOAT || constantDivisor(b);
                case SHL, SHR, USHR -> b.right() instanceof TExpr.Constant;
                case ADD, SUB, MUL, DIV, BIT_AND, BIT_OR, BIT_XOR, MIN, MAX -> true;
            };
            case TExpr.Compare c -> true;
            case TExpr.Logical l -> true;
            case TExpr.Conditional c -> true;
            case TExpr.Component c -> true;
            case TExpr.Convert c -> c.target() == Type.Scalar.FLOAT;
            case TExpr.IntrinsicCall c -> c.intrinsic() == Intrinsic.MIN || c.intrinsic() == Intrinsic.MAX
                    || c.intrinsic() == Intrinsic.ABS || c.intrinsic() == Intrinsic.LEN;
            case TExpr.ExternCall c -> c.function().pure() && c.type() == Type.Scalar.FLOAT
                    && c.arguments().stream().allMatch(a -> a.type() == Type.Scalar.FLOAT);
            default -> false;
        };
        if (!here) {
            return false;
        }
        if (e instanceof TExpr.Element) {
            return true;
        }
        if (e instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.LEN) {
            return c.arguments().getFirst() instanceof TExpr.Read;
        }
        boolean[] all = {true};
        Trees.children(e, x -> all[0] &= still(x));
        return all[0];
    }

    private static boolean constantDivisor(TExpr.Binary b) {
        return b.op() != TExpr.BinaryOp.POW && b.right() instanceof TExpr.Constant c && !Long.valueOf(0).equals(c.value());
    }

    /** Whether an expression is an element, or a float component of one, that moves to the next one. */
    public boolean movingElement(TExpr e) {
        return switch (e) {
            case TExpr.Element x -> motion(x.subscripts()) == Motion.NEXT && inColumns(x.array().type());
            case TExpr.Component c -> movingElement(c.value());
            default -> false;
        };
    }

    /** Whether the numbers in an array's elements stand one behind the other: not so in records with strings or lists. */
    public static boolean inColumns(Type array) {
        return array instanceof Type.Array a && Views.isFlat(a.element());
    }

    /** Functions of the library that exist on arrays of arguments too, with the same bits. */
    private static final Set<String> OF_ONE_ARRAY = Set.of(
            "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
            "asinh", "acosh", "atanh", "cbrt", "erf", "erfc");

    private static final Set<String> OF_TWO_ARRAYS = Set.of("pow", "atan2", "hypot");

    /** Names of the functions of one argument that exist on arrays of arguments. */
    public static Set<String> ofOneArray() {
        return OF_ONE_ARRAY;
    }

    /** Names of those of two arguments. */
    public static Set<String> ofTwoArrays() {
        return OF_TWO_ARRAYS;
    }

    /** Whether a call has a form for several arguments. */
    public static boolean isOnArrays(TExpr.ExternCall c) {
        return (OF_ONE_ARRAY.contains(c.function().method()) || OF_TWO_ARRAYS.contains(c.function().method())) && c.type() == Type.Scalar.FLOAT
                && c.function().className().startsWith("org.pellang.stdlib.")
                && c.arguments().stream().allMatch(a -> a.type() == Type.Scalar.FLOAT);
    }

    /** Whether a call is a counter-based random number that has a form for several counters: {@code uniform01} and {@code uniform}, of (seed, i) or (seed, i, k). */
    public static boolean isUniform(TExpr.ExternCall c) {
        return (c.function().method().equals("uniform01") || c.function().method().equals("uniform"))
                && c.function().className().equals("org.pellang.stdlib.RandomFunctions");
    }

    /** The counters of a random number: its arguments after the seed that are ints. */
    public static List<TExpr> counters(TExpr.ExternCall c) {
        return c.arguments().subList(1, c.arguments().size()).stream().filter(a -> a.type() == Type.Scalar.INT).toList();
    }

    /** Whether an exponent makes a square. */
    public static boolean isTwo(TExpr exponent) {
        return exponent instanceof TExpr.Constant c && Double.valueOf(2.0).equals(c.value());
    }

    /** Whether a call is the square root. */
    public static boolean isSqrt(TExpr.ExternCall c) {
        return c.function().method().equals("sqrt") && c.type() == Type.Scalar.FLOAT
                && c.function().className().startsWith("org.pellang.stdlib.");
    }
}
