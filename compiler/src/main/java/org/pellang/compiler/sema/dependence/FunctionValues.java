package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/** The function values of a program: which one an immutable name stands for, and which a call through an unknown one may reach. */
final class FunctionValues {
    private final Map<Var, TExpr.FunctionValue> named = new HashMap<>();
    private final List<TExpr.FunctionValue> all = new ArrayList<>();

    FunctionValues(TypedProgram program) {
        TreeWalk.everyExpression(program, e -> {
            if (e instanceof TExpr.FunctionValue f) {
                all.add(f);
            }
        });
        TreeWalk.outermost(program, this::statement);
    }

    private void statement(TStmt statement) {
        if (statement instanceof TStmt.Declare(_, Var v, TExpr.FunctionValue f) && (v.kind() == Var.Kind.GLOBAL_LET || v.kind() == Var.Kind.LET)) {
            named.put(v, f);
        }
        TreeWalk.statements(statement).forEach(this::statement);
    }

    /** The value that an immutable name was declared with, or null. */
    TExpr.@Nullable FunctionValue of(Var v) {
        return named.get(v);
    }

    /** All of a type. */
    List<TExpr.FunctionValue> ofType(Type type) {
        return all.stream().filter(f -> f.type().equals(type)).toList();
    }
}
