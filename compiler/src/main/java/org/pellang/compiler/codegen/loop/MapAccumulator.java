package org.pellang.compiler.codegen.loop;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.ExpressionWriter;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.RuntimeApi;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.codegen.Target;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.LoopReduction;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;

/** Reduced maps: a missing key counts as the operator's identity. */
final class MapAccumulator {
    private MapAccumulator() {}

    /** The reduction of one value of the map. */
    static LoopReduction ofValue(LoopReduction r) {
        return new LoopReduction(r.span(), r.variable(), r.op(), ((Type.MapOf) r.type()).value().asValue(), r.statement());
    }

    /** {@code (a, b) -> a op b} on values. */
    static String operator(LoopReduction r, Scope scope) {
        String a = scope.names().fresh("a");
        String b = scope.names().fresh("b");
        JavaExpr combined = new Reducers(scope).apply(ofValue(r), JavaExpr.stable(a), JavaExpr.stable(b), new JavaBody());
        return "(" + a + ", " + b + ") -> " + combined;
    }

    /** The runtime's slot: {@code .tree(..)} or {@code .free(..)}. */
    static String slot(LoopReduction r, Scope scope) {
        String map = scope.unit().types().of(r.type());
        String a = scope.names().fresh("left");
        String b = scope.names().fresh("right");
        return (r.exact() ? ".free((" : ".tree((") + a + ", " + b + ") -> ((" + map + ") " + a + ").combineAll((" + map + ") " + b + ", "
                + operator(r, scope) + "), () -> " + scope.unit().types().zero(r.type()) + ", " + scope.unit().types().codec(r.type()) + ")";
    }

    /** {@code total[key] op= value} on the local map {@code name}. */
    record Entry(Scope scope, LoopReduction reduction, String name, JavaExpr key) implements Target {
        @Override
        public Type type() {
            return ((Type.MapOf) reduction.type()).value();
        }

        @Override
        public JavaExpr read(JavaBody out) {
            throw new CompilerBug("reduction variable " + reduction.variable() + " is read in its loop");
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            throw new CompilerBug("reduction variable " + reduction.variable() + " is assigned in its loop");
        }

        @Override
        public Target component(int index) {
            throw new CompilerBug("component of reduction variable " + reduction.variable());
        }

        @Override
        public void update(@Nullable BinaryOp op, JavaExpr value, ExpressionWriter writer, JavaBody out) {
            JavaExpr term = op == BinaryOp.SUB ? writer.operators().unary(TExpr.UnaryOp.NEGATE, type().asValue(), value) : value;
            LoopReduction one = ofValue(reduction);
            Reducers reducers = new Reducers(scope);
            JavaExpr first = reduction.exact() ? term : reducers.apply(one, reducers.identity(one), term, out);
            out.line(RuntimeApi.MAP_COMBINE.on(JavaExpr.stable(name), key, first, JavaExpr.stable(operator(reduction, scope))) + ";");
        }
    }
}
