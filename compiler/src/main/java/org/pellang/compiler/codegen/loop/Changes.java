package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.Column;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.JavaMethod;
import org.pellang.compiler.codegen.JavaUnit;
import org.pellang.compiler.codegen.Names;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.codegen.Target;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;
import org.pellang.compiler.sema.typed.TStmt;

/** The kinds of changes that a loop makes through an accumulated view: one operator of the runtime, or anything (a generated method). */
final class Changes {
    /**
     * A kind of change.
     *
     * @param path the component below the view's that is changed
     * @param op null: a store
     * @param value type of the value that travels
     */
    private record Kind(List<Integer> path, @Nullable BinaryOp op, Type value) {}

    private final View view;
    private final Type stored;
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<List<TExpr>, Kind> byKey = new IdentityHashMap<>();

    private Changes(OwnedLoop loop, View view) {
        this.view = view;
        this.stored = stored(view);
        Map<List<TExpr>, Use> uses = new IdentityHashMap<>();
        view.uses().forEach(u -> uses.put(u.key(), u));
        loop.body().statements().forEach(s -> Trees.walkStatements(s, t -> {
            switch (t) {
                case TStmt.Update u -> add(uses, u.place(), u.op(), u.value());
                case TStmt.Assign a -> add(uses, a.place(), null, a.value());
                case TStmt.MultiAssign m -> {
                    for (int k = 0; k < m.places().size(); k++) {
                        add(uses, m.places().get(k), null, m.values().get(k));
                    }
                }
                default -> {}
            }
        }));
        // Elements that calls change.
        for (Use u : view.uses()) {
            if (u.writes() && !byKey.containsKey(u.key())) {
                Type type = stored;
                for (int component : u.path().subList(view.path().size(), u.path().size())) {
                    type = Column.components(type).get(component);
                }
                add(u, null, type.asValue());
            }
        }
    }

    static Changes of(OwnedLoop loop, View view) {
        return new Changes(loop, view);
    }

    private void add(Map<List<TExpr>, Use> uses, Place place, @Nullable BinaryOp op, TExpr value) {
        Place element = place;
        while (element instanceof Place.Component c) {
            element = c.value();
        }
        Use use = element instanceof Place.Element e ? uses.get(e.subscripts()) : null;
        if (use != null) {
            add(use, op, op == null ? place.type().asValue() : value.type().asValue());
        }
    }

    private void add(Use use, @Nullable BinaryOp op, Type type) {
        Kind kind = new Kind(use.path().subList(view.path().size(), use.path().size()), op, type);
        byKey.put(use.key(), kind);
        if (!kinds.contains(kind)) {
            kinds.add(kind);
        }
    }

    /** Type of what the view's path leads to. */
    static Type stored(View view) {
        Type type = ((Type.Array) view.array().type()).element();
        for (int component : view.path()) {
            type = Column.components(type).get(component);
        }
        return type;
    }

    /** The runtime's operator if all changes are updates of the whole by one class of commuting operators; else null. */
    @Nullable String operator() {
        String found = null;
        for (Kind kind : kinds) {
            String name = kind.op == null || !kind.path.isEmpty() || !kind.value.equals(stored.asValue()) ? null : name(kind.op);
            if (name == null || (found != null && !found.equals(name))) {
                return null;
            }
            found = name;
        }
        return found;
    }

    private static @Nullable String name(BinaryOp op) {
        return switch (op) {
            case ADD, SUB -> "SUM";
            case MUL -> "PROD";
            case MIN -> "MIN";
            case MAX -> "MAX";
            case BIT_AND -> "BAND";
            case BIT_OR -> "BOR";
            case BIT_XOR -> "BXOR";
            case DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR -> null;
        };
    }

    /** The number of the change that a store or update makes, by its list of subscripts. */
    int number(List<TExpr> subscripts) {
        Kind kind = byKey.get(subscripts);
        if (kind == null) {
            throw new CompilerBug("no change of " + view.array() + " at these subscripts");
        }
        return kinds.indexOf(kind);
    }

    /** Codecs of the values, in order. */
    List<String> codecs(Scope scope) {
        return kinds.stream().map(k -> scope.unit().types().codec(k.value).text()).toList();
    }

    /** Writes the method that carries the changes out on boxed values; returns its name. */
    String write(Scope caller, OwnedLoop loop) {
        JavaUnit unit = caller.unit();
        Names names = unit.names().inner();
        Scope scope = new Scope(unit, names, caller.access(), caller.parallel(), Type.Scalar.VOID, "");
        String which = names.fresh("which");
        String old = names.fresh("old");
        String change = names.fresh("change");
        String element = names.fresh("element");
        JavaBody body = new JavaBody();
        body.at(loop.span());
        body.line(unit.types().of(stored.asValue()) + " " + element + " = "
                + unit.types().unbox(stored, JavaExpr.stable(old)) + ";");
        for (int k = 0; k < kinds.size(); k++) {
            Kind kind = kinds.get(k);
            body.open("if (" + which + " == " + k + ") {");
            Target target = new Elements.Local(scope, stored, element);
            for (int component : kind.path) {
                target = target.component(component);
            }
            JavaExpr value = scope.spill(unit.types().unbox(kind.value, JavaExpr.stable(change)), unit.types().of(kind.value), "value", body);
            if (kind.op == null) {
                target.write(value, body);
            } else {
                target.update(kind.op, value, scope.expressions(), body);
            }
            body.close();
        }
        body.line("return " + element + ";");
        String method = unit.names().fresh(Captions.method(loop) + "Change");
        unit.add(new JavaMethod("private Object", method, List.of("int " + which, "Object " + old, "Object " + change), body));
        return method;
    }
}
