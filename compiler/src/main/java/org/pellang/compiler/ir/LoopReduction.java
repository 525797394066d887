package org.pellang.compiler.ir;

import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * A reduction variable of a divided loop. In the body it is changed by {@code Update}s of the variable, or of elements of it if it is an array.
 *
 * @param variable in a {@code forall}: the program's variable, whose old value is combined last; else one made for the comprehension
 * @param op its operator; MEAN has been split into SUM and COUNT
 * @param type of one contribution's value; for ARGMIN and ARGMAX the type of the key
 * @param statement whether it stands in a {@code reduce} clause (else in an expression)
 */
public record LoopReduction(Span span, Var variable, ReduceOp op, Type type, boolean statement) {

    /** Whether any order of combination gives the same bits, so that no tree is needed. */
    public boolean exact() {
        return switch (op) {
            case ReduceOp.User u -> false;
            case ReduceOp.Builtin b -> switch (b) {
                case SUM, PROD -> scalar().isIntegral();
                case MIN, MAX, ANY, ALL, COUNT, ARGMIN, ARGMAX, BIT_AND, BIT_OR, BIT_XOR -> true;
                case MEAN -> false;
            };
        };
    }

    /** Whether the variable is an array, reduced element by element. */
    public boolean isArray() {
        return type instanceof Type.Array && !(op instanceof ReduceOp.User u && u.identity().type() instanceof Type.Array);
    }

    /** Whether it is an array, reduced element by element with a user's operator. */
    public boolean byUser() {
        return isArray() && op instanceof ReduceOp.User;
    }

    /** Whether contributions carry the index of their iteration. */
    public boolean arg() {
        return op == ReduceOp.Builtin.ARGMIN || op == ReduceOp.Builtin.ARGMAX;
    }

    /** Whether the variable is a map, reduced key by key. */
    public boolean isMap() {
        return type instanceof Type.MapOf;
    }

    /** The type of a value, of an element if it is an array or map. */
    public Type scalar() {
        return type instanceof Type.Array a ? a.element().asValue() : type instanceof Type.MapOf m ? m.value().asValue() : type;
    }
}
