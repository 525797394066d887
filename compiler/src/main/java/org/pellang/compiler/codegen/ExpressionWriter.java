package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;

/**
 * Writes typed expressions as Java. What does not fit in one Java expression (sequential reductions, conditionals with such parts)
 * becomes statements in {@code out}, in front of the place where the value is used; evaluation order stays left to right.
 */
public final class ExpressionWriter {
    private final Scope scope;
    private final Operators operators;

    public ExpressionWriter(Scope scope) {
        this.scope = scope;
        this.operators = new Operators(scope.unit());
    }

    public Scope scope() {
        return scope;
    }

    /** Java for operators, comparisons, conversions and reduction operators applied to Java expressions. */
    public Operators operators() {
        return operators;
    }

    /** The value of an expression; type {@code JavaTypes.of(e.type())}. */
    public JavaExpr value(TExpr e, JavaBody out) {
        return switch (e) {
            case TExpr.Constant c -> JavaLiteral.of(c);
            case TExpr.ComplexConstant c ->
                types().construct(c.type(), List.of(JavaLiteral.of(c.re()), JavaLiteral.of(c.im())));
            case TExpr.Read r -> scope.access().read(r.variable());
            case TExpr.Interpolation i -> new TextWriter(this).interpolation(i, out);
            case TExpr.Unary u -> operators.unary(u.op(), u.type(), value(u.operand(), out));
            case TExpr.Binary b -> binary(b, out);
            case TExpr.Compare c -> compare(c, out);
            case TExpr.Logical l -> logical(l, out);
            case TExpr.Convert c -> convert(c, out);
            case TExpr.Conditional c -> conditional(c, out);
            case TExpr.TupleNew t -> types().construct(t.type(), ownedValues(t.elements(), out)).unstable();
            case TExpr.RecordNew r -> types().construct(r.type(), ownedValues(r.fields(), out)).unstable();
            case TExpr.ArrayNew a -> arrays().literal(a, out);
            case TExpr.ArrayFill f -> arrays().fill(f, out);
            case TExpr.ListNew l -> list(l, out);
            case TExpr.MapNew m -> new MapWriter(this).make(m, out);
            case TExpr.Element x -> element(x, out);
            case TExpr.Slice s -> new SliceWriter(this).value(s, out);
            case TExpr.Component c -> component(c, out);
            case TExpr.Call c -> new CallWriter(this).call(c, out);
            case TExpr.CallValue c -> new CallWriter(this).callValue(c, out);
            case TExpr.FunctionValue f -> new CallWriter(this).functionValue(f, out);
            case TExpr.ExternCall c -> new CallWriter(this).extern(c, out);
            case TExpr.IntrinsicCall c -> new IntrinsicWriter(this).call(c, out);
            case TExpr.Range r -> arrays().range(r, out);
            case TExpr.DomainNew d -> arrays().domain(d, out);
            case TExpr.Reduce r when r.iteration().parallel() -> scope.parallel().reduce(r, scope, out);
            case TExpr.Reduce r -> new ComprehensionWriter(this).reduce(r, out);
            case TExpr.Scan s when s.iteration().parallel() -> scope.parallel().scan(s, scope, out);
            case TExpr.Scan s -> new ComprehensionWriter(this).scan(s, out);
            case TExpr.ArrayComprehension c when c.iteration().parallel() -> scope.parallel().array(c, scope, out);
            case TExpr.ArrayComprehension c -> new ComprehensionWriter(this).array(c, out);
            case TExpr.Collective c -> new CollectiveWriter(this).collective(c, out);
            case TExpr.ChannelOp c -> new ExplicitWriter(this).channel(c, out);
            case TExpr.RemoteRead r -> new WindowWriter(this).read(r, out);
            case TExpr.Spawn s -> new ExplicitWriter(this).spawn(s, out);
            case TExpr.Bad b -> throw new CompilerBug("a bad expression reached the code generator: " + b.span());
        };
    }

    /** The values of several operands, evaluated left to right. */
    public List<JavaExpr> values(List<TExpr> operands, JavaBody out) {
        return inOrder(operands, false, out);
    }

    /** As {@link #values}, each to be kept: see {@link #owned}. */
    public List<JavaExpr> ownedValues(List<TExpr> operands, JavaBody out) {
        return inOrder(operands, true, out);
    }

    /** If an operand needs statements, the ones before it are kept in temporaries, so that they are evaluated first. */
    private List<JavaExpr> inOrder(List<TExpr> operands, boolean owned, JavaBody out) {
        List<JavaExpr> values = new ArrayList<>();
        for (TExpr e : operands) {
            JavaBody before = out.sketch();
            JavaExpr v = owned ? owned(e, before) : value(e, before);
            if (!before.isEmpty()) {
                for (int k = 0; k < values.size(); k++) {
                    values.set(k, scope.keep(values.get(k), operands.get(k).type(), "t", out));
                }
                out.add(before);
            }
            values.add(v);
        }
        return values;
    }

    /** The values of several operands, each in a stable form: they may be used more than once and later. */
    public List<JavaExpr> stableValues(List<TExpr> operands, String hint, JavaBody out) {
        List<JavaExpr> values = new ArrayList<>();
        for (TExpr e : operands) {
            values.add(scope.keep(value(e, out), e.type(), hint, out));
        }
        return values;
    }

    /** A value to be kept in a variable, field or element: arrays and lists are copied unless the expression makes a fresh one. */
    public JavaExpr owned(TExpr e, JavaBody out) {
        JavaExpr value = value(e, out);
        return Freshness.isFresh(e) ? value : operators.copy(e.type(), value);
    }

    /** The same value, kept in a new final local unless it is stable already. */
    public JavaExpr stable(JavaExpr value, Type type, String hint, JavaBody out) {
        return scope.keep(value, type, hint, out);
    }

    /**
     * What an expression refers to, in order to change it: the array, list or map itself.
     *
     * @param after receives what must be written behind the change: see {@link Access#isOuterElement}
     */
    JavaExpr changing(TExpr e, List<Runnable> after, JavaBody out) {
        TExpr holder = outerPart(e);
        if (holder != null) {
            Target place = new CallWriter(this).place(holder, out);
            JavaExpr held = scope.keep(place.read(out), holder.type(), "held", out);
            after.add(() -> place.write(held, out));
            return within(e, holder, held, out);
        }
        return inMap(e) ? scope.keep(new CallWriter(this).place(e, out).read(out), e.type(), "changing", out) : value(e, out);
    }

    /** The element, or component of one, through which a place leads and which must be stored once more; null if it leads through none. */
    private @Nullable TExpr outerPart(TExpr e) {
        return switch (e) {
            case TExpr.Element x when scope.access().isOuterElement(x) -> x;
            case TExpr.Element x -> outerPart(x.array());
            case TExpr.Component c -> {
                TExpr part = outerPart(c.value());
                yield part == c.value() ? c : part;
            }
            default -> null;
        };
    }

    /** The value of a place within one that is held already. */
    private JavaExpr within(TExpr e, TExpr holder, JavaExpr held, JavaBody out) {
        if (e == holder) {
            return held;
        }
        return scope.keep(switch (e) {
            case TExpr.Element x -> elementOf(x.array().type(), within(x.array(), holder, held, out), x.subscripts(), x.span(), true, out).read(out);
            case TExpr.Component c -> types().component(c.value().type(), within(c.value(), holder, held, out), c.index());
            default -> throw new CompilerBug("a place that is none: " + e.span());
        }, e.type(), "held", out);
    }

    /** Whether a place is an entry of a map or a part of one. */
    static boolean inMap(TExpr e) {
        return switch (e) {
            case TExpr.Element x -> x.array().type() instanceof Type.MapOf || inMap(x.array());
            case TExpr.Component c -> inMap(c.value());
            default -> false;
        };
    }

    /** The place with its subscripts evaluated. */
    public Target target(Place place, JavaBody out) {
        return switch (place) {
            case Place.Variable v -> scope.access().variable(v.variable(), scope);
            case Place.Element e when e.array() instanceof Place.Variable v ->
                scope.access().element(v.variable(), e.subscripts(), e.span(), true, this, out);
            case Place.Element e -> {
                JavaExpr array = scope.keep(target(e.array(), out).read(out), e.array().type(), "a", out);
                yield elementOf(e.array().type(), array, e.subscripts(), e.span(), true, out);
            }
            case Place.Slice s -> new SliceWriter(this).target(s, out);
            case Place.Component c -> target(c.value(), out).component(c.index());
        };
    }

    /** The element of an array or list that {@code array} stands for; see {@link Access#element}. */
    public Target elementOf(
            Type type, JavaExpr array, List<TExpr> subscripts, Span span, boolean written, JavaBody out) {
        if (type instanceof Type.ListOf list) {
            JavaExpr index = value(subscripts.getFirst(), out);
            return new Targets.ListElement(
                    scope, list.element(), array, written ? scope.keep(index, Type.Scalar.INT, "i", out) : index);
        }
        if (type instanceof Type.MapOf map) {
            return new MapWriter(this).element(map, array, subscripts.getFirst(), span, written, out);
        }
        if (!(type instanceof Type.Array a)) {
            throw new CompilerBug("element of " + type);
        }
        boolean several = written || Column.of(a.element()).size() > 1;
        if (!a.distribution().isLocal()) {
            List<JavaExpr> index = written ? stableValues(subscripts, "i", out) : values(subscripts, out);
            return new Targets.Remote(scope, a.element(), array, index, scope.unit().site(span, "element read"));
        }
        JavaExpr at = RuntimeApi.at(array, values(subscripts, out), scope.unit());
        return new Targets.Stored(scope, a.element(), array, 0, several ? scope.spill(at, "int", "at", out) : at);
    }

    private JavaExpr element(TExpr.Element x, JavaBody out) {
        if (x.array().type() == Type.Scalar.STRING) {
            List<JavaExpr> operands = values(List.of(x.array(), x.subscripts().getFirst()), out);
            return RuntimeApi.TEXT_INDEX.call(scope.unit(), operands);
        }
        return elementTarget(x, out).read(out);
    }

    private Target elementTarget(TExpr.Element x, JavaBody out) {
        if (x.array() instanceof TExpr.Read r) {
            return scope.access().element(r.variable(), x.subscripts(), x.span(), false, this, out);
        }
        JavaExpr array = scope.keep(value(x.array(), out), x.array().type(), "a", out);
        return elementOf(x.array().type(), array, x.subscripts(), x.span(), false, out);
    }

    /** Of an array element only the columns of the component are read. */
    private JavaExpr component(TExpr.Component c, JavaBody out) {
        Target part = partTarget(c, out);
        return part != null ? part.read(out) : types().component(c.value().type(), value(c.value(), out), c.index());
    }

    private @org.jspecify.annotations.Nullable Target partTarget(TExpr e, JavaBody out) {
        return switch (e) {
            case TExpr.Element x when x.array().type() instanceof Type.Array -> elementTarget(x, out);
            case TExpr.Component c -> {
                Target whole = partTarget(c.value(), out);
                yield whole == null ? null : whole.component(c.index());
            }
            default -> null;
        };
    }

    private JavaExpr binary(TExpr.Binary b, JavaBody out) {
        boolean swapped = !b.left().type().isVector() && b.right().type().isVector();
        if (swapped) {
            JavaExpr left = scope.keep(value(b.left(), out), b.left().type(), "s", out);
            return operators.binary(b.op(), b.type(), b.left().type(), left, b.right().type(), value(b.right(), out));
        }
        List<JavaExpr> v = values(List.of(b.left(), b.right()), out);
        return operators.binary(b.op(), b.type(), b.left().type(), v.get(0), b.right().type(), v.get(1));
    }

    private JavaExpr compare(TExpr.Compare c, JavaBody out) {
        List<JavaExpr> v = values(List.of(c.left(), c.right()), out);
        if (c.left().type() instanceof Type.Array a && !a.distribution().isLocal()) {
            JavaExpr site = scope.unit().site(c.span(), "comparison of arrays");
            boolean leftMoves = c.left() instanceof TExpr.IntrinsicCall i && i.intrinsic() == Intrinsic.REDISTRIBUTE;
            JavaExpr model = scope.keep(v.get(leftMoves ? 1 : 0), c.left().type(), "array", out);
            JavaExpr other = RuntimeApi.REDISTRIBUTED.call(scope.unit(), scope.rank(), site, model, v.get(leftMoves ? 0 : 1));
            JavaExpr all = RuntimeApi.ALLREDUCE_BOOLEAN.on(
                    JavaExpr.primary(scope.rank() + ".world()"),
                    site,
                    RuntimeApi.CONTENT_EQUALS.on(model, other),
                    JavaExpr.stable(scope.unit().use(RuntimeApi.OP) + ".AND"));
            return c.op() == TExpr.CompareOp.EQ ? all : JavaExpr.prefix("!", all);
        }
        if (c.left().type() instanceof Type.MapOf m && m.distributed()) {
            JavaExpr same = RuntimeApi.MAPS_SAME.call(scope.unit(), v.get(0), scope.unit().site(c.span(), "comparison of maps"), v.get(1));
            return c.op() == TExpr.CompareOp.EQ ? same : JavaExpr.prefix("!", same);
        }
        return operators.compare(c.op(), c.left().type(), v.get(0), v.get(1));
    }

    private JavaExpr logical(TExpr.Logical l, JavaBody out) {
        JavaExpr left = value(l.left(), out);
        JavaBody before = out.sketch();
        JavaExpr right = value(l.right(), before);
        if (before.isEmpty()) {
            return l.conjunction()
                    ? JavaExpr.infix(JavaExpr.AND, left, "&&", right)
                    : JavaExpr.infix(JavaExpr.OR, left, "||", right);
        }
        String name = scope.names().fresh("holds");
        out.line("boolean " + name + " = " + left + ";");
        out.open("if (" + (l.conjunction() ? "" : "!") + name + ") {");
        out.add(before).line(name + " = " + right + ";").close();
        return JavaExpr.primary(name);
    }

    private JavaExpr conditional(TExpr.Conditional c, JavaBody out) {
        JavaExpr condition = value(c.condition(), out);
        JavaBody yes = out.sketch();
        JavaExpr then = value(c.then(), yes);
        JavaBody no = out.sketch();
        JavaExpr otherwise = value(c.otherwise(), no);
        if (yes.isEmpty() && no.isEmpty()) {
            String text = condition.at(JavaExpr.OR) + " ? " + then.at(JavaExpr.OR) + " : " + otherwise.at(JavaExpr.CONDITIONAL);
            return new JavaExpr(
                    text, JavaExpr.CONDITIONAL, condition.stable() && then.stable() && otherwise.stable());
        }
        String name = scope.names().fresh("choice");
        out.line("final " + types().of(c.type()) + " " + name + ";");
        out.open("if (" + condition + ") {").add(yes).line(name + " = " + then + ";");
        out.between("} else {").add(no).line(name + " = " + otherwise + ";").close();
        return JavaExpr.stable(name);
    }

    private JavaExpr convert(TExpr.Convert c, JavaBody out) {
        JavaExpr value = value(c.value(), out);
        if (c.value().type() instanceof Type.Array && c.target() instanceof Type.Array to) {
            return RuntimeApi.ARRAY_CONVERT.call(scope.unit(), value, types().elemType(to.element()));
        }
        if (c.value() instanceof TExpr.Constant k && k.value() instanceof Long n && fits(n, c.target())) {
            return value;
        }
        return operators.convert(c.value().type(), c.target(), value);
    }

    /** A literal that fits a storage type needs no check. */
    private static boolean fits(long n, Type target) {
        return target == Type.Scalar.INT32 && n == (int) n
                || target == Type.Scalar.INT16 && n == (short) n
                || target == Type.Scalar.BYTE && n >= 0 && n <= 255;
    }

    private JavaExpr list(TExpr.ListNew l, JavaBody out) {
        if (l.elements().isEmpty()) {
            return types().zero(l.type());
        }
        return RuntimeApi.LIST_OF.call(scope.unit(), ownedValues(l.elements(), out));
    }

    ArrayWriter arrays() {
        return new ArrayWriter(this);
    }

    private JavaTypes types() {
        return scope.unit().types();
    }

    /** Opens the Java loops of a sequential loop and declares its indices; returns how many blocks the caller has to close. */
    public int openLoops(Iteration it, JavaBody out) {
        return new LoopWriter(this).heads(it, "", out);
    }
}
