package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * A divided loop over the elements of an array, list or map: it runs over the indices.
 *
 * @param space the index set
 * @param indices one variable per axis
 * @param element the element at these
 * @param type its declared type
 */
record Elements(TExpr space, List<Var> indices, TExpr element, Type type) {

    /** Whether a loop over the elements of such a value makes sense. */
    static boolean isSequence(Type type) {
        return type instanceof Type.Array || type instanceof Type.ListOf || type instanceof Type.MapOf;
    }

    /** Whether the value has a name, or a place in front of the loop where it gets one. */
    static boolean canStand(TExpr set, @Nullable List<TStmt> before) {
        return before != null || set instanceof TExpr.Read && !(set.type() instanceof Type.MapOf);
    }

    /** {@code before} takes the declaration of a value that has no name. */
    static Elements of(Session s, TExpr set, @Nullable List<TStmt> before) {
        TExpr value = set.type() instanceof Type.MapOf ? Maps.entries(set) : Lines.spread(set);
        Span at = set.span();
        if (!(value instanceof TExpr.Read) && before != null) {
            Var name = s.newVar("items", Var.Kind.LET, value.type(), at);
            before.add(new TStmt.Declare(at, name, value));
            value = new TExpr.Read(at, value.type(), name);
        }
        int axes = value.type() instanceof Type.Array a ? a.axes() : 1;
        List<Var> indices = new ArrayList<>();
        List<TExpr> subscripts = new ArrayList<>();
        for (int d = 0; d < axes; d++) {
            Var i = s.newVar(axes == 1 ? "i" : "i" + d, Var.Kind.FORALL_INDEX, Scalar.INT, at);
            indices.add(i);
            subscripts.add(new TExpr.Read(at, Scalar.INT, i));
        }
        if (value.type() instanceof Type.Array a) {
            TExpr element = new TExpr.Element(at, a.element().asValue(), value, subscripts);
            return new Elements(s.arrayFunctions.domainOf(value, a), indices, element, a.element());
        }
        Type item = ((Type.ListOf) value.type()).element();
        TExpr length = new TExpr.IntrinsicCall(at, Scalar.INT, Intrinsic.LEN, List.of(value));
        TExpr range = new TExpr.Range(at, Domains.RANGE, new TExpr.Constant(at, Scalar.INT, 0L), length, true, null);
        return new Elements(range, indices, new TExpr.Element(at, item.asValue(), value, subscripts), item);
    }
}
