package org.pellang.compiler.sema;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.sema.typed.Work;

/** Typed expressions as text like PEL, every conversion written, every operator in parentheses. */
final class ExpressionText {
    private ExpressionText() {}

    static String of(TExpr e) {
        return switch (e) {
            case TExpr.Constant c -> constant(c);
            case TExpr.ComplexConstant c -> "complex(" + c.re() + ", " + c.im() + ")";
            case TExpr.Read r -> name(r.variable());
            case TExpr.Interpolation i -> i.parts().stream().map(ExpressionText::part).collect(Collectors.joining("", "\"", "\""));
            case TExpr.Unary u -> unary(u);
            case TExpr.Binary b -> "(" + of(b.left()) + " " + symbol(b.op()) + " " + of(b.right()) + ")";
            case TExpr.Compare c -> "(" + of(c.left()) + " " + symbol(c.op()) + " " + of(c.right()) + ")";
            case TExpr.Logical l -> "(" + of(l.left()) + (l.conjunction() ? " and " : " or ") + of(l.right()) + ")";
            case TExpr.Convert c -> convert(c);
            case TExpr.Conditional c -> "(if " + of(c.condition()) + " then " + of(c.then()) + " else " + of(c.otherwise()) + ")";
            case TExpr.TupleNew t -> "(" + all(t.elements()) + ")";
            case TExpr.RecordNew r -> r.type() + "(" + all(r.fields()) + ")";
            case TExpr.ArrayNew a -> array(a);
            case TExpr.ArrayFill a -> {
                TExpr fill = a.fill();
                yield "array(" + of(a.domain()) + ", " + element(a.type()) + (fill == null ? "" : " = " + of(fill)) + ")";
            }
            case TExpr.ListNew l -> "list[" + all(l.elements()) + "]";
            case TExpr.MapNew m -> m.entries() == null ? "map[]" : "map[" + of(m.entries()) + "]";
            case TExpr.Element x -> of(x.array()) + "[" + all(x.subscripts()) + "]";
            case TExpr.Slice s -> of(s.array()) + "[" + subs(s.subscripts()) + "]";
            case TExpr.Component c -> of(c.value()) + "." + c.name();
            case TExpr.Call c -> "f" + c.function() + "(" + all(c.arguments()) + ")";
            case TExpr.CallValue c -> of(c.function()) + "(" + all(c.arguments()) + ")";
            case TExpr.FunctionValue f -> "&f" + f.function() + (f.captured().isEmpty() ? "" : "{" + all(f.captured()) + "}");
            case TExpr.ExternCall c -> c.function().name() + "(" + all(c.arguments()) + ")";
            case TExpr.IntrinsicCall c -> c.intrinsic().name().toLowerCase(Locale.ROOT) + "(" + all(c.arguments()) + ")";
            case TExpr.Range r -> range(r);
            case TExpr.DomainNew d -> "domain[" + all(d.axes()) + "]" + distribution(d.type());
            case TExpr.Reduce r -> op(r.op()) + "(" + of(r.element()) + " " + iteration(r.iteration()) + ")";
            case TExpr.Scan s -> "scan " + op(s.op()) + "(" + of(s.element()) + " " + iteration(s.iteration()) + ")";
            case TExpr.ArrayComprehension c -> "[" + of(c.element()) + " " + iteration(c.iteration()) + "]";
            case TExpr.Collective c -> collective(c);
            case TExpr.ChannelOp c -> channel(c);
            case TExpr.RemoteRead r -> {
                TExpr add = r.add();
                String element = of(r.element()) + "@" + of(r.rank());
                yield add == null ? element : "fetch_add(" + element + ", " + of(add) + ")";
            }
            case TExpr.Spawn s -> "spawn " + of(s.call());
            case TExpr.Bad b -> "<error>";
        };
    }

    static String all(List<TExpr> list) {
        return list.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
    }

    /** A variable; the number tells apart those of one name. */
    static String name(Var v) {
        return v.name() + "#" + v.id();
    }

    private static String constant(TExpr.Constant c) {
        if (c.value() instanceof String t) {
            return "\"" + escape(t) + "\"";
        }
        return c.type() == Scalar.FLOAT32 ? c.value() + "f" : String.valueOf(c.value());
    }

    private static String escape(String t) {
        return t.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("{", "{{").replace("}", "}}");
    }

    private static String part(TExpr.Part p) {
        String text = p.text();
        TExpr value = p.value();
        String spec = p.spec();
        if (text != null) {
            return escape(text);
        }
        return "{" + (value == null ? "" : of(value)) + (spec == null ? "" : ":" + spec) + "}";
    }

    private static String unary(TExpr.Unary u) {
        String op = switch (u.op()) {
            case NEGATE -> "-";
            case BIT_NOT -> "~";
            case NOT -> "not ";
        };
        return "(" + op + of(u.operand()) + ")";
    }

    static String symbol(TExpr.BinaryOp op) {
        return switch (op) {
            case ADD -> "+";
            case SUB -> "-";
            case MUL -> "*";
            case DIV -> "/";
            case FLOOR_DIV -> "//";
            case MOD -> "%";
            case POW -> "**";
            case SHL -> "<<";
            case SHR -> ">>";
            case USHR -> ">>>";
            case BIT_AND -> "&";
            case BIT_OR -> "|";
            case BIT_XOR -> "^";
            case MIN -> "min";
            case MAX -> "max";
        };
    }

    private static String symbol(TExpr.CompareOp op) {
        return switch (op) {
            case EQ -> "==";
            case NE -> "!=";
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
        };
    }

    private static String convert(TExpr.Convert c) {
        return (c.type() instanceof Type.Array a ? a.element() : c.target()) + "(" + of(c.value()) + ")";
    }

    private static String array(TExpr.ArrayNew a) {
        List<TExpr> extents = a.extents();
        return "[" + all(a.elements()) + "]" + (extents == null ? "" : " as [" + all(extents) + "]");
    }

    private static Type element(Type t) {
        return t instanceof Type.Array a ? a.element() : t;
    }

    private static String range(TExpr.Range r) {
        TExpr step = r.step();
        return of(r.low()) + (r.open() ? "..<" : "..") + of(r.high()) + (step == null ? "" : " by " + of(step));
    }

    private static String distribution(Type t) {
        return t instanceof Type.Domain d && !d.distribution().toString().isEmpty() ? " " + d.distribution() : "";
    }

    static String subs(List<TExpr.TSub> subs) {
        return subs.stream().map(ExpressionText::sub).collect(Collectors.joining(", "));
    }

    private static String sub(TExpr.TSub sub) {
        TExpr index = sub.index();
        TExpr range = sub.range();
        return index != null ? of(index) : range != null ? of(range) : "..";
    }

    static String op(ReduceOp op) {
        return switch (op) {
            case ReduceOp.Builtin b -> b.name().toLowerCase(Locale.ROOT);
            case ReduceOp.User u -> "f" + u.function() + " identity " + of(u.identity());
        };
    }

    static String iteration(Iteration it) {
        StringBuilder text = new StringBuilder(it.work().isWavefront() ? "wavefront " : it.parallel() ? "forall " : "for ");
        text.append(it.indices().stream().map(v -> name(v) + ": " + v.type()).collect(Collectors.joining(", ", "(", ")")));
        text.append(" in ").append(of(it.space())).append(work(it.work()));
        for (Iteration.Let let : it.lets()) {
            text.append(" let ")
                    .append(let.variables().stream().map(v -> name(v) + ": " + v.type()).collect(Collectors.joining(", ")))
                    .append(" = ")
                    .append(of(let.value()));
        }
        TExpr filter = it.filter();
        return text.append(filter == null ? "" : " if " + of(filter)).toString();
    }

    private static String work(Work work) {
        TExpr amount = work.amount();
        TExpr threads = work.threads();
        String clause = !work.kind().migrates() ? "" : " dist " + work.word() + (amount == null ? "" : "(" + of(amount) + ")");
        return clause + switch (work.unit()) {
            case ANY -> "";
            case SIMD -> " on simd";
            case THREADS -> " on threads" + (threads == null ? "" : "(" + of(threads) + ")");
            case GPU -> " on gpu";
        };
    }

    private static String collective(TExpr.Collective c) {
        TExpr value = c.value();
        ReduceOp op = c.op();
        TExpr root = c.root();
        TExpr team = c.team();
        return c.kind().name().toLowerCase(Locale.ROOT) + "(" + (value == null ? "" : of(value)) + (op == null ? "" : ", " + op(op))
                + (root == null ? "" : ", root: " + of(root)) + (team == null ? "" : ", in: " + of(team)) + ")";
    }

    private static String channel(TExpr.ChannelOp c) {
        TExpr message = c.message();
        TExpr peer = c.peer();
        String head = of(c.channel()) + "." + c.kind().name().toLowerCase(Locale.ROOT) + "(";
        return head + (message == null ? "" : of(message)) + (message != null && peer != null ? ", " : "")
                + (peer == null ? "" : of(peer)) + ")";
    }

    static String place(Place p) {
        return switch (p) {
            case Place.Variable v -> name(v.variable());
            case Place.Element e -> place(e.array()) + "[" + all(e.subscripts()) + "]";
            case Place.Slice s -> place(s.array()) + "[" + subs(s.subscripts()) + "]";
            case Place.Component c -> place(c.value()) + "." + c.name();
        };
    }
}
