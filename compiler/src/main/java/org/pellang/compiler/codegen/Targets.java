package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.sema.type.Type;

/** The kinds of places of sequential code. */
final class Targets {
    private Targets() {}

    /**
     * A Java variable (local, field, element of a holder).
     *
     * @param text how it is read and assigned
     */
    record Variable(Scope scope, Type type, String text) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            return JavaExpr.primary(text);
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            out.line(text + " = " + value + ";");
        }

        @Override
        public Target component(int index) {
            return new Part(scope, this, index);
        }
    }

    /** An array variable: assignment copies the contents, the reference stays. */
    record Array(Type type, JavaExpr reference) implements Target {
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
            throw new IllegalStateException("an array has no components");
        }
    }

    /** A mut parameter that is a list: the caller's list takes over the contents. */
    record SharedList(Type type, JavaExpr reference) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            return reference;
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            out.line(RuntimeApi.LIST_ASSIGN.on(reference, value) + ";");
        }

        @Override
        public Target component(int index) {
            throw new IllegalStateException("a list has no components");
        }
    }

    /** A mut parameter that is a map: the caller's map takes over the entries. */
    record SharedMap(Type type, JavaExpr reference) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            return reference;
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            out.line(RuntimeApi.MAP_ASSIGN.on(reference, value) + ";");
        }

        @Override
        public Target component(int index) {
            throw new IllegalStateException("a map has no components");
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
            boolean open = whole.type() instanceof Type.Record r && r.fields().get(index).open();
            if (type() instanceof Type.Array && !open) {
                new Array(type(), read(out)).write(value, out);
                return;
            }
            JavaExpr old = scope.keep(whole.read(out), whole.type(), "old", out);
            List<JavaExpr> components = new ArrayList<>();
            for (int k = 0; k < Column.components(whole.type()).size(); k++) {
                components.add(k == index ? value : scope.unit().types().component(whole.type(), old, k));
            }
            whole.write(scope.unit().types().construct(whole.type(), components), out);
        }

        @Override
        public Target component(int inner) {
            return new Part(scope, this, inner);
        }
    }

    /**
     * An element of an array whose columns this rank holds, or a component of one.
     *
     * @param column first of its columns
     * @param array the array, stable
     * @param at the place in the columns, an int; stable if the target may be used more than once
     */
    record Stored(Scope scope, Type type, JavaExpr array, int column, JavaExpr at) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            return load(type, column);
        }

        private JavaExpr load(Type part, int first) {
            List<Column> columns = Column.of(part);
            if (columns.getFirst().isObject()) {
                return scope.unit().types().unbox(part, JavaExpr.primary(text(columns.getFirst(), first) + "[" + at + "]"));
            }
            if (Column.components(part).isEmpty()) {
                return columns.getFirst().load(text(columns.getFirst(), first), at.text());
            }
            List<JavaExpr> values = new ArrayList<>();
            int next = first;
            for (Type component : Column.components(part)) {
                values.add(load(component, next));
                next += Column.width(component);
            }
            return scope.unit().types().construct(part, values).unstable();
        }

        private String text(Column kind, int number) {
            return array.receiver() + "." + kind.accessor() + "(" + number + ")";
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            boolean whole = Column.components(type).isEmpty() || Column.of(type).getFirst().isObject();
            store(type, column, whole ? value : scope.keep(value, type, "value", out), out);
        }

        private void store(Type part, int first, JavaExpr value, JavaBody out) {
            List<Column> columns = Column.of(part);
            if (Column.components(part).isEmpty() || columns.getFirst().isObject()) {
                out.line(columns.getFirst().store(text(columns.getFirst(), first), at.text(), value));
                return;
            }
            int next = first;
            List<Type> components = Column.components(part);
            for (int k = 0; k < components.size(); k++) {
                store(components.get(k), next, scope.unit().types().component(part, value, k), out);
                next += Column.width(components.get(k));
            }
        }

        @Override
        public Target component(int index) {
            if (Column.of(type).getFirst().isObject()) {
                return new Part(scope, this, index);
            }
            int next = column;
            List<Type> components = Column.components(type);
            for (int k = 0; k < index; k++) {
                next += Column.width(components.get(k));
            }
            return new Stored(scope, components.get(index), array, next, at);
        }
    }

    /** An element of a distributed array in uniform code: its owner broadcasts it, its owner writes it. */
    record Remote(Scope scope, Type type, JavaExpr array, List<JavaExpr> subscripts, JavaExpr site) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            List<JavaExpr> arguments = new ArrayList<>(List.of(scope.rank(), site));
            arguments.addAll(subscripts);
            return scope.unit().types().unbox(type, RuntimeApi.READ_ELEMENT.on(array, arguments.toArray(JavaExpr[]::new)));
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            List<JavaExpr> arguments = new ArrayList<>(List.of(value));
            arguments.addAll(subscripts);
            out.line(RuntimeApi.WRITE_ELEMENT.on(array, arguments.toArray(JavaExpr[]::new)) + ";");
        }

        @Override
        public Target component(int index) {
            return new Part(scope, this, index);
        }
    }

    /** An element of a list. */
    record ListElement(Scope scope, Type type, JavaExpr list, JavaExpr index) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            return JavaExpr.primary(list.receiver() + ".get(" + index + ")");
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            out.line(list.receiver() + ".set(" + index + ", " + value + ");");
        }

        @Override
        public Target component(int inner) {
            return new Part(scope, this, inner);
        }
    }
}
