package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;

/** Comprehensions: reductions, scans and arrays, divided or sequential. */
final class Reductions {
    private final Machine machine;

    Reductions(Machine machine) {
        this.machine = machine;
    }

    /** Values of the element expression by number of the iteration; null where the filter excludes it. */
    private record Collected(IndexSet space, @Nullable Object[] values) {
        List<Object> present() {
            List<Object> all = new ArrayList<>();
            for (Object value : values) {
                if (value != null) {
                    all.add(value);
                }
            }
            return all;
        }
    }

    Object reduce(TExpr.Reduce e) {
        if (!e.iteration().parallel()) {
            Collected all = sequential(e.iteration(), e.element());
            return finished(e.op(), e, all, false);
        }
        return divided(e.iteration(), e.element(), e.span(), "reduction", all -> finished(e.op(), e, all, true));
    }

    private interface Finish {
        Object result(Collected all);
    }

    /** All ranks meet, evaluate the element where its index is owned, and get the one result. */
    private Object divided(Iteration iteration, TExpr element, Span span, String kind, Finish finish) {
        IndexSet space = machine.domain(iteration.space());
        DividedLoop.checkWork(machine, iteration);
        return machine.job.meet(machine, span, kind, space, operands -> {
            DividedLoop.sameSpace(operands, span);
            Object[] values = new Object[Math.toIntExact(space.size())];
            new DividedLoop(machine.team, machine.job.ranks).each(space, iteration, span, List.of(), (owner, number, index) ->
                    values[number] = Values.copy(owner.eval(element)));
            Object result = finish.result(new Collected(space, values));
            Object[] results = new Object[operands.length];
            for (int r = 0; r < results.length; r++) {
                results[r] = result instanceof ArrayValue a && a.shared() ? a : Values.copy(result);
            }
            return results;
        });
    }

    private Collected sequential(Iteration iteration, TExpr element) {
        List<Object> values = new ArrayList<>();
        IndexSet[] space = new IndexSet[1];
        Sequences.each(machine, iteration, (number, index) -> {
            while (values.size() < number) {
                values.add(null);
            }
            values.add(Values.copy(machine.eval(element)));
        });
        if (Sequences.descends(iteration)) {
            space[0] = IndexSet.range(0, values.size() - 1L);
        } else if (iteration.overDomain()) {
            space[0] = machine.domain(iteration.space());
            while (values.size() < space[0].size()) {
                values.add(null);
            }
        } else {
            space[0] = IndexSet.range(0, values.size() - 1L);
        }
        return new Collected(space[0], values.toArray());
    }

    private Object finished(ReduceOp op, TExpr.Reduce e, Collected all, boolean tree) {
        return op instanceof ReduceOp.Builtin b ? builtin(b, e, all, tree) : combined(op, e.type(), all, tree);
    }

    private Object builtin(ReduceOp.Builtin op, TExpr.Reduce e, Collected all, boolean tree) {
        return switch (op) {
            case SUM, PROD, ANY, ALL, BIT_AND, BIT_OR, BIT_XOR -> combined(op, e.type(), all, tree);
            case MIN, MAX -> {
                if (all.present().isEmpty() && !hasInfinity(e.type())) {
                    throw new Trap(e.span(), (op == ReduceOp.Builtin.MIN ? "min" : "max") + " of no values");
                }
                yield combined(op, e.type(), all, tree);
            }
            case COUNT -> all.present().stream().filter(v -> !Boolean.FALSE.equals(v)).count();
            case MEAN -> mean(e, all, tree);
            case ARGMIN, ARGMAX -> {
                Object where = extreme(op == ReduceOp.Builtin.ARGMIN, e, all);
                yield Sequences.descends(e.iteration()) ? Sequences.index(machine, e.iteration(), (Long) where) : where;
            }
        };
    }

    private static boolean hasInfinity(Type type) {
        return type == Type.Scalar.FLOAT || type == Type.Scalar.FLOAT32 || type == Type.Scalar.BOOL;
    }

    private Object combined(ReduceOp op, Type type, Collected all, boolean tree) {
        List<Object> present = all.present();
        Object like = present.isEmpty() ? Boolean.TRUE : present.getFirst();
        ReductionTree shape = Operators.tree(machine, op, type, like);
        if (tree) {
            return shape.reduce(all.space(), number -> all.values()[number]);
        }
        Object result = shape.identity().get();
        for (Object value : present) {
            result = shape.op().apply(result, value);
        }
        return result;
    }

    private Object mean(TExpr.Reduce e, Collected all, boolean tree) {
        long count = all.present().size();
        if (count == 0) {
            throw new Trap(e.span(), "mean of nothing");
        }
        Object[] floats = new Object[all.values().length];
        for (int k = 0; k < floats.length; k++) {
            Object value = all.values()[k];
            floats[k] = value == null ? null : value instanceof Long || value instanceof Float ? ((Number) value).doubleValue() : value;
        }
        Object sum = combined(ReduceOp.Builtin.SUM, e.type(), new Collected(all.space(), floats), tree);
        return divide(sum, count);
    }

    private static Object divide(Object sum, long count) {
        return switch (sum) {
            case Double d -> d / count;
            case ComplexValue z -> new ComplexValue(z.re() / count, z.im() / count);
            case VectorValue v -> v.with((double) count, (a, b) -> a / b);
            case StructValue s -> {
                Object[] parts = s.parts().clone();
                java.util.Arrays.setAll(parts, k -> divide(s.parts()[k], count));
                yield new StructValue(s.type(), parts);
            }
            default -> throw new IllegalStateException("mean of " + sum);
        };
    }

    /** The lowest index of the most extreme value; NaN is more extreme than any number. */
    private Object extreme(boolean smallest, TExpr.Reduce e, Collected all) {
        int best = -1;
        for (int k = 0; k < all.values().length; k++) {
            Object value = all.values()[k];
            if (value != null && (best < 0 || better(smallest, value, all.values()[best]))) {
                best = k;
            }
        }
        if (best < 0) {
            throw new Trap(e.span(), "argmin or argmax of nothing");
        }
        long[] found = new long[all.space().axes()];
        int[] number = {best};
        all.space().forEach(index -> {
            if (number[0]-- == 0) {
                System.arraycopy(index, 0, found, 0, found.length);
            }
        });
        if (found.length == 1) {
            return found[0];
        }
        Object[] parts = new Object[found.length];
        java.util.Arrays.setAll(parts, d -> found[d]);
        return new StructValue(e.type(), parts);
    }

    private static boolean better(boolean smallest, Object value, @Nullable Object best) {
        if (value instanceof Long x && best instanceof Long y) {
            return smallest ? x < y : x > y;
        }
        double x = ((Number) value).doubleValue();
        double y = best instanceof Number n ? n.doubleValue() : Double.NaN;
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return !Double.isNaN(y);
        }
        return smallest ? x < y : x > y;
    }

    Object scan(TExpr.Scan e) {
        Type element = ((Type.Array) e.type()).element();
        if (!e.iteration().parallel()) {
            Collected all = sequential(e.iteration(), e.element());
            return new ArrayValue(element, fromZero(all.space()), running(e.op(), element.asValue(), all.values()));
        }
        return divided(e.iteration(), e.element(), e.span(), "scan", all ->
                new ArrayValue(element, all.space(), prefixes(e.op(), element.asValue(), all)));
    }

    private Object[] running(ReduceOp op, Type type, @Nullable Object[] values) {
        ReductionTree shape = Operators.tree(machine, op, type, values.length == 0 ? Boolean.TRUE : firstOf(values));
        Object[] results = new Object[values.length];
        Object sum = shape.identity().get();
        for (int k = 0; k < values.length; k++) {
            Object value = values[k];
            sum = value == null ? sum : shape.op().apply(sum, value);
            results[k] = Values.copy(sum);
        }
        return results;
    }

    private static Object firstOf(@Nullable Object[] values) {
        for (Object value : values) {
            if (value != null) {
                return value;
            }
        }
        return Boolean.TRUE;
    }

    /** Carry of the leaves before, then sequentially within the leaf, as docs/architecture.md defines it. */
    private Object[] prefixes(ReduceOp op, Type type, Collected all) {
        IndexSet space = all.space();
        int last = space.axes() - 1;
        ReductionTree shape = Operators.tree(machine, op, type, firstOf(all.values()));
        long leaf = ReductionTree.leaf(space.root().extent(last));
        Object[] results = new Object[all.values().length];
        Object carry = shape.identity().get();
        int width = Math.toIntExact(space.extent(last));
        for (int row = 0; width > 0 && row < results.length; row += width) {
            for (int k = 0; k < width; ) {
                long first = space.lo()[last] + k * space.step()[last];
                long end = (Math.floorDiv(first, leaf) + 1) * leaf;
                List<Long> indices = new ArrayList<>();
                List<@Nullable Object> values = new ArrayList<>();
                Object prefix = shape.identity().get();
                for (; k < width && space.lo()[last] + k * space.step()[last] < end; k++) {
                    Object value = all.values()[row + k];
                    indices.add(space.lo()[last] + k * space.step()[last]);
                    values.add(value);
                    prefix = value == null ? prefix : shape.op().apply(prefix, value);
                    results[row + k] = Values.copy(shape.op().apply(carry, prefix));
                }
                carry = shape.op().apply(carry, shape.folded(indices, values));
            }
        }
        return results;
    }

    Object array(TExpr.ArrayComprehension e) {
        Type.Array type = (Type.Array) e.type();
        boolean compact = e.iteration().filter() != null;
        if (!e.iteration().parallel()) {
            Collected all = sequential(e.iteration(), e.element());
            return made(type, new Collected(fromZero(all.space()), all.values()), compact);
        }
        return divided(e.iteration(), e.element(), e.span(), "array", all -> made(type, all, compact));
    }

    private static ArrayValue made(Type.Array type, Collected all, boolean compact) {
        if (compact) {
            return ArrayValue.line(type.element(), all.present());
        }
        IndexSet space = all.space();
        IndexSet domain = type.distribution().isLocal() && space.distributed() ? local(space) : space;
        return new ArrayValue(type.element(), domain, all.values());
    }

    /** What a sequential comprehension makes starts at 0. */
    private static IndexSet fromZero(IndexSet space) {
        long[] extents = new long[space.axes()];
        java.util.Arrays.setAll(extents, space::extent);
        return IndexSet.extents(extents);
    }

    private static IndexSet local(IndexSet space) {
        return new IndexSet(
                new IndexSet.Root(space.root().lo(), space.root().hi(), new long[0], space.root().periodic()), space.lo(), space.hi(), space.step());
    }
}
