package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Stores into what an element of a distributed array or spread map holds, in uniform code: only the owner has the element, so that all ranks get it, change
 * their copy and assign it.
 *
 * <pre>
 * b[k].xs[1] = 2.0   ->   var held = b[k]   held.xs[1] = 2.0   b[k] = held
 * </pre>
 */
final class HeldElements {
    private final Session s;
    private final boolean top;
    private final List<TStmt> before = new ArrayList<>();
    private final List<TStmt> after = new ArrayList<>();

    HeldElements(Session session, Scope scope) {
        this.s = session;
        this.top = scope.isTop();
    }

    /**
     * Whether the place is a part of an array, list or map that an element of a distributed array or spread map holds. In divided loops iterations reach their
     * elements where they are.
     */
    static boolean within(Place place, Scope scope) {
        return place.root().kind() != Var.Kind.PARAM && !scope.divided() && within(place, false);
    }


    private static boolean within(Place place, boolean part) {
        return switch (place) {
            case Place.Variable v -> false;
            case Place.Component c -> within(c.value(), part);
            case Place.Slice x -> within(x.array(), true);
            case Place.Element e -> part && spread(e) || within(e.array(), true);
        };
    }

    private static boolean spread(Place.Element e) {
        return e.array().type() instanceof Type.Array a && !a.distribution().isLocal() || e.array().type() instanceof Type.MapOf m && m.distributed();
    }

    List<TStmt> before() {
        return before;
    }

    List<TStmt> after() {
        return after;
    }

    /** The same place in a copy of the element. */
    Place moved(Place place) {
        return switch (place) {
            case Place.Variable v -> v;
            case Place.Component c -> new Place.Component(c.span(), c.type(), moved(c.value()), c.index(), c.name());
            case Place.Slice x -> new Place.Slice(x.span(), x.type(), moved(x.array()), x.subscripts());
            case Place.Element e when spread(e) -> held(e);
            case Place.Element e -> new Place.Element(e.span(), e.type(), moved(e.array()), e.subscripts());
        };
    }

    private Place held(Place.Element e) {
        List<TExpr> subscripts = new ArrayList<>();
        for (TExpr k : e.subscripts()) {
            boolean fixed = k instanceof TExpr.Constant || k instanceof TExpr.Read r && !r.variable().kind().assignable();
            subscripts.add(fixed ? k : read(bound("at", k, top ? Var.Kind.GLOBAL_LET : Var.Kind.LET), k.span()));
        }
        Place.Element fixed = new Place.Element(e.span(), e.type(), e.array(), List.copyOf(subscripts));
        Var copy = bound("held", Places.asExpr(fixed), top ? Var.Kind.GLOBAL_VAR : Var.Kind.VAR);
        after.add(new TStmt.Assign(e.span(), fixed, read(copy, e.span())));
        return new Place.Variable(e.span(), copy.type(), copy);
    }

    private Var bound(String name, TExpr value, Var.Kind kind) {
        Var v = s.newVar(name, kind, value.type().asValue(), value.span());
        before.add(new TStmt.Declare(value.span(), v, value));
        return v;
    }

    private static TExpr read(Var v, Span at) {
        return new TExpr.Read(at, v.type(), v);
    }
}
