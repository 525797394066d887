package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.Column;
import org.pellang.compiler.codegen.ExpressionWriter;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.JavaTypes;
import org.pellang.compiler.codegen.RuntimeApi;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.codegen.Target;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;

/** Places in the body of a divided loop. */
final class Elements {
    private Elements() {}

    /**
     * An element of a view, or a component of one, in primitive columns.
     *
     * @param first number of its first column
     * @param at its place, an int
     */
    record Stored(Kernel kernel, Scope scope, View view, Type type, int first, JavaExpr at) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            return load(type, first);
        }

        private JavaTypes types() {
            return scope.unit().types();
        }

        private JavaExpr load(Type part, int number) {
            Column kind = Column.of(part).getFirst();
            if (kind.isObject()) {
                return types().unbox(part, JavaExpr.primary(kernel.column(view, kind, number) + "[" + at + "]"));
            }
            if (Column.components(part).isEmpty()) {
                return kind.load(kernel.column(view, kind, number), at.text());
            }
            List<JavaExpr> values = new ArrayList<>();
            int next = number;
            for (Type component : Column.components(part)) {
                values.add(load(component, next));
                next += Column.width(component);
            }
            return types().construct(part, values).unstable();
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            boolean whole = Column.components(type).isEmpty() || Column.of(type).getFirst().isObject();
            store(type, first, whole ? value : scope.keep(value, type, "value", out), out);
        }

        private void store(Type part, int number, JavaExpr value, JavaBody out) {
            Column kind = Column.of(part).getFirst();
            if (Column.components(part).isEmpty() || kind.isObject()) {
                out.line(kind.store(kernel.column(view, kind, number), at.text(), value));
                return;
            }
            int next = number;
            List<Type> components = Column.components(part);
            for (int k = 0; k < components.size(); k++) {
                store(components.get(k), next, types().component(part, value, k), out);
                next += Column.width(components.get(k));
            }
        }

        @Override
        public Target component(int index) {
            if (Column.of(type).getFirst().isObject()) {
                return new Part(scope, this, index);
            }
            int next = first;
            List<Type> components = Column.components(type);
            for (int k = 0; k < index; k++) {
                next += Column.width(components.get(k));
            }
            return new Stored(kernel, scope, view, components.get(index), next, at);
        }
    }

    /** A store that goes to two places: into a copy, which is read, and into a record of changes. */
    record Twice(Scope scope, Target copy, Target recorded) implements Target {
        @Override
        public Type type() {
            return copy.type();
        }

        @Override
        public JavaExpr read(JavaBody out) {
            return copy.read(out);
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            JavaExpr kept = scope.keep(value, type().asValue(), "value", out);
            copy.write(kept, out);
            recorded.write(kept, out);
        }

        @Override
        public Target component(int index) {
            return new Twice(scope, copy.component(index), recorded.component(index));
        }

        @Override
        public void update(TExpr.@Nullable BinaryOp op, JavaExpr value, ExpressionWriter writer, JavaBody out) {
            JavaExpr kept = scope.keep(value, type().asValue(), "value", out);
            copy.update(op, kept, writer, out);
            recorded.update(op, kept, writer, out);
        }
    }

    /** A local of the outlined method. */
    record Local(Scope scope, Type type, String name) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            return JavaExpr.primary(name);
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            out.line(name + " = " + value + ";");
        }

        @Override
        public Target component(int index) {
            return new Part(scope, this, index);
        }
    }

    /** An array that the body made itself: assignment copies the contents. */
    record LocalArray(Type type, JavaExpr reference) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            return reference;
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            out.line(RuntimeApi.ARRAY_ASSIGN.on(reference, value) + ";");
        }

        @Override
        public Target component(int index) {
            throw new CompilerBug("an array has no components");
        }
    }

    /** A component of an immutable value that stands in another place: assignment makes a new value. */
    record Part(Scope scope, Target whole, int index) implements Target {
        @Override
        public Type type() {
            return Column.components(whole.type()).get(index);
        }

        @Override
        public JavaExpr read(JavaBody out) {
            return scope.unit().types().component(whole.type(), whole.read(out), index);
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            JavaExpr kept = scope.keep(value, type(), "part", out);
            JavaExpr old = scope.keep(whole.read(out), whole.type(), "old", out);
            boolean open = whole.type() instanceof Type.Record r && r.fields().get(index).open();
            JavaExpr part = type() instanceof Type.Array && !open
                    ? RuntimeApi.ARRAY_LIKE.call(scope.unit(), scope.unit().types().component(whole.type(), old, index), kept)
                    : kept;
            List<JavaExpr> components = new ArrayList<>();
            for (int k = 0; k < Column.components(whole.type()).size(); k++) {
                components.add(k == index ? part : scope.unit().types().component(whole.type(), old, k));
            }
            whole.write(scope.unit().types().construct(whole.type(), components), out);
        }

        @Override
        public Target component(int inner) {
            return new Part(scope, this, inner);
        }
    }
}
