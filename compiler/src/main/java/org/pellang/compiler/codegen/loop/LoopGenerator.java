package org.pellang.compiler.codegen.loop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.ParallelConstructs;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.IrProgram;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/** Java for the divided constructs of a program: see {@link Caller} for the place where they stand and {@link NestWriter} for the nests. */
public final class LoopGenerator implements ParallelConstructs {
    private final IrProgram program;
    private final Map<IrProgram.Kept, JavaExpr> kept = new HashMap<>();

    public LoopGenerator(IrProgram program) {
        this.program = program;
    }

    OwnedLoop loop(Object node) {
        OwnedLoop loop = program.loop(node);
        if (loop == null) {
            throw new CompilerBug("a divided construct was not lowered: " + node);
        }
        return loop;
    }

    @Override
    public void around(TStmt sequential, Scope scope, JavaBody out) {
        for (IrProgram.Kept k : program.keptIn(sequential)) {
            String type = scope.unit().use(LoopApi.KEPT);
            String name = program.inOrder().get(k.loop()).view(k.view()).array().name();
            kept.put(k, scope.spill(JavaExpr.primary("new " + type + "()"), type, name + "Kept", out));
        }
    }

    /** What keeps a copy that a loop has fetched. */
    JavaExpr kept(OwnedLoop loop, View view) {
        return Objects.requireNonNull(kept.get(new IrProgram.Kept(loop.id(), view.id())));
    }

    @Override
    public void forall(TStmt.Forall statement, Scope scope, JavaBody out) {
        out.at(statement.head());
        out.open("{");
        OwnedLoop loop = loop(statement);
        new LoopCall(loop, this, scope, out).run();
        out.close();
    }

    @Override
    public JavaExpr reduce(TExpr.Reduce reduce, Scope scope, JavaBody out) {
        LoopCall call = new LoopCall(loop(reduce), this, scope, out);
        call.run();
        return call.value(reduce);
    }

    @Override
    public JavaExpr scan(TExpr.Scan scan, Scope scope, JavaBody out) {
        LoopCall call = new LoopCall(loop(scan), this, scope, out);
        call.run();
        return call.array();
    }

    @Override
    public JavaExpr array(TExpr.ArrayComprehension comprehension, Scope scope, JavaBody out) {
        LoopCall call = new LoopCall(loop(comprehension), this, scope, out);
        call.run();
        return call.array();
    }

    /** The Java list {@code new T[] {a, b}}. */
    static String javaArray(String type, List<String> elements) {
        return "new " + type + "[] {" + String.join(", ", elements) + "}";
    }

    /** Whether stores of a view are visible in its array only through {@code touch}. */
    static boolean touched(@Nullable Type type, View view) {
        return type != null && view.written() && (view.mode() == View.Mode.ALIGNED || view.mode() == View.Mode.FETCHED);
    }
}
