package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.pellang.runtime.Op;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** The reductions of a loop, one slot each, numbered in the order in which they were added. Not changed once a loop uses it. */
public final class ReduceSpec {
    private final List<Reduction> slots = new ArrayList<>();
    private int[] treeSlots = {};
    private int[] freeSlots = {};

    /** Float slot: {@code SUM} and {@code PROD} on the fixed tree, {@code MIN} and {@code MAX} free. */
    public ReduceSpec floats(Op op) {
        return add(switch (op) {
            case SUM -> Reduction.OfDouble.SUM;
            case PROD -> Reduction.OfDouble.PROD;
            case MIN -> Reduction.OfDouble.MIN;
            case MAX -> Reduction.OfDouble.MAX;
            case AND, OR, BAND, BOR, BXOR -> throw new IllegalArgumentException(op + " of floats");
        });
    }

    /** Float32 slot, in {@link Slots#f}: {@code SUM} and {@code PROD}, on the fixed tree, rounded to 32 bits after each step. */
    public ReduceSpec floats32(Op op) {
        return add(switch (op) {
            case SUM -> Reduction.OfDouble.SUM32;
            case PROD -> Reduction.OfDouble.PROD32;
            case MIN, MAX, AND, OR, BAND, BOR, BXOR -> throw new IllegalArgumentException(op + " of float32 needs no slot of its own");
        });
    }

    /** Int or bool (0, 1) slot. {@code AND} and {@code OR} work bit by bit; the identity of {@code AND} is -1, so test results with {@code != 0}. */
    public ReduceSpec ints(Op op) {
        return add(switch (op) {
            case SUM -> Reduction.OfLong.SUM;
            case PROD -> Reduction.OfLong.PROD;
            case MIN -> Reduction.OfLong.MIN;
            case MAX -> Reduction.OfLong.MAX;
            case AND, BAND -> Reduction.OfLong.AND;
            case OR, BOR -> Reduction.OfLong.OR;
            case BXOR -> Reduction.OfLong.XOR;
        });
    }

    /** Smallest value and its position; value in {@link Slots#f} ({@code floats}) or {@link Slots#l}, position in {@link Slots#at}. */
    public ReduceSpec argmin(boolean floats) {
        return add(new Reduction.Arg(floats, true));
    }

    /** Largest value and its position. */
    public ReduceSpec argmax(boolean floats) {
        return add(new Reduction.Arg(floats, false));
    }

    /** A user's operator on objects, on the fixed tree; also non-commutative. It may change and return its left argument. */
    public ReduceSpec tree(BinaryOperator<Object> op, Supplier<Object> identity, Codec<?> codec) {
        return add(new Reduction.OfObject(true, false, false, op, identity, codec.boxed()));
    }

    /** A predefined operator on immutable objects (product of complex numbers), on the fixed tree with lanes. */
    public ReduceSpec lanes(BinaryOperator<Object> op, Supplier<Object> identity, Codec<?> codec) {
        return add(new Reduction.OfObject(true, true, false, op, identity, codec.boxed()));
    }

    /** An exactly associative and commutative operator on objects. */
    public ReduceSpec free(BinaryOperator<Object> op, Supplier<Object> identity, Codec<?> codec) {
        return add(new Reduction.OfObject(false, false, false, op, identity, codec.boxed()));
    }

    /** An array-valued reduction, element by element; {@code like} gives domain and type. Sums and products of floats go on the tree. */
    public ReduceSpec array(PelArray like, Op op) {
        boolean tree = ArrayOperators.ordered(like.type(), op);
        return add(new Reduction.OfObject(tree, false, op == Op.SUM && ArrayOperators.floats(like.type()), ArrayOperators.of(op), () -> ArrayOperators.identity(like, op),
                Codec.array(like.type()).boxed()));
    }

    /** An array-valued reduction, element by element, with a user's operator on boxed elements: on the tree. */
    public ReduceSpec array(PelArray like, BinaryOperator<Object> op, Supplier<Object> identity) {
        return add(new Reduction.OfObject(true, false, false, ElementFold.arrays(op), () -> ElementFold.identities(like, identity),
                Codec.array(like.type()).boxed()));
    }

    private ReduceSpec add(Reduction reduction) {
        int s = slots.size();
        slots.add(reduction);
        if (reduction.tree()) {
            treeSlots = append(treeSlots, s);
        } else {
            freeSlots = append(freeSlots, s);
        }
        return this;
    }

    private static int[] append(int[] list, int s) {
        int[] longer = Arrays.copyOf(list, list.length + 1);
        longer[list.length] = s;
        return longer;
    }

    /** Number of slots. */
    public int size() {
        return slots.size();
    }

    /** A set of slots that hold the identities. */
    public Slots identities() {
        Slots values = new Slots(slots.size());
        for (int s = 0; s < slots.size(); s++) {
            slots.get(s).identity(values, s);
        }
        return values;
    }

    int[] treeSlots() {
        return treeSlots;
    }

    int[] freeSlots() {
        return freeSlots;
    }

    void identity(Slots values, int[] which) {
        for (int s : which) {
            Reduction r = slots.get(s);
            // The commonest operator without an interface call: this runs for every leaf.
            if (r == Reduction.OfDouble.SUM) {
                values.f[s] = 0.0;
            } else {
                r.identity(values, s);
            }
        }
    }

    void combine(Slots left, Slots right, int[] which) {
        for (int s : which) {
            Reduction r = slots.get(s);
            if (r == Reduction.OfDouble.SUM) {
                left.f[s] += right.f[s];
            } else {
                r.combine(left, right, s);
            }
        }
    }

    void copy(Slots from, Slots to, int[] which) {
        for (int s : which) {
            Reduction r = slots.get(s);
            if (r == Reduction.OfDouble.SUM) {
                to.f[s] = from.f[s];
            } else {
                r.copy(from, to, s);
            }
        }
    }

    void write(Encoder out, Slots values, int[] which) {
        for (int s : which) {
            slots.get(s).write(out, values, s);
        }
    }

    void read(Decoder in, Slots values, int[] which) {
        for (int s : which) {
            slots.get(s).read(in, values, s);
        }
    }

    /** Whether slot {@code s} folds a leaf in lanes (floats) or in sequence (objects). */
    boolean lanes(int s) {
        return slots.get(s) instanceof Reduction.OfDouble || (slots.get(s) instanceof Reduction.OfObject o && o.lanes());
    }

    Reduction slot(int s) {
        return slots.get(s);
    }
}
