package org.pellang.compiler.sema.dependence;

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
import org.pellang.compiler.sema.typed.Work;
import org.pellang.compiler.source.Span;

/**
 * What {@code forall .. on gpu} may do: arithmetic on numbers, records of numbers and elements of arrays, in the body and in the functions that it calls. Text, lists, maps,
 * arrays made on the way, function values, recursion and Java functions stay on the processor (PEL0310), whether there is a device or not.
 */
public final class OffloadCheck {
    private final TypedProgram program;
    private final Diagnostics diagnostics;

    private OffloadCheck(TypedProgram program, Diagnostics diagnostics) {
        this.program = program;
        this.diagnostics = diagnostics;
    }

    /** Checks every loop of the program that asks for a graphics processor. */
    public static void check(TypedProgram program, Diagnostics diagnostics) {
        OffloadCheck check = new OffloadCheck(program, diagnostics);
        TreeWalk.outermost(program, check::statement);
    }

    private void statement(TStmt s) {
        if (s instanceof TStmt.Forall f && f.iteration().work().unit() == Work.Unit.GPU) {
            Set<Integer> calls = new HashSet<>();
            f.body().statements().forEach(t -> body(t, f.head(), null, calls));
        }
        TreeWalk.statements(s).forEach(this::statement);
    }

    private void body(TStmt s, Span head, @Nullable Span call, Set<Integer> calls) {
        if (s instanceof TStmt.Declare d && !simple(d.variable().type())) {
            report(d.span(), "a variable of type " + d.variable().type(), head, call);
            return;
        }
        TreeWalk.expressions(s).forEach(e -> TreeWalk.everyExpression(e, x -> expression(x, head, call, calls)));
        TreeWalk.statements(s).forEach(t -> body(t, head, call, calls));
    }

    private void expression(TExpr e, Span head, @Nullable Span call, Set<Integer> calls) {
        String what = switch (e) {
            case TExpr.Interpolation _ -> "text";
            case TExpr.ListNew _ -> "a list";
            case TExpr.ArrayNew _, TExpr.ArrayFill _, TExpr.ArrayComprehension _, TExpr.Slice _ -> "an array that the iteration makes";
            case TExpr.FunctionValue _, TExpr.CallValue _ -> "a function value";
            case TExpr.Constant c when c.type() == Type.Scalar.STRING -> "text";
            case TExpr.ExternCall x when !simple(x.type()) -> "the Java function `" + x.function().name() + "`";
            case TExpr.Call c -> callee(c, head, call, calls);
            default -> null;
        };
        if (what != null) {
            report(e.span(), what, head, call);
        }
    }

    /** Looks into a function once; null unless it calls itself. */
    private @Nullable String callee(TExpr.Call c, Span head, @Nullable Span call, Set<Integer> calls) {
        TypedProgram.TFunction f = program.functions().get(c.function());
        if (!calls.add(c.function())) {
            return reaches(f, c.function(), new HashSet<>()) ? "the recursive function `" + f.name() + "`" : null;
        }
        f.body().statements().forEach(s -> body(s, head, call == null ? c.span() : call, calls));
        return null;
    }

    private boolean reaches(TypedProgram.TFunction from, int target, Set<Integer> seen) {
        boolean[] found = {false};
        for (TStmt s : from.body().statements()) {
            TreeWalk.everyExpression(s, e -> {
                if (e instanceof TExpr.Call c) {
                    found[0] |= c.function() == target || seen.add(c.function()) && reaches(program.functions().get(c.function()), target, seen);
                }
            });
        }
        return found[0];
    }

    /** Whether values of a type are a fixed number of numbers. */
    private static boolean simple(Type type) {
        return switch (type) {
            case Type.Scalar s -> s != Type.Scalar.STRING;
            case Type.Tuple t -> t.elements().stream().allMatch(OffloadCheck::simple);
            case Type.Record r -> r.fields().stream().map(Type.Field::type).allMatch(OffloadCheck::simple);
            default -> false;
        };
    }

    private void report(Span span, String what, Span head, @Nullable Span call) {
        Diagnostic d = Diagnostic.error("PEL0310", call == null ? span : call, what + " in a loop `on gpu`")
                .under(call == null ? "not possible on a graphics processor" : "in this call")
                .label(head, "this loop asks for a graphics processor");
        List<Span> inside = call == null ? List.of() : List.of(span);
        for (Span s : inside) {
            d = d.label(s, "here");
        }
        diagnostics.add(d.note("such loops compute with numbers and elements of arrays only; leave `on gpu` out to run on the processor's cores"));
    }
}
