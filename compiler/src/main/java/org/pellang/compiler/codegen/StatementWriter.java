package org.pellang.compiler.codegen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/** Writes typed statements as Java. */
public final class StatementWriter {
    private final Scope scope;
    private final ExpressionWriter expressions;
    private final LoopWriter loops;
    private final boolean topLevel;
    /** Labels of the loops around, innermost first; empty for a loop that plain {@code break} leaves. */
    private final Deque<String> labels = new ArrayDeque<>();

    public StatementWriter(Scope scope) {
        this(scope, false);
    }

    /** @param topLevel whether outermost loops report their progress */
    StatementWriter(Scope scope, boolean topLevel) {
        this.scope = scope;
        this.expressions = scope.expressions();
        this.loops = new LoopWriter(expressions);
        this.topLevel = topLevel;
    }

    public ExpressionWriter expressions() {
        return expressions;
    }

    /** The statements of a block, without braces; what can never be reached is left out. */
    public void block(TStmt.TBlock block, JavaBody out) {
        for (TStmt s : block.statements()) {
            statement(s, out);
            if (!Completion.completes(s)) {
                return;
            }
        }
    }

    /** One statement. */
    public void statement(TStmt statement, JavaBody out) {
        out.at(statement.span());
        switch (statement) {
            case TStmt.Declare d -> declare(d, out);
            case TStmt.DeclareTuple t -> declareTuple(t, out);
            case TStmt.Assign a -> assign(a, out);
            case TStmt.Update u -> update(u, out);
            case TStmt.MultiAssign m -> multiAssign(m, out);
            case TStmt.Swap s -> swap(s, out);
            case TStmt.Do d -> effect(d.expression(), out);
            case TStmt.Forall f -> scope.parallel().forall(f, scope, out);
            case TStmt.For f -> loop(f, null, out);
            case TStmt.While w -> loop(w, null, out);
            case TStmt.Checkpointed c -> checkpointed(c, out);
            case TStmt.If i -> branch(i, out);
            case TStmt.On o -> new ExplicitWriter(expressions).on(o, this, out);
            case TStmt.Epoch e -> new ExplicitWriter(expressions).epoch(e, this, out);
            case TStmt.Sync y -> new ExplicitWriter(expressions).sync(y, this, out);
            case TStmt.RemoteStore r -> new WindowWriter(expressions).store(r, out);
            case TStmt.Break _ -> {
                String label = labels.isEmpty() ? "" : labels.peek();
                out.line(label.isEmpty() ? "break;" : "break " + label + ";");
            }
            case TStmt.Continue _ -> out.line("continue;");
            case TStmt.Return r -> returns(r, out);
            case TStmt.Assert a -> check(a, out);
        }
    }

    private void declare(TStmt.Declare d, JavaBody out) {
        JavaExpr value = expressions.owned(d.value(), out);
        if (d.variable().kind() == Var.Kind.SHARED) {
            value = new WindowWriter(expressions).declare(d.variable(), value);
        }
        if (d.variable().kind().global()) {
            out.line(scope.self() + scope.unit().globals().name(d.variable()) + " = " + value + ";");
        } else {
            scope.access().declare(d.variable(), value, out);
        }
    }

    private void declareTuple(TStmt.DeclareTuple t, JavaBody out) {
        JavaExpr value = expressions.owned(t.value(), out);
        if (!t.variables().getFirst().kind().global()) {
            loops.bind(t.variables(), t.value().type(), value, out);
            return;
        }
        JavaExpr tuple = scope.keep(value, t.value().type(), "tuple", out);
        for (int k = 0; k < t.variables().size(); k++) {
            Var v = t.variables().get(k);
            out.line(scope.self() + scope.unit().globals().name(v) + " = "
                    + scope.unit().types().component(t.value().type(), tuple, k) + ";");
        }
    }

    private void assign(TStmt.Assign a, JavaBody out) {
        Target target = expressions.target(a.place(), out);
        if (a.value() instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.REDISTRIBUTE) {
            JavaExpr from = expressions.value(c.arguments().getFirst(), out);
            out.line(RuntimeApi.REDISTRIBUTE.call(
                    scope.unit(), scope.rank(), scope.unit().site(a.span(), "assignment of an array"), target.read(out), from) + ";");
            return;
        }
        // An array variable or field takes the elements; an element that is an array becomes the value, and so does a field with open extents.
        boolean open = a.place() instanceof Place.Component c && c.value().type() instanceof Type.Record r && r.fields().get(c.index()).open();
        boolean copiesAnyway = a.place().type() instanceof Type.Array && !(a.place() instanceof Place.Element) && !open;
        target.write(copiesAnyway ? expressions.value(a.value(), out) : expressions.owned(a.value(), out), out);
    }

    private void update(TStmt.Update u, JavaBody out) {
        Target target = expressions.target(u.place(), out);
        target.update(u.op(), expressions.value(u.value(), out), expressions, out);
    }

    private void multiAssign(TStmt.MultiAssign m, JavaBody out) {
        List<Target> targets = new ArrayList<>();
        for (Place p : m.places()) {
            targets.add(expressions.target(p, out));
        }
        List<JavaExpr> values = new ArrayList<>();
        for (TExpr e : m.values()) {
            // A variable that is assigned below must be read now, even if its Java name does not change.
            values.add(scope.spill(expressions.owned(e, out), scope.unit().types().of(e.type()), "value", out));
        }
        for (int k = 0; k < targets.size(); k++) {
            targets.get(k).write(values.get(k), out);
        }
    }

    private void swap(TStmt.Swap s, JavaBody out) {
        Target left = expressions.target(s.left(), out);
        Target right = expressions.target(s.right(), out);
        boolean whole = s.left().type() instanceof Type.Array && !(s.left() instanceof Place.Slice) && !(s.right() instanceof Place.Slice);
        if (whole) {
            out.line(RuntimeApi.SWAP.on(left.read(out), right.read(out)) + ";");
            return;
        }
        String type = scope.unit().types().of(s.left().type());
        JavaExpr a = scope.spill(left.read(out), type, "a", out);
        JavaExpr b = scope.spill(right.read(out), type, "b", out);
        left.write(b, out);
        right.write(a, out);
    }

    private void effect(TExpr e, JavaBody out) {
        JavaExpr value = expressions.value(e, out);
        if (value.text().isEmpty()) {
            return;
        }
        boolean call = value.level() == JavaExpr.PRIMARY && value.text().endsWith(")") && !value.text().startsWith("(");
        if (call || e.type() == Type.Scalar.VOID) {
            out.line(value + ";");
        } else if (!value.stable()) {
            scope.spill(value, scope.unit().types().of(e.type()), "unused", out);
        }
    }

    private void checkpointed(TStmt.Checkpointed c, JavaBody out) {
        CheckpointWriter clause = CheckpointWriter.open(c, scope, out);
        switch (c.loop()) {
            case TStmt.For f -> loop(f, clause, out);
            case TStmt.While w -> loop(w, clause, out);
            default -> throw new CompilerBug("a checkpoint clause without a loop: " + c.span());
        }
        clause.close(out.at(c.span()));
    }

    private void loop(TStmt.For f, @Nullable CheckpointWriter clause, JavaBody out) {
        Progress progress = topLevel && labels.isEmpty() ? Progress.of(f, scope) : Progress.NONE;
        scope.parallel().around(f, scope, out);
        String label = LoopWriter.depth(f.iteration()) > 1 ? scope.names().fresh("loop_" + f.span().line()) : "";
        int blocks = loops.open(f.iteration(), label, out);
        if (clause != null) {
            clause.pass(out);
        }
        progress.update(scope, out);
        labels.push(label);
        block(f.body(), out);
        labels.pop();
        for (int k = 0; k < blocks; k++) {
            out.close();
        }
        progress.finish(scope, out.at(f.span()));
    }

    private void loop(TStmt.While w, @Nullable CheckpointWriter clause, JavaBody out) {
        scope.parallel().around(w, scope, out);
        JavaBody before = out.sketch();
        if (clause != null) {
            clause.pass(before);
        }
        JavaExpr condition = expressions.value(w.condition(), before);
        if (before.isEmpty()) {
            out.open("while (" + neverConstant(condition) + ") {");
        } else {
            // Not `while (true)`: javac would take what follows the loop as unreachable if it had no break.
            String again = scope.names().fresh("again");
            out.open("for (boolean " + again + " = true; " + again + "; ) {");
            out.add(before);
            out.open("if (!" + condition.at(JavaExpr.UNARY) + ") {").line("break;").close();
        }
        Progress progress = topLevel && labels.isEmpty() ? Progress.of(w, scope) : Progress.NONE;
        progress.update(scope, out);
        labels.push("");
        block(w.body(), out);
        labels.pop();
        out.close();
        progress.finish(scope, out.at(w.span()));
    }

    /** Java treats {@code while (true)} and {@code while (false)} in a way of its own. */
    private static String neverConstant(JavaExpr condition) {
        return condition.text().equals("true") || condition.text().equals("false")
                ? "Boolean.parseBoolean(\"" + condition + "\")"
                : condition.text();
    }

    private void branch(TStmt.If i, JavaBody out) {
        out.open("if (" + expressions.value(i.condition(), out) + ") {");
        block(i.then(), out);
        TStmt.TBlock otherwise = i.otherwise();
        while (otherwise != null) {
            boolean chain = otherwise.statements().size() == 1 && otherwise.statements().getFirst() instanceof TStmt.If;
            if (chain && otherwise.statements().getFirst() instanceof TStmt.If next) {
                JavaBody before = out.sketch();
                JavaExpr condition = expressions.value(next.condition(), before);
                if (before.isEmpty()) {
                    out.between("} else if (" + condition + ") {");
                    block(next.then(), out);
                    otherwise = next.otherwise();
                    continue;
                }
            }
            out.between("} else {");
            block(otherwise, out);
            otherwise = null;
        }
        out.close();
    }

    /** What a function returns is its own: parameters and globals are copied, locals are handed over. */
    private void returns(TStmt.Return r, JavaBody out) {
        if (r.value() == null) {
            out.line("return;");
            return;
        }
        boolean local = r.value() instanceof TExpr.Read read
                && (read.variable().kind() == Var.Kind.LET || read.variable().kind() == Var.Kind.VAR);
        JavaExpr value = local ? expressions.value(r.value(), out) : expressions.owned(r.value(), out);
        out.line("return " + value + ";");
    }

    private void check(TStmt.Assert a, JavaBody out) {
        JavaExpr condition = expressions.value(a.condition(), out);
        out.open("if (" + JavaExpr.prefix("!", condition) + ") {");
        String trap = scope.unit().use(RuntimeApi.PEL_TRAP);
        if (a.message() == null) {
            String source = a.condition().span().text().replaceAll("\\s+", " ");
            out.line("throw new " + trap + "(" + JavaLiteral.string("assertion failed: " + source) + ");");
        } else {
            out.line("throw new " + trap + "(" + new TextWriter(expressions).show(a.message(), expressions.value(a.message(), out)) + ");");
        }
        out.close();
    }
}
