package org.pellang.compiler.sema.typed;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.source.Span;

/**
 * A typed expression. Every implicit conversion is a {@link Convert}; operands of an operator already have the operator's type.
 * {@code type()} is never a storage integer type (see {@link Type#asValue()}), but element types of arrays may be.
 */
public sealed interface TExpr {
    Span span();

    Type type();

    /** Long, Double, Boolean or String constant. */
    record Constant(Span span, Type type, Object value) implements TExpr {}

    record ComplexConstant(Span span, Type type, double re, double im) implements TExpr {}

    record Read(Span span, Type type, Var variable) implements TExpr {}

    record Interpolation(Span span, Type type, List<Part> parts) implements TExpr {}

    /** Either text, or a value with its specification (null: as {@code show}). */
    record Part(@Nullable String text, @Nullable TExpr value, @Nullable String spec) {}

    /** NEGATE on int float float32 complex vec; BIT_NOT on int; NOT on bool. */
    record Unary(Span span, Type type, UnaryOp op, TExpr operand) implements TExpr {}

    /**
     * Arithmetic and bitwise operators. Both operands have the result's type, except: vec*float, float*vec, vec/float;
     * DIV of ints has float operands by conversion. ADD on string joins.
     */
    record Binary(Span span, Type type, BinaryOp op, TExpr left, TExpr right) implements TExpr {}

    /** Comparison of two values of one type, result bool; EQ and NE on every type (by value), the others on int float float32 string. */
    record Compare(Span span, Type type, CompareOp op, TExpr left, TExpr right) implements TExpr {}

    /** Short-circuit {@code and} ({@code or} if not {@code conjunction}). */
    record Logical(Span span, Type type, boolean conjunction, TExpr left, TExpr right) implements TExpr {}

    /**
     * A conversion, implicit or explicit, of a scalar, or element by element of an array ({@code float(a)}).
     * From/to among bool int float float32 complex; {@code type} tells the target. float to int truncates and traps on NaN and overflow.
     * A target that is a storage integer type means: check the range, trap if it does not fit; the value stays an int.
     */
    record Convert(Span span, Type type, Type target, TExpr value) implements TExpr {}

    record Conditional(Span span, Type type, TExpr condition, TExpr then, TExpr otherwise) implements TExpr {}

    record TupleNew(Span span, Type type, List<TExpr> elements) implements TExpr {}

    /** All fields in declaration order. Also {@code vec3(x, y, z)} and {@code complex(re, im)}: the type tells. */
    record RecordNew(Span span, Type type, List<TExpr> fields) implements TExpr {}

    /** Local array from elements in row-major order; {@code extents} null: one axis of that many elements. */
    record ArrayNew(Span span, Type type, List<TExpr> elements, @Nullable List<TExpr> extents) implements TExpr {}

    /** Array over a domain, each element = {@code fill} (evaluated once; null: zero of the element type). */
    record ArrayFill(Span span, Type type, TExpr domain, @Nullable TExpr fill) implements TExpr {}

    /** Empty list or list of elements. */
    record ListNew(Span span, Type type, List<TExpr> elements) implements TExpr {}

    /** A map. {@code entries}: null for an empty one; an array or list of pairs; or a map that is spread differently. */
    record MapNew(Span span, Type type, @Nullable TExpr entries) implements TExpr {}

    /** One element of an array, list or string (code point): all subscripts are ints; or the value of a map for one subscript of the key's type. */
    record Element(Span span, Type type, TExpr array, List<TExpr> subscripts) implements TExpr {}

    /** {@code a[i, ..]}, {@code a[2..<9]}; a copy; axes with a single index vanish. Also slices of strings and of domains ({@code D[a..<b]}). */
    record Slice(Span span, Type type, TExpr array, List<TSub> subscripts) implements TExpr {}

    /** One subscript of a slice: all (both null), an index, or a range (a domain of one axis). */
    record TSub(@Nullable TExpr index, @Nullable TExpr range) {}

    /** Component of a tuple, record, vec (x y z w) or complex (re im). */
    record Component(Span span, Type type, TExpr value, int index, String name) implements TExpr {}

    /**
     * Call of a specialised function of the program; array arguments are passed without copying. The argument of a {@code mut}
     * parameter is a read of the place that changes: a variable, element, component or slice.
     */
    record Call(Span span, Type type, int function, List<TExpr> arguments) implements TExpr {}

    /** Call through a function value. */
    record CallValue(Span span, Type type, TExpr function, List<TExpr> arguments) implements TExpr {}

    /** A function as a value: a named one (no captures) or a lambda; captured variables are bound by value, in order, as its first parameters. */
    record FunctionValue(Span span, Type type, int function, List<TExpr> captured) implements TExpr {}

    /** Call of a static Java method. */
    record ExternCall(Span span, Type type, ExternFunction function, List<TExpr> arguments) implements TExpr {}

    /** A construct that compiler, interpreter and runtime know by name; see {@link Intrinsic} for arguments. */
    record IntrinsicCall(Span span, Type type, Intrinsic intrinsic, List<TExpr> arguments) implements TExpr {}

    /** {@code low..high by step}; type is a local domain of one axis. {@code open}: {@code high} is excluded. */
    record Range(Span span, Type type, TExpr low, TExpr high, boolean open, @Nullable TExpr step) implements TExpr {}

    /**
     * {@code domain G[a..b, n] dist block periodic} and {@code [0..<k, F]} as a space: axes are one-axis domains.
     *
     * @param blocks lengths of blocks, one per axis, of a {@code dist} clause with {@code blockcyclic(..)} (anything on axes of other kinds); empty if there is
     *     none: an axis that inherits this kind has its block length from its domain
     */
    record DomainNew(Span span, Type type, List<TExpr> axes, List<TExpr> blocks) implements TExpr {
        public DomainNew(Span span, Type type, List<TExpr> axes) {
            this(span, type, axes, List.of());
        }

        /** Axes, then block lengths. */
        public List<TExpr> parts() {
            return java.util.stream.Stream.concat(axes.stream(), blocks.stream()).toList();
        }
    }

    /**
     * Reduction by comprehension: {@code sum(e forall (i,j) in D let .. if ..)}. With a builtin operator on a tuple element the
     * reduction goes component by component. ARGMIN/ARGMAX give the index (int, or tuple of ints). If iteration is sequential:
     * fold left to right from the identity. Also reductions over whole arrays: {@code sum(a)} = over its domain.
     */
    record Reduce(Span span, Type type, ReduceOp op, TExpr element, Iteration iteration) implements TExpr {}

    /** {@code scan sum(e forall i in D)}: array over the space. */
    record Scan(Span span, Type type, ReduceOp op, TExpr element, Iteration iteration) implements TExpr {}

    /** {@code [e for i in R]}, {@code [e forall (i, j) in D]}: array over the space (filtered: one axis, local, compacted in order). */
    record ArrayComprehension(Span span, Type type, TExpr element, Iteration iteration) implements TExpr {}

    /**
     * Collectives of the explicit level. {@code team}: {@code in: t}, or null for all ranks of where it stands. {@code root} for reduce bcast
     * gather scatter; {@code op} for allreduce reduce exscan scan.
     */
    record Collective(
            Span span,
            Type type,
            CollectiveKind kind,
            @Nullable TExpr value,
            @Nullable ReduceOp op,
            @Nullable TExpr root,
            @Nullable TExpr team)
            implements TExpr {

        /** The name as the program has it: {@code allsum}, not {@code allreduce}. */
        public String name() {
            String text = span.text();
            int end = 0;
            while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                end++;
            }
            return end == 0 ? kind.name().toLowerCase(Locale.ROOT) : text.substring(0, end);
        }
    }

    /**
     * {@code c.send(x, to: r)} (VOID), {@code c.recv(from: r)}, {@code c.recv_any()} (tuple of message and int),
     * {@code c.isend(x, to: r)} and {@code c.irecv(buf, from: r)} (request; the message is a read of the place that is filled).
     */
    record ChannelOp(Span span, Type type, ChannelKind kind, TExpr channel, @Nullable TExpr message, @Nullable TExpr peer)
            implements TExpr {}

    /**
     * {@code w[i]@r}, and {@code fetch_add(w[i]@r, x)} with {@code add}: the value before. {@code element} is an element of a shared
     * variable, or a component of one.
     */
    record RemoteRead(Span span, Type type, TExpr element, TExpr rank, @Nullable TExpr add) implements TExpr {}

    /** {@code spawn f(x)}: a future; {@code type} is its type. Arguments are evaluated at once. */
    record Spawn(Span span, Type type, Call call) implements TExpr {}

    /** An expression that could not be typed; an error was reported. Never reaches interpreter or lowering. */
    record Bad(Span span, Type type) implements TExpr {}

    enum UnaryOp {
        NEGATE, BIT_NOT, NOT
    }

    enum BinaryOp {
        ADD, SUB, MUL, DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR,
        /** Only from {@code min=} and {@code max=}. */
        MIN, MAX
    }

    enum CompareOp {
        EQ, NE, LT, LE, GT, GE
    }

    enum CollectiveKind {
        BARRIER, ALLREDUCE, REDUCE, SCAN, EXSCAN, BCAST, GATHER, ALLGATHER, SCATTER, ALLTOALL, AGREE
    }

    enum ChannelKind {
        SEND, RECV, RECV_ANY, ISEND, IRECV
    }
}
