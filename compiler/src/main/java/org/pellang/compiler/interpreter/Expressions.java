package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Values of expressions on one rank. */
final class Expressions {
    private final Machine machine;
    private final Reductions reductions;
    private final Intrinsics intrinsics;
    private final Collectives collectives;

    Expressions(Machine machine) {
        this.machine = machine;
        this.reductions = new Reductions(machine);
        this.intrinsics = new Intrinsics(machine);
        this.collectives = new Collectives(machine);
    }

    Object eval(TExpr expression) {
        return switch (expression) {
            case TExpr.Constant e -> e.type() == Type.Scalar.FLOAT32 ? (Object) ((Number) e.value()).floatValue() : e.value();
            case TExpr.ComplexConstant e -> new ComplexValue(e.re(), e.im());
            case TExpr.Read e -> machine.get(e.variable(), e.span());
            case TExpr.Interpolation e -> interpolation(e);
            case TExpr.Unary e -> Arithmetic.unary(e.op(), machine.eval(e.operand()));
            case TExpr.Binary e -> binary(e);
            case TExpr.Compare e -> compare(e);
            case TExpr.Logical e -> {
                boolean left = (Boolean) machine.eval(e.left());
                yield left == e.conjunction() ? machine.eval(e.right()) : (Object) left;
            }
            case TExpr.Convert e -> {
                Object value = machine.eval(e.value());
                yield value instanceof ArrayValue a ? converted(a, e) : Arithmetic.convert(value, e.target());
            }
            case TExpr.Conditional e -> machine.eval((Boolean) machine.eval(e.condition()) ? e.then() : e.otherwise());
            case TExpr.TupleNew e -> new StructValue(e.type(), values(e.elements()).toArray());
            case TExpr.RecordNew e -> recordNew(e);
            case TExpr.ArrayNew e -> arrayNew(e);
            case TExpr.ArrayFill e -> arrayFill(e);
            case TExpr.ListNew e -> {
                ListValue list = new ListValue();
                e.elements().forEach(x -> list.items.add(Values.copy(machine.eval(x))));
                yield list;
            }
            case TExpr.MapNew e -> new MapFunctions(machine).make(e);
            case TExpr.Element e -> element(e, "");
            case TExpr.Slice e -> slice(e);
            case TExpr.Component e -> component(e, "");
            case TExpr.Call e -> call(e);
            case TExpr.CallValue e -> {
                FunctionValue f = (FunctionValue) machine.eval(e.function());
                List<Object> arguments = new ArrayList<>(List.of(f.captured()));
                arguments.addAll(values(e.arguments()));
                yield machine.call(f.function(), arguments.toArray());
            }
            case TExpr.FunctionValue e ->
                new FunctionValue(e.function(), values(e.captured()).stream().map(Values::copy).toArray());
            case TExpr.ExternCall e -> machine.job.library.call(machine, e.function(), values(e.arguments()), e.span());
            case TExpr.IntrinsicCall e -> intrinsics.call(e);
            case TExpr.Range e -> range(e);
            case TExpr.DomainNew e -> domainNew(e);
            case TExpr.Reduce e -> reductions.reduce(e);
            case TExpr.Scan e -> reductions.scan(e);
            case TExpr.ArrayComprehension e -> reductions.array(e);
            case TExpr.Collective e -> collectives.call(e);
            case TExpr.ChannelOp e -> collectives.channel(e);
            case TExpr.RemoteRead e -> {
                if (machine.epoch == null) {
                    throw new InterpreterFault(InterpreterFault.Kind.TREE, e.span(), "a one-sided access outside of an epoch");
                }
                yield machine.epoch.read(e);
            }
            case TExpr.Spawn e -> new FutureValue(Values.copy(machine.eval(e.call())));
            case TExpr.Bad e -> throw new InterpreterFault(InterpreterFault.Kind.TREE, e.span(), "an expression with an error");
        };
    }

    /** Whether the value of the expression is nobody else's, so that it need not be copied to be kept. */
    static boolean fresh(TExpr e) {
        return switch (e) {
            case TExpr.Read _, TExpr.Element _, TExpr.Component _, TExpr.Conditional _, TExpr.Call _, TExpr.CallValue _, TExpr.TupleNew _,
                    TExpr.RecordNew _ -> false;
            default -> true; // everything else makes a new value
        };
    }

    List<Object> values(List<TExpr> all) {
        List<Object> values = new ArrayList<>(all.size());
        all.forEach(e -> values.add(machine.eval(e)));
        return values;
    }

    private String interpolation(TExpr.Interpolation e) {
        StringBuilder text = new StringBuilder();
        for (TExpr.Part part : e.parts()) {
            if (part.value() == null) {
                text.append(part.text());
            } else {
                Object value = printable(machine.eval(part.value()), part.value().span());
                text.append(part.spec() == null || part.spec().isEmpty()
                        ? Show.show(machine.job.library, value)
                        : Show.format(machine.job.library, value, part.spec()));
            }
        }
        return text.toString();
    }

    /** A distributed array or spread map is printed as a whole, as it is when all ranks have come. */
    Object printable(Object value, Span at) {
        if (value instanceof MapValue m && m.shared && machine.loop == null) {
            return Shared.once(machine, at, "text", () -> Values.copy(m));
        }
        return value instanceof ArrayValue a && a.shared() && machine.loop == null ? Shared.replicate(machine, a, at) : value;
    }

    private Object binary(TExpr.Binary e) {
        Object left = machine.eval(e.left());
        Object right = machine.eval(e.right());
        return ArrayMath.scalars(machine.job.library, e.op(), left, right);
    }

    private Object compare(TExpr.Compare e) {
        Object left = machine.eval(e.left());
        Object right = machine.eval(e.right());
        if (left instanceof MapValue a && right instanceof MapValue b && a.shared && machine.loop == null) {
            return Shared.once(machine, e.span(), "comparison", () -> Arithmetic.compare(e.op(), a, b));
        }
        if (left instanceof ArrayValue a && right instanceof ArrayValue b && (a.shared() || b.shared()) && machine.loop == null) {
            return Shared.once(machine, e.span(), "comparison", () -> Arithmetic.compare(e.op(), a, b));
        }
        return Arithmetic.compare(e.op(), left, right);
    }

    private Object converted(ArrayValue a, TExpr.Convert e) {
        Type target = e.target() instanceof Type.Array t ? t.element() : e.target();
        return a.shared() && machine.loop == null
                ? Shared.once(machine, e.span(), "conversion", () -> ArrayMath.convert(a, target))
                : ArrayMath.convert(a, target);
    }

    private Object recordNew(TExpr.RecordNew e) {
        List<Object> fields = values(e.fields());
        if (e.type() == Type.Scalar.COMPLEX) {
            return new ComplexValue((Double) fields.get(0), (Double) fields.get(1));
        }
        if (e.type().isVector()) {
            return new VectorValue(fields.stream().mapToDouble(f -> (Double) f).toArray());
        }
        return new StructValue(e.type(), fields.toArray());
    }

    private Object arrayNew(TExpr.ArrayNew e) {
        Type.Array type = (Type.Array) e.type();
        Object[] data = values(e.elements()).stream().map(Values::copy).toArray();
        IndexSet domain = e.extents() == null
                ? IndexSet.range(0, data.length - 1L)
                : IndexSet.extents(e.extents().stream().mapToLong(machine::integer).toArray());
        return new ArrayValue(type.element(), domain, data);
    }

    private Object arrayFill(TExpr.ArrayFill e) {
        Type.Array type = (Type.Array) e.type();
        IndexSet domain = machine.domain(e.domain());
        Object fill = e.fill() == null ? Values.zero(type.element()) : machine.eval(e.fill());
        java.util.function.Supplier<Object> make = () -> {
            if (domain.size() > Integer.MAX_VALUE) {
                throw new Trap(e.span(), "an array of " + domain.size() + " elements is too large");
            }
            Object[] data = new Object[(int) domain.size()];
            for (int k = 0; k < data.length; k++) {
                data[k] = Values.copy(fill);
            }
            return new ArrayValue(type.element(), domain, data);
        };
        return domain.distributed() ? Shared.once(machine, e.span(), "array", make) : make.get();
    }

    /** {@code path}: components of the element that are wanted, so that only they count as read. */
    private Object element(TExpr.Element e, String path) {
        Object whole = machine.eval(e.array());
        if (whole instanceof MapValue map) {
            Object key = machine.eval(e.subscripts().getFirst());
            return Paths.get(new MapFunctions(machine).get(map, key, ((Type.MapOf) e.array().type()).value(), e.span()), path);
        }
        long[] index = e.subscripts().stream().mapToLong(machine::integer).toArray();
        return switch (whole) {
            case ArrayValue a -> read(a, a.position(index), path, e.span());
            case ListValue l -> Paths.get(l.items.get(l.index(index[0])), path);
            case String s -> {
                int n = s.codePointCount(0, s.length());
                if (index[0] < 0 || index[0] >= n) {
                    throw new Trap(e.span(), "index " + index[0] + " outside 0..<" + n + " of a string");
                }
                yield Character.toString(s.codePointAt(s.offsetByCodePoints(0, (int) index[0])));
            }
            default -> throw new InterpreterFault(InterpreterFault.Kind.TREE, e.span(), "no elements");
        };
    }

    /** Reads one element; in uniform code one of a distributed array together with all ranks. */
    Object read(ArrayValue array, int at, String path, Span span) {
        if (machine.loop != null) {
            return machine.loop.read(machine, array, at, path, span);
        }
        if (array.shared()) {
            return machine.job.meet(machine, span, "element", (long) at, operands -> {
                for (Object operand : operands) {
                    if (!operand.equals((long) at)) {
                        throw new InterpreterFault(InterpreterFault.Kind.MISMATCH, span, "ranks read different elements");
                    }
                }
                Arrays.fill(operands, Paths.get(array.data[at], path));
                return operands;
            });
        }
        return Paths.get(array.data[at], path);
    }

    /** All elements in order. */
    List<Object> wholeArray(ArrayValue array, Span span) {
        List<Object> all = new ArrayList<>();
        ArrayValue source = array.shared() && machine.loop == null ? (ArrayValue) Shared.replicate(machine, array, span) : array;
        for (int k = 0; k < source.data.length; k++) {
            all.add(machine.loop == null ? source.data[k] : machine.loop.read(machine, source, k, "", span));
        }
        return all;
    }

    private Object component(TExpr.Component e, String below) {
        String path = Paths.join(e.index(), below);
        return switch (e.value()) {
            case TExpr.Component inner -> component(inner, path);
            case TExpr.Element inner -> element(inner, path);
            default -> Paths.get(machine.eval(e.value()), path);
        };
    }

    private Object slice(TExpr.Slice e) {
        Object whole = machine.eval(e.array());
        return switch (whole) {
            case ArrayValue a -> slice(a, e.subscripts(), e.span());
            case IndexSet d -> Slicing.of(machine, d, e.subscripts()).set();
            case String s -> {
                TExpr.TSub sub = e.subscripts().getFirst();
                if (sub.range() == null) {
                    yield s;
                }
                IndexSet range = machine.domain(sub.range());
                int n = s.codePointCount(0, s.length());
                long lo = range.lo()[0];
                long hi = range.hi()[0];
                if (hi < lo) {
                    yield "";
                }
                if (lo < 0 || hi >= n) {
                    throw new Trap(e.span(), "slice " + lo + ".." + hi + " outside 0..<" + n + " of a string");
                }
                yield s.substring(s.offsetByCodePoints(0, (int) lo), s.offsetByCodePoints(0, (int) hi + 1));
            }
            case ListValue list -> slice(list, e);
            default -> throw new InterpreterFault(InterpreterFault.Kind.TREE, e.span(), "no slices");
        };
    }

    private ListValue slice(ListValue list, TExpr.Slice e) {
        TExpr.TSub sub = e.subscripts().getFirst();
        long lo = 0;
        long hi = list.items.size() - 1L;
        if (sub.range() != null) {
            IndexSet range = machine.domain(sub.range());
            lo = range.lo()[0];
            hi = range.hi()[0];
        }
        if (lo < 0 || hi < lo - 1 || hi >= list.items.size()) {
            throw new Trap(e.span(), "slice " + lo + "..<" + (hi + 1) + " outside the list 0..<" + list.items.size());
        }
        return ListValue.of(list.items.subList((int) lo, (int) hi + 1).stream().map(Values::copy).toList());
    }

    ArrayValue slice(ArrayValue a, List<TExpr.TSub> subs, Span span) {
        Slicing slicing = Slicing.of(machine, a.domain, subs);
        ArrayValue source = a.shared() && machine.loop == null ? (ArrayValue) Shared.replicate(machine, a, span) : a;
        List<Object> data = new ArrayList<>();
        slicing.set().forEach(index -> {
            int at = source.position(index);
            data.add(Values.copy(machine.loop == null ? source.data[at] : machine.loop.read(machine, source, at, "", span)));
        });
        return new ArrayValue(a.element, IndexSet.extents(slicing.kept()), data.toArray());
    }

    private Object call(TExpr.Call e) {
        List<Var> params = machine.program.functions().get(e.function()).params();
        Object[] arguments = new Object[params.size()];
        List<Runnable> done = new ArrayList<>();
        for (int k = 0; k < arguments.length; k++) {
            if (params.get(k).kind() == Var.Kind.MUT_PARAM) {
                Places.Changing place = machine.statements().places().changing(e.arguments().get(k));
                done.add(place.done());
                arguments[k] = place.value();
            } else {
                arguments[k] = machine.eval(e.arguments().get(k));
            }
        }
        Object result = machine.call(e.function(), arguments, (value, k) -> {
            TExpr argument = e.arguments().get(k);
            if (Places.names(argument)) {
                Places places = machine.statements().places();
                places.assign(java.util.Objects.requireNonNull(Place.of(argument)), value, argument.span());
            }
        });
        done.forEach(Runnable::run);
        return result;
    }

    private IndexSet range(TExpr.Range e) {
        long low = machine.integer(e.low());
        long high = machine.integer(e.high());
        IndexSet set = IndexSet.range(low, e.open() ? high - 1 : high);
        return e.step() == null ? set : set.by(machine.integer(e.step()));
    }

    private IndexSet domainNew(TExpr.DomainNew e) {
        Type.Domain type = (Type.Domain) e.type();
        List<IndexSet> axes = e.axes().stream().map(machine::domain).toList();
        long[] lo = new long[axes.size()];
        long[] hi = new long[axes.size()];
        long[] step = new long[axes.size()];
        for (int d = 0; d < lo.length; d++) {
            lo[d] = axes.get(d).lo()[0];
            hi[d] = axes.get(d).hi()[0];
            step[d] = axes.get(d).step()[0];
        }
        Distribution distribution = type.distribution();
        long[] spread = new long[distribution.axes().size()];
        for (int d = 0; d < spread.length; d++) {
            IndexSet.Root own = axes.get(d).root();
            boolean inherited = own.distributed() && e.blocks().isEmpty();
            long block = e.blocks().isEmpty() ? 1 : machine.integer(e.blocks().get(d));
            spread[d] = inherited ? own.spread()[0] : Ownership.spread(distribution.axes().get(d), block, step[d]);
        }
        return new IndexSet(new IndexSet.Root(lo, hi, spread, distribution.periodic()), lo, hi, step);
    }
}
