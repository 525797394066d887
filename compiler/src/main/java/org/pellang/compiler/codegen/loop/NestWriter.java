package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.JavaMethod;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TStmt;

/** Writes the outlined method of a divided loop: over the rank's whole box, or over a piece of one row for reductions and scans. */
final class NestWriter {
    /** Longest run of the innermost int loop. */
    private static final String CHUNK = "(1L << 30)";

    private final Caller caller;
    private final List<Slot> slots;
    private final boolean byRow;
    private final boolean checked;

    /**
     * @param byRow the method runs indices {@code from..to} of the last axis in one row (a leaf of the reduction tree)
     * @param checked subscripts are compared with the domain one by one
     */
    NestWriter(Caller caller, List<Slot> slots, boolean byRow, boolean checked) {
        this.caller = caller;
        this.slots = slots;
        this.byRow = byRow;
        this.checked = checked;
    }

    /** What the caller writes to run the nest: {@code name(arguments)}. */
    String write(boolean vector) {
        OwnedLoop loop = caller.loop();
        JavaBody rows = caller.out().sketch();
        Kernel kernel = new Kernel(caller, checked, rows);
        Accumulators accumulators = new Accumulators(kernel, slots);
        Recorders recorders = new Recorders(kernel);
        Carries carries = new Carries(kernel);
        LoopAccess access = new LoopAccess(kernel, accumulators, recorders, carries);
        Scope scope = new Scope(caller.unit(), kernel.names(), access, caller.scope().parallel(), Type.Scalar.VOID, "");
        accumulators.in(scope);
        access.in(scope);
        String method = caller.unit().names().fresh(Captions.method(loop) + (checked ? "Checked" : ""));
        Bounds bounds = new Bounds(kernel, 1);

        JavaBody start = caller.out().sketch();
        accumulators.declare(start);
        JavaBody inner = caller.out().sketch();
        carries.begin(inner, access::place);
        innermost(kernel, accumulators, recorders, scope, inner);
        carries.end(inner);
        JavaBody body = caller.out().sketch();
        body.at(loop.span());
        body.open("try {").add(start);
        int blocks = bounds.open(body);
        JavaBody main = caller.out().sketch();
        int together = vector ? Blocking.of(loop).columns() : 1;
        if (together > 1) {
            new VectorWriter(kernel, slots, accumulators, scope, access, List.of(), together, main).write(bounds.count(), main);
        }
        VectorWriter vectors = vector ? new VectorWriter(kernel, slots, accumulators, scope, access, List.of(), 1, main) : null;
        if (vectors != null) {
            vectors.write(bounds.count(), main);
        }
        JavaBody head = caller.out().sketch();
        if (vectors != null && vectors.needsHead()) {
            innermost(kernel, accumulators, recorders, scope, head);
        }
        body.add(rows);
        carries.declare(body);
        String jj = kernel.counter();
        if (vectors != null) {
            body.line("int " + jj + " = 0;");
            if (vectors.needsHead()) {
                String end = kernel.names().fresh("head");
                body.line("final int " + end + " = " + vectors.head(bounds.count()) + ";");
                body.open("for (; " + jj + " < " + end + "; " + jj + "++) {").add(head).close();
            }
            body.add(main);
        }
        body.open("for (" + (vectors != null ? "" : "int " + jj + " = 0") + "; " + jj + " < " + bounds.count() + "; " + jj
                + bounds.advance() + ") {");
        body.add(inner).close();
        for (int k = 0; k < blocks; k++) {
            body.close();
        }
        accumulators.finish(body);
        end(kernel, method, body);
        return method + "(" + kernel.params().arguments() + ")";
    }

    /** What the caller writes to run the nest in blocks of rows and columns; null if it has no such form. The caller sees to it that only whole blocks are asked for. */
    @Nullable Blocks writeBlocks() {
        OwnedLoop loop = caller.loop();
        Blocking blocking = Blocking.of(loop);
        if (blocking.rows() == 1) {
            return null;
        }
        JavaBody rows = caller.out().sketch();
        Kernel kernel = new Kernel(caller, false, rows);
        Accumulators accumulators = new Accumulators(kernel, slots);
        Carries carries = new Carries(kernel);
        LoopAccess access = new LoopAccess(kernel, accumulators, new Recorders(kernel), carries);
        Scope scope = new Scope(caller.unit(), kernel.names(), access, caller.scope().parallel(), Type.Scalar.VOID, "");
        accumulators.in(scope);
        access.in(scope);
        String first = kernel.outer(loop.axes() - 2);
        List<String> indices = new ArrayList<>(List.of(first));
        for (int r = 1; r < blocking.rows(); r++) {
            indices.add(kernel.names().fresh(first + r));
        }
        Bounds bounds = new Bounds(kernel, blocking.rows());
        JavaBody step = caller.out().sketch();
        VectorWriter vectors = new VectorWriter(kernel, slots, accumulators, scope, access, indices, blocking.columns(), step);
        Panel panel = Panel.of(loop, kernel);
        JavaBody around = caller.out().sketch();
        JavaBody packing = caller.out().sketch();
        if (panel != null) {
            kernel.hoistInto(around);
            vectors.pack(panel, packing);
            kernel.hoistInto(rows);
        }
        vectors.writeStep(step);
        kernel.onRow(first);
        if (vectors.isGuarded()) {
            return null;
        }
        String method = caller.unit().names().fresh(Captions.method(loop) + "Blocks");
        JavaBody body = caller.out().sketch();
        body.at(loop.span());
        body.open("try {");
        if (panel != null) {
            body.line("double[] " + panel.name() + " = new double[0];");
        }
        int blocks = bounds.openColumns(body) + 2;
        String jj = kernel.counter();
        body.add(around);
        body.open("for (int " + jj + " = 0; " + jj + " < " + bounds.count() + "; " + jj + " += " + vectors.step() + ") {");
        body.add(packing);
        bounds.openRows(body);
        for (int r = 1; r < blocking.rows(); r++) {
            body.line("final long " + indices.get(r) + " = " + first + " + " + r + "L;");
        }
        body.add(rows).add(step);
        for (int k = 0; k < blocks; k++) {
            body.close();
        }
        end(kernel, method, body);
        return new Blocks(method + "(" + kernel.params().arguments() + ")", blocking.rows(), vectors.step());
    }

    /**
     * A nest that runs in blocks.
     *
     * @param call of the method
     * @param rows indices of the last axis but one in a block
     * @param columns indices of the last axis in a block, as Java text
     */
    record Blocks(String call, int rows, String columns) {}

    private void end(Kernel kernel, String method, JavaBody body) {
        String failure = kernel.names().fresh("e");
        body.between("} catch (IndexOutOfBoundsException " + failure + ") {");
        body.line("throw " + LoopApi.STORAGE.call(caller.unit(), JavaExpr.stable(failure)) + ";");
        body.close();
        caller.unit().add(new JavaMethod("private void", method, kernel.params().declarations(), body));
    }

    private void innermost(Kernel kernel, Accumulators accumulators, Recorders recorders, Scope scope, JavaBody inner) {
        recorders.begin(inner);
        accumulators.begin(inner);
        boolean wrapped = accumulators.hasEpilogue() && continues(caller.loop().body());
        if (wrapped) {
            inner.open("do {");
        }
        scope.statements().block(caller.loop().body(), inner);
        if (wrapped) {
            inner.close("} while (false);");
        }
        accumulators.end(scope.expressions(), inner);
    }

    /** Whether a {@code continue} ends an iteration of the divided loop. */
    private static boolean continues(TStmt.TBlock block) {
        return block.statements().stream().anyMatch(NestWriter::continues);
    }

    private static boolean continues(TStmt s) {
        if (s instanceof TStmt.For || s instanceof TStmt.While) {
            return false;
        }
        boolean[] found = {s instanceof TStmt.Continue};
        Trees.statements(s, t -> found[0] |= continues(t));
        return found[0];
    }

    /** The loops around the innermost one. */
    final class Bounds {
        private final Kernel kernel;
        private final int rows;
        private final String count;
        private final String step;

        /** {@code rows}: how many indices of the last axis but one are done together. */
        Bounds(Kernel kernel, int rows) {
            this.kernel = kernel;
            this.rows = rows;
            this.count = kernel.names().fresh(kernel.counter() + "End");
            OwnedLoop loop = caller.loop();
            int last = loop.axes() - 1;
            this.step = loop.unitSteps() ? "" : kernel.params().of("int", "step", "(int) " + caller.space() + ".step(" + last + ")");
        }

        /** Where it ends. */
        String count() {
            return count;
        }

        String advance() {
            return step.isEmpty() ? "++" : " += " + step;
        }

        /** Opens the loops; returns how many. */
        int open(JavaBody body) {
            OwnedLoop loop = caller.loop();
            int last = loop.axes() - 1;
            if (byRow) {
                // The caller's lambda gives the row and the piece of it.
                for (int d = 0; d < last; d++) {
                    kernel.params().exact("long", kernel.outer(d), caller.named("i" + d));
                }
                kernel.params().exact("long", kernel.base(), caller.named("from"));
                String to = kernel.params().own("long", "to", caller.named("to"));
                body.line("final int " + count + " = (int) (" + to + " - " + kernel.base() + ") + 1;");
                return 0;
            }
            for (int d = 0; d < last; d++) {
                outer(d, body);
            }
            return last + columns(body);
        }

        /** The loops around a block of columns; returns how many. */
        int openColumns(JavaBody body) {
            int outer = caller.loop().axes() - 2;
            for (int d = 0; d < outer; d++) {
                outer(d, body);
            }
            return outer + columns(body);
        }

        /** The loop over the rows of a block of columns. */
        void openRows(JavaBody body) {
            outer(caller.loop().axes() - 2, body);
        }

        private void outer(int d, JavaBody body) {
            OwnedLoop loop = caller.loop();
            String lo = end(d, false);
            String hi = end(d, true);
            String i = kernel.outer(d);
            String next = rows > 1 && d == loop.axes() - 2
                    ? i + " += " + rows
                    : loop.unitSteps() ? i + "++" : i + " += " + kernel.params().of("long", "step", caller.space() + ".step(" + d + ")");
            body.open("for (long " + i + " = " + lo + "; " + i + " <= " + hi + "; " + next + ") {");
        }

        /** The first index and the number of columns; returns how many loops were opened. */
        private int columns(JavaBody body) {
            OwnedLoop loop = caller.loop();
            int last = loop.axes() - 1;
            int blocks = 0;
            String lo = end(last, false);
            String hi = end(last, true);
            String base = kernel.base();
            if (Captions.stored(loop)) {
                body.line("final long " + base + " = " + lo + ";");
                body.line("final int " + count + " = (int) (" + hi + " - " + base + " + 1);");
            } else {
                String chunk = step.isEmpty() ? CHUNK : CHUNK + " / " + step + " * " + step;
                body.open("for (long " + base + " = " + lo + "; " + base + " <= " + hi + "; " + base + " += " + chunk + ") {");
                body.line("final int " + count + " = (int) Math.min(" + chunk + ", " + hi + " - " + base + " + 1);");
                blocks++;
            }
            return blocks;
        }

        private String end(int axis, boolean high) {
            return kernel.params().of("long", (high ? "hi" : "lo") + axis, caller.named("box") + (high ? ".hi()[" : ".lo()[") + axis + "]");
        }
    }
}
