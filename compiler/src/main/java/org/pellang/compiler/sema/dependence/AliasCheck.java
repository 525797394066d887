package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/**
 * A {@code mut} argument must not be reachable by another name in the called function (0312): neither through another argument nor
 * as a top-level variable. Only so may a function's parameters be treated as different arrays.
 */
public final class AliasCheck {
    private final TypedProgram program;
    private final Diagnostics diagnostics;
    private final List<Set<Var>> touched = new ArrayList<>();
    private final IndexReader reader;

    private AliasCheck(TypedProgram program, Diagnostics diagnostics) {
        this.program = program;
        this.diagnostics = diagnostics;
        this.reader = new IndexReader(program, Definitions.of(program));
    }

    /** Checks every call of the program. */
    public static void check(TypedProgram program, Diagnostics diagnostics) {
        AliasCheck check = new AliasCheck(program, diagnostics);
        check.collect();
        TreeWalk.everyExpression(program, e -> {
            if (e instanceof TExpr.Call call) {
                check.call(call);
            }
        });
    }

    /** Top-level variables that each function reads or writes, itself or through calls. */
    private void collect() {
        for (TFunction f : program.functions()) {
            Set<Var> globals = new HashSet<>();
            f.body().statements().forEach(s -> collect(s, globals));
            touched.add(globals);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (TFunction f : program.functions()) {
                Set<Var> mine = touched.get(f.id());
                for (TStmt s : f.body().statements()) {
                    Set<Var> called = new HashSet<>();
                    TreeWalk.everyExpression(s, e -> {
                        if (e instanceof TExpr.Call c && c.function() != f.id()) {
                            called.addAll(touched.get(c.function()));
                        }
                    });
                    changed |= mine.addAll(called);
                }
            }
        }
    }

    private static void collect(TStmt statement, Set<Var> globals) {
        TreeWalk.everyExpression(statement, e -> {
            if (e instanceof TExpr.Read r && r.variable().kind().global()) {
                globals.add(r.variable());
            }
        });
        roots(statement, globals);
    }

    private static void roots(TStmt statement, Set<Var> globals) {
        List<Var> written = switch (statement) {
            case TStmt.Assign a -> List.of(a.place().root());
            case TStmt.Update u -> List.of(u.place().root());
            case TStmt.Swap s -> List.of(s.left().root(), s.right().root());
            case TStmt.MultiAssign m -> m.places().stream().map(p -> p.root()).toList();
            default -> List.of();
        };
        written.stream().filter(v -> v.kind().global()).forEach(globals::add);
        TreeWalk.statements(statement).forEach(s -> roots(s, globals));
    }

    /** Whether two elements of one array are different ones: subscripts of one axis that differ for certain. */
    private boolean apart(TExpr first, TExpr second) {
        List<Bounds.Axis> a = axes(first);
        List<Bounds.Axis> b = axes(second);
        for (int d = 0; d < Math.min(a.size(), b.size()); d++) {
            if (positive(b.get(d).low().minus(a.get(d).high())) || positive(a.get(d).low().minus(b.get(d).high()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean positive(Linear value) {
        return value.isConstant() && value.constant() > 0;
    }

    /** The indices that a part takes on each axis, as far as they are known. */
    private List<Bounds.Axis> axes(TExpr part) {
        Scope scope = new Scope(null, new Scope.Counter());
        return switch (part) {
            case TExpr.Element x when x.array() instanceof TExpr.Read -> x.subscripts().stream().map(s -> at(s, scope)).toList();
            default -> List.of();
        };
    }

    private Bounds.Axis at(TExpr subscript, Scope scope) {
        Linear value = Definitions.stable(subscript) ? reader.linear(subscript, scope) : scope.fresh("at").value();
        return new Bounds.Axis(value, value);
    }

    private static @Nullable Var root(TExpr e) {
        return switch (e) {
            case TExpr.Read r -> r.variable();
            case TExpr.Element x -> root(x.array());
            case TExpr.Component c -> root(c.value());
            default -> null;
        };
    }

    private void call(TExpr.Call call) {
        TFunction function = program.functions().get(call.function());
        for (int k = 0; k < function.params().size() && k < call.arguments().size(); k++) {
            if (function.params().get(k).kind() != Var.Kind.MUT_PARAM) {
                continue;
            }
            TExpr argument = call.arguments().get(k);
            Var root = root(argument);
            if (root == null) {
                continue;
            }
            for (int other = 0; other < call.arguments().size(); other++) {
                TExpr second = call.arguments().get(other);
                boolean shared = second.type() instanceof Type.Array || function.params().get(Math.min(other, function.params().size() - 1)).kind() == Var.Kind.MUT_PARAM;
                if (other != k && shared && root.equals(root(second)) && !apart(argument, second)) {
                    diagnostics.add(Diagnostic.error("PEL0312", argument.span(), "`" + root.name() + "` is passed as a `mut` argument and once more")
                            .label(second.span(), "the other time")
                            .note("the function could not tell its two parameters apart; pass a copy (`copy(" + root.name() + ")`) as one of them"));
                    return;
                }
            }
            if (root.kind().global() && touched.get(function.id()).contains(root)) {
                diagnostics.add(Diagnostic.error("PEL0312", argument.span(), "`" + root.name() + "` is passed as a `mut` argument to a function that also uses it by its name")
                        .label(function.declared(), "`" + function.name() + "` uses the top-level `" + root.name() + "`")
                        .note("inside, one array would have two names; use the parameter only"));
            }
        }
    }
}
