package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.Column;
import org.pellang.compiler.codegen.ExpressionWriter;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.Operators;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.codegen.Target;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.LoopReduction;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/** The reduction variables in an outlined method: locals that start from the slots' identities and end in the slots. */
final class Accumulators {
    /** Lanes of a leaf; see {@code docs/architecture.md}. */
    static final int LANES = 16;

    private final Kernel kernel;
    private final List<Slot> slots;
    private final List<String> names = new ArrayList<>();
    private final List<String> contributions = new ArrayList<>();
    private @Nullable Reducers reducers;
    private String out = "";
    private String position = "";

    Accumulators(Kernel kernel, List<Slot> slots) {
        this.kernel = kernel;
        this.slots = slots;
        for (Slot s : slots) {
            names.add(kernel.names().fresh(s.reduction().variable().name()));
            contributions.add(several(s) ? kernel.names().fresh(s.reduction().variable().name() + "Here") : "");
        }
        if (!slots.isEmpty()) {
            out = kernel.params().own(kernel.unit().use(LoopApi.SLOTS), "slots", kernel.caller().named("slots"));
        }
    }

    /** Gives it the scope of the method, in which operators and identities are written. */
    void in(Scope scope) {
        reducers = new Reducers(scope);
    }

    private Reducers reducers() {
        return java.util.Objects.requireNonNull(reducers);
    }

    /** Several updates in one iteration fold into one contribution first. */
    private boolean several(Slot s) {
        if (!s.tree()) {
            return false;
        }
        if (s.kind() == Slot.Kind.MAP) {
            return SeveralUpdates.possible(kernel.loop().body().statements(), s.reduction().variable());
        }
        if (s.kind() == Slot.Kind.ARRAY) {
            return s.reduction().byUser() || SeveralUpdates.possible(kernel.loop().body().statements(), s.reduction().variable());
        }
        int[] count = {0};
        kernel.loop().body().statements().forEach(t -> count(t, s.reduction().variable(), 1, count));
        return count[0] > 1 || (s.reduction().statement() && s.kind() == Slot.Kind.OBJECT);
    }

    private static void count(TStmt s, Var v, int weight, int[] count) {
        if (s instanceof TStmt.Update u && u.place().root().equals(v)) {
            count[0] += weight;
        }
        int inner = s instanceof TStmt.For || s instanceof TStmt.While ? 2 : weight;
        Trees.statements(s, t -> count(t, v, inner, count));
    }

    /** Whether iterations end with something that {@code continue} must not skip. */
    boolean hasEpilogue() {
        return contributions.stream().anyMatch(c -> !c.isEmpty());
    }

    /** The parameter that holds the slots. */
    String slotsName() {
        return out;
    }

    /** Name of the local (or array of lanes) of a reduction. */
    String name(Slot s) {
        return names.get(slots.indexOf(s));
    }

    private String component(Slot s, int k) {
        return name(s) + "_" + k;
    }

    /** Declares the locals. */
    void declare(JavaBody body) {
        for (Slot s : slots) {
            String name = name(s);
            switch (s.kind()) {
                case LANES -> lanes(s, name, body);
                case COMPONENTS -> {
                    for (int k = 0; k < s.width(); k++) {
                        lanes(s, component(s, k), body);
                    }
                }
                case FLOAT -> body.line(javaType(s) + " " + name + " = " + (javaType(s).equals("float") ? "(float) " : "")
                        + out + ".f[" + s.first() + "];");
                case INT -> body.line("long " + name + " = " + out + ".l[" + s.first() + "];");
                case BOOL -> body.line("boolean " + name + " = " + out + ".l[" + s.first() + "] != 0;");
                case ARG -> {
                    boolean floats = !s.reduction().type().isIntegral();
                    body.line((floats ? "double " : "long ") + name + " = " + out + (floats ? ".f[" : ".l[") + s.first() + "];");
                    body.line("long " + name + "_at = " + out + ".at[" + s.first() + "];");
                }
                case OBJECT -> body.line(javaType(s) + " " + name + " = ("
                        + kernel.unit().types().boxed(s.reduction().type()) + ") " + out + ".o[" + s.first() + "];");
                case OBJECT_LANES -> {
                    body.line("final " + javaType(s) + "[] " + name + " = new " + javaType(s) + "[" + LANES + "];");
                    body.line("java.util.Arrays.fill(" + name + ", " + reducers().identity(s.reduction()) + ");");
                }
                case MAP -> body.line("final " + javaType(s) + " " + name + " = (" + javaType(s) + ") " + out + ".o[" + s.first() + "];");
                case ARRAY -> array(s, name, body);
            }
        }
    }

    private String javaType(Slot s) {
        return kernel.unit().types().of(s.reduction().type());
    }

    private void lanes(Slot s, String name, JavaBody body) {
        body.line("final double[] " + name + " = new double[" + LANES + "];");
        if (s.reduction().op() == ReduceOp.Builtin.PROD) {
            body.line("java.util.Arrays.fill(" + name + ", 1.0);");
        }
    }

    private void array(Slot s, String name, JavaBody body) {
        String type = kernel.unit().use(LoopApi.PEL_ARRAY);
        body.line("final " + type + " " + name + " = (" + type + ") " + out + ".o[" + s.first() + "];");
        String here = contributions.get(slots.indexOf(s));
        if (s.reduction().byUser()) {
            body.line("final " + kernel.unit().use(LoopApi.ELEMENT_FOLD) + " " + here + " = " + LoopApi.NEW_FOLD.call(kernel.unit(),
                    JavaExpr.stable(name), JavaExpr.stable(reducers().lambda(s.reduction())),
                    JavaExpr.stable("() -> " + reducers().identity(s.reduction()))) + ";");
            return;
        }
        if (!here.isEmpty()) {
            body.line("final " + type + " " + here + " = "
                    + LoopApi.CONTRIBUTION.call(kernel.unit(), JavaExpr.stable(name), JavaExpr.stable(reducers().op(s.reduction().op()))) + ";");
        }
        updated(s, here.isEmpty() ? name : here, body);
    }

    /** The columns of the array that updates go into. */
    private void updated(Slot s, String name, JavaBody body) {
        Type element = ((Type.Array) s.reduction().type()).element();
        List<Column> columns = Column.of(element);
        for (int k = 0; k < columns.size(); k++) {
            Column c = columns.get(k);
            body.line("final " + c.javaType() + "[] " + name + "_" + k + " = " + name + "." + c.accessor() + "(" + k + ");");
        }
        for (View v : kernel.loop().views()) {
            if (v.array().equals(s.reduction().variable())) {
                kernel.ownArray(v, name);
            }
        }
    }

    /** At the start of an iteration. */
    void begin(JavaBody body) {
        for (Slot s : slots) {
            String c = contributions.get(slots.indexOf(s));
            if (!c.isEmpty() && s.kind() != Slot.Kind.ARRAY) {
                body.line(javaType(s) + " " + c + " = "
                        + (s.kind() == Slot.Kind.MAP ? kernel.unit().types().zero(s.reduction().type()) : reducers().identity(s.reduction())) + ";");
            }
        }
    }

    /** At the end of an iteration. */
    void end(ExpressionWriter writer, JavaBody body) {
        for (Slot s : slots) {
            String c = contributions.get(slots.indexOf(s));
            if (s.reduction().byUser()) {
                body.line(LoopApi.FOLD_END.on(JavaExpr.stable(c)) + ";");
            } else if (!c.isEmpty() && s.kind() == Slot.Kind.ARRAY) {
                body.line(LoopApi.CONTRIBUTE.call(kernel.unit(), JavaExpr.stable(name(s)), JavaExpr.stable(c),
                        JavaExpr.stable(reducers().op(s.reduction().op()))) + ";");
            } else if (!c.isEmpty() && s.kind() == Slot.Kind.MAP) {
                body.line(name(s) + ".combineAll(" + c + ", " + MapAccumulator.operator(s.reduction(), writer.scope()) + ");");
            } else if (!c.isEmpty()) {
                fold(s, JavaExpr.stable(c), writer, body);
            }
        }
    }

    /** After the nest: values into the slots. */
    void finish(JavaBody body) {
        String lanes = kernel.unit().use(LoopApi.LANES);
        for (Slot s : slots) {
            String name = name(s);
            String call = lanes + (s.reduction().op() == ReduceOp.Builtin.PROD ? ".product" : ".sum") + (s.single() ? "32(" : "(");
            switch (s.kind()) {
                case LANES -> body.line(out + ".f[" + s.first() + "] = " + call + name + ");");
                case COMPONENTS -> {
                    for (int k = 0; k < s.width(); k++) {
                        body.line(out + ".f[" + (s.first() + k) + "] = " + call + component(s, k) + ");");
                    }
                }
                case FLOAT -> body.line(out + ".f[" + s.first() + "] = " + name + ";");
                case INT -> body.line(out + ".l[" + s.first() + "] = " + name + ";");
                case BOOL -> body.line(out + ".l[" + s.first() + "] = " + name + " ? 1L : 0L;");
                case ARG -> {
                    body.line(out + (s.reduction().type().isIntegral() ? ".l[" : ".f[") + s.first() + "] = " + name + ";");
                    body.line(out + ".at[" + s.first() + "] = " + name + "_at;");
                }
                case OBJECT -> body.line(out + ".o[" + s.first() + "] = " + name + ";");
                case OBJECT_LANES -> halve(s, name, body);
                case ARRAY, MAP -> {}
            }
        }
    }

    private void halve(Slot s, String name, JavaBody body) {
        String half = kernel.names().fresh("half");
        String k = kernel.names().fresh("k");
        body.open("for (int " + half + " = " + LANES / 2 + "; " + half + " > 0; " + half + " /= 2) {");
        body.open("for (int " + k + " = 0; " + k + " < " + half + "; " + k + "++) {");
        JavaExpr left = JavaExpr.primary(name + "[" + k + "]");
        JavaExpr right = JavaExpr.primary(name + "[" + k + " + " + half + "]");
        body.line(left + " = " + reducers().apply(s.reduction(), left, right, body) + ";");
        body.close().close();
        body.line(out + ".o[" + s.first() + "] = " + name + "[0];");
    }

    /** The reduction variable as something to update, null if the variable is none. */
    @Nullable Target target(Var v, Scope scope) {
        for (Slot s : slots) {
            if (s.reduction().variable().equals(v) && s.kind() != Slot.Kind.ARRAY) {
                return new Contribution(s, scope);
            }
        }
        return null;
    }

    /** An element of an array that is reduced with a user's operator; null for other arrays. @param at its place */
    @Nullable Target element(Var array, Type element, JavaExpr at, Scope scope) {
        for (Slot s : slots) {
            if (s.reduction().variable().equals(array) && s.reduction().byUser()) {
                return new Folded(scope, element, contributions.get(slots.indexOf(s)), at);
            }
        }
        return null;
    }

    /** An entry of a reduced map as something to update, null if the variable is none. */
    @Nullable Target entry(Var map, JavaExpr key, Scope scope) {
        for (Slot s : slots) {
            if (s.reduction().variable().equals(map) && s.kind() == Slot.Kind.MAP) {
                String here = contributions.get(slots.indexOf(s));
                return new MapAccumulator.Entry(scope, s.reduction(), here.isEmpty() ? name(s) : here, key);
            }
        }
        return null;
    }

    /** Whether a variable is a map that the loop reduces. */
    boolean reducesMap(Var map) {
        return slots.stream().anyMatch(s -> s.kind() == Slot.Kind.MAP && s.reduction().variable().equals(map));
    }

    /** {@code accumulator = accumulator op value}. */
    private void fold(Slot s, JavaExpr value, ExpressionWriter writer, JavaBody body) {
        String name = name(s);
        Operators operators = writer.operators();
        switch (s.kind()) {
            case LANES -> {
                String op = s.reduction().op() == ReduceOp.Builtin.PROD ? " * " : " + ";
                body.line(s.single()
                        ? name + lane() + " = (float) (" + name + lane() + op + value.at(JavaExpr.UNARY) + ");"
                        : name + lane() + op.stripTrailing() + "= " + value + ";");
            }
            case COMPONENTS -> {
                JavaExpr kept = writer.scope().keep(value, s.reduction().type(), "term", body);
                for (int k = 0; k < s.width(); k++) {
                    body.line(component(s, k) + lane() + " += "
                            + kernel.unit().types().component(s.reduction().type(), kept, k) + ";");
                }
            }
            case ARG -> arg(s, value, writer, body);
            case FLOAT, INT, BOOL -> body.line(name + " = "
                    + operators.binary(binary(s.reduction().op()), s.reduction().type(), JavaExpr.primary(name), value) + ";");
            case OBJECT -> body.line(name + " = " + reducers().apply(s.reduction(), JavaExpr.primary(name), value, body) + ";");
            case OBJECT_LANES -> body.line(name + lane() + " = "
                    + reducers().apply(s.reduction(), JavaExpr.primary(name + lane()), value, body) + ";");
            case ARRAY, MAP -> throw new CompilerBug("a reduced array or map is changed by elements");
        }
    }

    /** The lane of the present index. */
    private String lane() {
        return "[((int) " + kernel.base() + " + " + kernel.counter() + ") & " + (LANES - 1) + "]";
    }

    private void arg(Slot s, JavaExpr value, ExpressionWriter writer, JavaBody body) {
        String best = name(s);
        boolean floats = !s.reduction().type().isIntegral();
        String key = writer.scope().keep(value, s.reduction().type(), "key", body).at(JavaExpr.PRIMARY);
        String order = s.reduction().op() == ReduceOp.Builtin.ARGMIN ? " < " : " > ";
        String nan = floats ? " || (" + key + " != " + key + " && " + best + " == " + best + ")" : "";
        body.open("if (" + best + "_at < 0 || " + key + order + best + nan + ") {");
        body.line(best + " = " + key + ";");
        body.line(best + "_at = " + position() + ";");
        body.close();
    }

    private String position() {
        if (position.isEmpty()) {
            position = kernel.params().of(kernel.unit().use(LoopApi.DOMAIN), "space", kernel.caller().space().text());
        }
        List<String> index = new ArrayList<>();
        for (int d = 0; d < 3; d++) {
            index.add(d < kernel.loop().axes() ? kernel.index(d).text() : "0L");
        }
        return position + ".linear(" + String.join(", ", index) + ")";
    }

    /** The binary operator of a builtin reduction. */
    static BinaryOp binary(ReduceOp op) {
        if (!(op instanceof ReduceOp.Builtin b)) {
            throw new CompilerBug("a user's operator has no Java operator");
        }
        return switch (b) {
            case SUM, COUNT -> BinaryOp.ADD;
            case PROD -> BinaryOp.MUL;
            case MIN -> BinaryOp.MIN;
            case MAX -> BinaryOp.MAX;
            case ANY, BIT_OR -> BinaryOp.BIT_OR;
            case ALL, BIT_AND -> BinaryOp.BIT_AND;
            case BIT_XOR -> BinaryOp.BIT_XOR;
            case MEAN, ARGMIN, ARGMAX -> throw new CompilerBug(op + " has no Java operator");
        };
    }

    /** An element whose updates a fold collects. */
    private record Folded(Scope scope, Type type, String fold, JavaExpr at) implements Target {
        @Override
        public JavaExpr read(JavaBody body) {
            throw new CompilerBug("an element of a reduced array is read in " + scope);
        }

        @Override
        public void write(JavaExpr value, JavaBody body) {
            throw new CompilerBug("an element of a reduced array is assigned in " + scope);
        }

        @Override
        public Target component(int index) {
            throw new CompilerBug("a component of an element that a user's operator reduces");
        }

        @Override
        public void update(@Nullable BinaryOp op, JavaExpr value, ExpressionWriter writer, JavaBody body) {
            body.line(LoopApi.FOLD_UPDATE.on(JavaExpr.stable(fold), at, value) + ";");
        }
    }

    /** A reduction variable in the body: only updates. */
    private final class Contribution implements Target {
        private final Slot slot;
        private final Scope scope;

        Contribution(Slot slot, Scope scope) {
            this.slot = slot;
            this.scope = scope;
        }

        @Override
        public Type type() {
            return slot.reduction().type();
        }

        @Override
        public JavaExpr read(JavaBody body) {
            throw new CompilerBug("reduction variable " + slot.reduction().variable() + " is read in its loop");
        }

        @Override
        public void write(JavaExpr value, JavaBody body) {
            throw new CompilerBug("reduction variable " + slot.reduction().variable() + " is assigned in its loop");
        }

        @Override
        public Target component(int index) {
            throw new CompilerBug("component of reduction variable " + slot.reduction().variable() + " in " + scope);
        }

        @Override
        public void update(@Nullable BinaryOp op, JavaExpr value, ExpressionWriter writer, JavaBody body) {
            String here = contributions.get(slots.indexOf(slot));
            JavaExpr term = op == BinaryOp.SUB ? writer.operators().unary(TExpr.UnaryOp.NEGATE, type().asValue(), value) : value;
            if (here.isEmpty()) {
                fold(slot, term, writer, body);
            } else {
                body.line(here + " = " + reducers().apply(slot.reduction(), JavaExpr.primary(here), term, body) + ";");
            }
        }
    }
}
