package org.pellang.compiler.sema;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/** The typed tree as text, for {@code --emit=typed} and golden files: like PEL, with all types and conversions. */
public final class TypedPrinter {
    private final StringBuilder out = new StringBuilder();
    private int depth;

    private TypedPrinter() {}

    /** The text of a program; ends with a newline. */
    public static String print(TypedProgram program) {
        TypedPrinter p = new TypedPrinter();
        program.records().forEach(p::record);
        program.functions().forEach(p::function);
        program.body().forEach(p::statement);
        program.tests().forEach(p::test);
        return p.out.toString();
    }

    private void line(String text) {
        out.append("  ".repeat(depth)).append(text).append('\n');
    }

    private void record(Type.Record r) {
        line(r.fields().stream().map(f -> f.name() + ": " + f.type()).collect(Collectors.joining(", ", "record " + r.name() + " { ", " }")));
    }

    private void function(TypedProgram.TFunction f) {
        String params = f.params().stream()
                .map(v -> (v.kind() == Var.Kind.MUT_PARAM ? "mut " : "") + declared(v))
                .collect(Collectors.joining(", "));
        block("fn f" + f.id() + " " + f.name() + "(" + params + ") -> " + f.result(), f.body());
    }

    private void test(TypedProgram.TTest t) {
        String ranks = t.ranks().stream().map(String::valueOf).collect(Collectors.joining(", "));
        block("test \"" + t.name() + "\" ranks " + ranks, t.body());
    }

    private void block(String head, TStmt.TBlock body) {
        line(head + " {");
        depth++;
        body.statements().forEach(this::statement);
        depth--;
        line("}");
    }

    private static String declared(Var v) {
        return ExpressionText.name(v) + ": " + v.type();
    }

    private static String declared(List<Var> vars) {
        return vars.stream().map(TypedPrinter::declared).collect(Collectors.joining(", "));
    }

    private static String kind(Var v) {
        return v.kind().name().toLowerCase(Locale.ROOT).replace("global_", "");
    }

    private void statement(TStmt s) {
        switch (s) {
            case TStmt.Declare d -> line(kind(d.variable()) + " " + declared(d.variable()) + " = " + ExpressionText.of(d.value()));
            case TStmt.DeclareTuple d ->
                line(kind(d.variables().getFirst()) + " (" + declared(d.variables()) + ") = " + ExpressionText.of(d.value()));
            case TStmt.Assign a -> line(ExpressionText.place(a.place()) + " = " + ExpressionText.of(a.value()));
            case TStmt.Update u -> update(u);
            case TStmt.MultiAssign m ->
                line(m.places().stream().map(ExpressionText::place).collect(Collectors.joining(", ")) + " = "
                        + ExpressionText.all(m.values()));
            case TStmt.Swap w -> line(ExpressionText.place(w.left()) + " <=> " + ExpressionText.place(w.right()));
            case TStmt.Do d -> line(ExpressionText.of(d.expression()));
            case TStmt.Forall f -> block(ExpressionText.iteration(f.iteration()) + reductions(f), f.body());
            case TStmt.For f -> block(ExpressionText.iteration(f.iteration()), f.body());
            case TStmt.While w -> block("while " + ExpressionText.of(w.condition()), w.body());
            case TStmt.Checkpointed c -> {
                line("checkpoint every " + ExpressionText.of(c.every()));
                statement(c.loop());
            }
            case TStmt.If f -> conditional(f);
            case TStmt.Break b -> line("break");
            case TStmt.Continue c -> line("continue");
            case TStmt.Return r -> {
                TExpr value = r.value();
                line(value == null ? "return" : "return " + ExpressionText.of(value));
            }
            case TStmt.Assert a -> {
                TExpr message = a.message();
                line("assert " + ExpressionText.of(a.condition()) + (message == null ? "" : ", " + ExpressionText.of(message)));
            }
        }
    }

    private void update(TStmt.Update u) {
        TExpr.BinaryOp op = u.op();
        line(ExpressionText.place(u.place()) + " " + (op == null ? "reduce" : ExpressionText.symbol(op)) + "= "
                + ExpressionText.of(u.value()));
    }

    private static String reductions(TStmt.Forall f) {
        return f.reductions().isEmpty()
                ? ""
                : f.reductions().stream()
                        .map(r -> ExpressionText.op(r.op()) + " " + ExpressionText.name(r.variable()))
                        .collect(Collectors.joining(", ", " reduce ", ""));
    }

    private void conditional(TStmt.If f) {
        block("if " + ExpressionText.of(f.condition()), f.then());
        TStmt.TBlock otherwise = f.otherwise();
        if (otherwise != null) {
            block("else", otherwise);
        }
    }
}
