package org.pellang.compiler.codegen.loop;

import java.util.List;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.ReduceOperators;
import org.pellang.compiler.codegen.RuntimeApi;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.LoopReduction;
import org.pellang.compiler.sema.typed.ReduceOp;

/** Operators of reductions: their identities, their application, and the runtime's description of them. */
final class Reducers {
    private final Scope scope;

    Reducers(Scope scope) {
        this.scope = scope;
    }

    /** The identity of a scalar reduction. */
    JavaExpr identity(LoopReduction r) {
        return new ReduceOperators(scope.expressions()).identity(r.op(), r.type(), new JavaBody());
    }

    /** {@code left op right} on scalar values. */
    JavaExpr apply(LoopReduction r, JavaExpr left, JavaExpr right, JavaBody out) {
        return new ReduceOperators(scope.expressions()).combine(r.op(), r.type(), left, right, out);
    }

    /** The {@code ReduceSpec} of all slots; {@code array} names the program's array of an array reduction. */
    String spec(List<Slot> slots, Caller caller) {
        StringBuilder text = new StringBuilder("new " + scope.unit().use(LoopApi.REDUCE_SPEC) + "()");
        for (Slot s : slots) {
            for (int k = 0; k < s.width(); k++) {
                text.append(slot(s, caller));
            }
        }
        return text.toString();
    }

    private String slot(Slot s, Caller caller) {
        LoopReduction r = s.reduction();
        return switch (s.kind()) {
            case LANES, COMPONENTS, FLOAT -> (s.single() && s.tree() ? ".floats32(" : ".floats(") + op(r.op()) + ")";
            case INT, BOOL -> ".ints(" + op(r.op()) + ")";
            case ARG -> (r.op() == ReduceOp.Builtin.ARGMIN ? ".argmin(" : ".argmax(") + !r.type().isIntegral() + ")";
            case MAP -> MapAccumulator.slot(r, scope);
            case ARRAY -> ".array(" + caller.array(r.variable()) + ", " + (r.byUser() ? lambda(r) + ", () -> " + identity(r) : op(r.op())) + ")";
            case OBJECT, OBJECT_LANES -> (s.kind() == Slot.Kind.OBJECT ? ".tree(" : ".lanes(") + lambda(r) + ", () -> " + identity(r) + ", "
                    + scope.unit().types().codec(r.type()) + ")";
        };
    }

    /** The operator on boxed values, on boxed elements of an array that is reduced element by element. */
    String lambda(LoopReduction r) {
        String a = scope.names().fresh("a");
        String b = scope.names().fresh("b");
        String type = scope.unit().types().boxed(r.isArray() ? r.scalar() : r.type());
        JavaExpr combined = apply(r, JavaExpr.stable("((" + type + ") " + a + ")"), JavaExpr.stable("((" + type + ") " + b + ")"),
                new JavaBody());
        return "(" + a + ", " + b + ") -> " + combined;
    }

    /** The runtime's operator. */
    String op(ReduceOp op) {
        String type = scope.unit().use(RuntimeApi.OP);
        if (!(op instanceof ReduceOp.Builtin b)) {
            throw new CompilerBug("array reduction with a user's operator");
        }
        return type + "." + switch (b) {
            case SUM, COUNT -> "SUM";
            case PROD -> "PROD";
            case MIN -> "MIN";
            case MAX -> "MAX";
            case ANY -> "OR";
            case ALL -> "AND";
            case BIT_AND -> "BAND";
            case BIT_OR -> "BOR";
            case BIT_XOR -> "BXOR";
            case MEAN, ARGMIN, ARGMAX -> throw new CompilerBug("no runtime operator for " + op);
        };
    }
}
