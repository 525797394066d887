package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.codegen.Column;
import org.pellang.compiler.ir.LoopReduction;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ReduceOp;

/**
 * One reduction of a loop and its slots in the runtime's {@code ReduceSpec}.
 *
 * @param first number of the first slot; complex and vector sums have one per component
 * @param width how many
 * @param kind how its value is kept
 */
record Slot(LoopReduction reduction, int first, int width, Kind kind) {

    /** Where the value stands: {@code Slots.f}, {@code .l} or {@code .o}. */
    enum Kind {
        /** Float sum or product: 16 lanes on the fixed tree. */
        LANES,
        /** Components of a complex or vector sum, 16 lanes each. */
        COMPONENTS,
        /** Float min or max. */
        FLOAT,
        INT,
        BOOL,
        ARG,
        /** Any operator on objects, folded in order. */
        OBJECT,
        /** A predefined operator on objects: 16 lanes. */
        OBJECT_LANES,
        /** Array, element by element. */
        ARRAY,
        /** Map, key by key. */
        MAP
    }

    /** The slots of a loop's reductions. */
    static List<Slot> of(OwnedLoop loop) {
        List<Slot> slots = new ArrayList<>();
        int next = 0;
        for (LoopReduction r : loop.reductions()) {
            Kind kind = kind(r);
            int width = kind == Kind.COMPONENTS ? Column.components(r.type()).size() : 1;
            slots.add(new Slot(r, next, width, kind));
            next += width;
        }
        return List.copyOf(slots);
    }

    /** A slot of its own specification, as a scan has it: values of several components as objects, with the same bits. */
    static Slot single(LoopReduction r) {
        Kind kind = kind(r);
        return new Slot(r, 0, 1, kind == Kind.COMPONENTS ? Kind.OBJECT_LANES : kind);
    }

    private static Kind kind(LoopReduction r) {
        if (r.isArray()) {
            return Kind.ARRAY;
        }
        if (r.isMap()) {
            return Kind.MAP;
        }
        if (r.arg()) {
            return Kind.ARG;
        }
        if (!(r.op() instanceof ReduceOp.Builtin op) || !(r.type() instanceof Type.Scalar type)) {
            return Kind.OBJECT;
        }
        boolean sum = op == ReduceOp.Builtin.SUM;
        return switch (type) {
            case INT, INT32, INT16, BYTE -> Kind.INT;
            case BOOL -> Kind.BOOL;
            case FLOAT -> sum || op == ReduceOp.Builtin.PROD ? Kind.LANES : Kind.FLOAT;
            case FLOAT32 -> sum || op == ReduceOp.Builtin.PROD ? Kind.LANES : Kind.FLOAT;
            case COMPLEX, VEC2, VEC3, VEC4 -> sum ? Kind.COMPONENTS : Kind.OBJECT_LANES;
            case STRING, VOID, ERROR -> Kind.OBJECT;
        };
    }

    /** Whether its arithmetic rounds to 32 bits. */
    boolean single() {
        return reduction.type() == Type.Scalar.FLOAT32;
    }

    /** Whether it needs the fixed tree. */
    boolean tree() {
        return switch (kind) {
            case LANES, COMPONENTS, OBJECT, OBJECT_LANES -> true;
            case FLOAT, INT, BOOL, ARG -> false;
            case ARRAY, MAP -> !reduction.exact();
        };
    }
}
