package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.Column;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.JavaUnit;
import org.pellang.compiler.codegen.RuntimeApi;
import org.pellang.compiler.codegen.RuntimeMethod;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.codegen.Target;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.Form;
import org.pellang.compiler.ir.LoopReduction;
import org.pellang.compiler.ir.MapChange;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Schedule;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** One divided construct where it stands: communication before, the nest, communication after, values of reductions. */
final class LoopCall {
    private final OwnedLoop loop;
    private final LoopGenerator loops;
    private final Scope scope;
    private final JavaBody out;
    private final JavaUnit unit;
    private final Caller caller;
    private final Needs needs;
    private final List<Slot> slots;
    private final List<JavaExpr> opened = new ArrayList<>();
    private final List<JavaExpr> ending = new ArrayList<>();
    private @Nullable JavaExpr total;
    private @Nullable JavaExpr array;

    LoopCall(OwnedLoop loop, LoopGenerator loops, Scope scope, JavaBody out) {
        this.loop = loop;
        this.loops = loops;
        this.scope = scope;
        this.out = out;
        this.unit = scope.unit();
        this.caller = new Caller(loop, scope, out);
        this.needs = new Needs(caller);
        this.slots = Slot.of(loop);
    }

    /** For inspectors: the objects that list elements, by view of the loop that follows. */
    LoopCall listing(Map<Integer, JavaExpr> gathers) {
        caller.bindGathers(gathers);
        return this;
    }

    /** Writes everything. */
    void run() {
        makeResult();
        new Gathers(loop, loops, caller).write();
        ahead();
        openViews();
        new Copies(caller, needs).open(ending);
        recorders();
        maps();
        Map<Var, JavaExpr> maps = hideMaps();
        hide();
        nest();
        loop.hidden().stream().filter(v -> v.type() instanceof Type.Array)
                .forEach(v -> out.line(scope.access().read(v) + " = " + caller.array(v) + ";"));
        maps.forEach((v, map) -> out.line(scope.access().read(v) + " = " + map + ";"));
        opened.forEach(v -> out.line(LoopApi.CLOSE.on(v) + ";"));
        ending.forEach(r -> out.line(r + ".end();"));
        if (loop.mask() != null) {
            array = caller.spill(LoopApi.COMPACT.call(unit, caller.loopName(), caller.array(Objects.requireNonNull(loop.result())), caller.array(loop.mask())),
                    unit.use(LoopApi.PEL_ARRAY), "compacted");
        }
        assignReductions();
    }

    private void makeResult() {
        if (loop.result() == null || loop.scan() != null) {
            return;
        }
        array = make(loop.result().type(), loop.result().name());
        caller.bindArray(loop.result(), array);
        if (loop.mask() != null) {
            caller.bindArray(loop.mask(), make(loop.mask().type(), loop.mask().name()));
        }
    }

    private JavaExpr make(Type type, String hint) {
        JavaExpr element = unit.types().elemType(((Type.Array) type).element());
        return caller.spill(RuntimeApi.ARRAY_CREATE.call(unit, caller.space(), element), unit.use(LoopApi.PEL_ARRAY), hint);
    }

    /** Ghost cells of the loop that follows, which come with this loop's own. */
    private void ahead() {
        for (CommOp op : loop.before()) {
            if (op instanceof CommOp.HaloAhead ahead) {
                Caller next = new Caller(ahead.next(), scope, out);
                Needs nextNeeds = new Needs(next);
                List<String> arrays = new ArrayList<>();
                List<String> reads = new ArrayList<>();
                for (int id : ahead.views()) {
                    View v = ahead.next().view(id);
                    arrays.add(next.array(v.array()).text());
                    reads.add(text(nextNeeds.of(v, v.array().name() + "Ahead", u -> u.kind() != Use.Kind.WRITE)));
                }
                out.line(LoopApi.AHEAD.on(caller.loopName(), next.loopName(),
                        JavaExpr.primary(LoopGenerator.javaArray(unit.use(LoopApi.PEL_ARRAY), arrays)),
                        JavaExpr.primary(LoopGenerator.javaArray(unit.use(LoopApi.NEED), reads))) + ";");
            }
        }
    }

    private CommOp.Coming coming(View v) {
        return loop.before().stream().flatMap(op -> op instanceof CommOp.Fetch f && f.view() == v.id() ? Stream.of(f.how()) : Stream.of()).findFirst()
                .orElse(CommOp.Coming.WHOLE);
    }

    private JavaExpr fetch(View v, JavaExpr need) {
        JavaExpr array = caller.array(v.array());
        return switch (coming(v)) {
            case WHOLE -> LoopApi.FETCH.on(caller.loopName(), array, need);
            case KEPT -> LoopApi.FETCH_KEPT.on(caller.loopName(), array, need, loops.kept(loop, v));
            case PANELS -> LoopApi.FETCH_IN_PANELS.on(caller.loopName(), array, need);
        };
    }

    private void openViews() {
        Map<View, JavaExpr> farNeeds = new HashMap<>();
        Map<View, JavaExpr> apart = new HashMap<>();
        for (View far : loop.views()) {
            View writer = far.mode() == View.Mode.FETCHED && far.group() < 0 && !far.written() && !far.bare() ? meeting(far, loop.views()) : null;
            if (writer != null) {
                JavaExpr need = Objects.requireNonNull(needs.around(far, far.array().name() + "Far", u -> true));
                JavaExpr writes = Objects.requireNonNull(needs.around(writer, far.array().name() + "Stores", Use::writes));
                farNeeds.put(writer, need);
                apart.put(writer, caller.spill(
                        LoopApi.APART.call(unit, caller.loopName(), caller.array(far.array()), writes, need), "boolean", "apart"));
            }
        }
        for (List<View> group : loop.opened()) {
            List<String> arrays = new ArrayList<>();
            List<String> reads = new ArrayList<>();
            List<String> writes = new ArrayList<>();
            for (View v : group) {
                arrays.add(caller.array(v.array()).text());
                String near = text(needs.of(v, v.array().name() + "Reads", u -> u.kind() != Use.Kind.WRITE));
                JavaExpr far = farNeeds.get(v);
                reads.add(far == null ? near
                        : LoopApi.READS.call(unit, JavaExpr.primary(near), Objects.requireNonNull(apart.get(v)), far).text());
                writes.add(text(needs.around(v, v.array().name() + "Writes", Use::writes)));
            }
            String pelArray = unit.use(LoopApi.PEL_ARRAY);
            String need = unit.use(LoopApi.NEED);
            JavaExpr views = caller.spill(LoopApi.OPEN.call(unit, caller.loopName(),
                    JavaExpr.primary(LoopGenerator.javaArray(pelArray, arrays)), JavaExpr.primary(LoopGenerator.javaArray(need, reads)),
                    JavaExpr.primary(LoopGenerator.javaArray(need, writes))), unit.use(LoopApi.VIEWS), "views");
            opened.add(views);
            for (int k = 0; k < group.size(); k++) {
                View v = group.get(k);
                caller.bindView(v, caller.spill(LoopApi.VIEW.on(views, JavaExpr.stable(Integer.toString(k))), pelArray, v.array().name() + "View"));
            }
        }
        for (View v : loop.views()) {
            if (v.mode() == View.Mode.FETCHED && v.group() < 0 && !v.written() && !caller.isBound(v)) {
                JavaExpr need = Objects.requireNonNull(needs.of(v, v.array().name() + "Reads", u -> true));
                JavaExpr part = v.bare()
                        ? LoopApi.LOCAL.call(unit, caller.loopName(), caller.array(v.array()), need)
                        : fetch(v, need);
                View writer = v.bare() ? null : meeting(v, loop.views());
                if (writer != null) {
                    part = new JavaExpr(apart.get(writer) + " ? " + part + " : " + caller.view(writer), JavaExpr.CONDITIONAL, false);
                }
                caller.bindView(v, caller.spill(part, unit.use(LoopApi.PEL_ARRAY), v.array().name() + "Part"));
            }
        }
    }

    /** Functions that read top-level arrays by themselves see local copies while the nest runs. */
    private void hide() {
        for (View v : loop.views()) {
            if (v.bare() && loop.hidden().contains(v.array())) {
                out.line(scope.access().read(v.array()) + " = " + caller.view(v) + ";");
            }
        }
    }

    /** The same for maps; returns what they were. */
    private Map<Var, JavaExpr> hideMaps() {
        Map<Var, JavaExpr> before = new LinkedHashMap<>();
        for (Var v : loop.hidden()) {
            if (v.type() instanceof Type.MapOf) {
                JavaExpr field = scope.access().read(v);
                before.put(v, caller.spill(field, unit.types().of(v.type()), v.name() + "Spread"));
                out.line(field + " = " + caller.captured(v) + ";");
            }
        }
        return before;
    }

    private static String text(@Nullable JavaExpr e) {
        return e == null ? "null" : e.text();
    }

    private void recorders() {
        for (View v : loop.views()) {
            JavaExpr recorder = switch (v.mode()) {
                case MERGED -> Recorders.isUnique(v)
                        ? LoopApi.MERGE_UNIQUE.call(unit, caller.loopName(), parts(v, caller.array(v.array())), JavaExpr.stable("\"" + v.array().name() + "\""))
                        : (Recorders.isMarked(v, loop) ? LoopApi.MERGE_BEGIN : LoopApi.MERGE_OWN)
                                .call(unit, caller.loopName(), parts(v, caller.array(v.array())));
                case SCATTERED -> scatter(v);
                case ACCUMULATED -> accumulate(v);
                case RECORDED -> v.bare() ? null : v.uses().stream().anyMatch(Use::promised) ? scatter(v) : accumulate(v);
                case LOCAL, FETCHED, ALIGNED, BORROWED, LENT, REDUCED, SCANNED -> null;
            };
            if (recorder != null) {
                boolean merge = v.mode() == View.Mode.MERGED;
                JavaExpr kept = caller.spill(recorder, unit.use(merge ? LoopApi.MERGE : LoopApi.SCATTER),
                        v.array().name() + (merge ? "Merge" : "Scatter"));
                caller.bindRecorder(v, kept);
                ending.add(kept);
            }
        }
    }

    private void maps() {
        for (MapChange change : MapChange.of(loop.body(), loop.reductions())) {
            MapRecorder recorder = MapRecorder.make(change, loop, caller, scope);
            caller.bindMap(recorder);
            ending.add(recorder.recorder());
        }
    }

    private JavaExpr scatter(View v) {
        boolean unique = v.uses().stream().anyMatch(u -> u.key().stream().anyMatch(e -> Recorders.withoutUnique(e) != e));
        return unique
                ? LoopApi.SCATTER_UNIQUE.call(unit, caller.loopName(), parts(v, caller.array(v.array())),
                        JavaExpr.stable("\"" + v.array().name() + "\""))
                : LoopApi.SCATTER_ASSIGN.call(unit, caller.loopName(), parts(v, caller.array(v.array())));
    }

    /** What the recorder of a view works on: the array, or the component of its elements that is stored. */
    private static JavaExpr parts(View v, JavaExpr array) {
        return v.path().isEmpty() ? array : LoopApi.COMPONENT.on(array, JavaExpr.primary(
                LoopGenerator.javaArray("int", v.path().stream().map(String::valueOf).toList())));
    }

    private JavaExpr accumulate(View v) {
        JavaExpr array = parts(v, caller.array(v.array()));
        Changes changes = Changes.of(loop, v);
        String operator = changes.operator();
        if (operator != null) {
            return LoopApi.SCATTER_UPDATE.call(unit, caller.loopName(), array, JavaExpr.stable(unit.use(RuntimeApi.OP) + "." + operator));
        }
        return LoopApi.SCATTER_CHANGES.call(unit, caller.loopName(), array, JavaExpr.primary("this::" + changes.write(scope, loop)),
                JavaExpr.primary(LoopGenerator.javaArray(unit.use(RuntimeApi.CODEC) + "<?>", changes.codecs(scope))));
    }

    /** The view of a group through which the loop writes what it may read through {@code far}, null if there is none. */
    private static @Nullable View meeting(View far, List<View> views) {
        return views.stream().filter(w -> w.id() != far.id() && (w.mode() == View.Mode.FETCHED || w.mode() == View.Mode.ALIGNED) && far.mayMeet(w))
                .findFirst().orElse(null);
    }

    /** The test, once per loop, that no subscript leaves its domain; null if that is certain. */
    private @Nullable String inside() {
        List<String> tests = new ArrayList<>();
        for (View v : loop.views()) {
            if (v.bare() || recorded(v)) {
                continue;
            }
            JavaExpr need = needs.around(v, v.array().name() + "Touches", u -> Insides.testable(u, v, loop));
            if (need != null) {
                tests.add(LoopApi.INSIDE.on(caller.loopName(), caller.array(v.array()), need).text());
            }
            if (Direct.any(v, loop)) {
                tests.add(LoopApi.DENSE.call(unit, caller.view(v), caller.array(v.array())).text());
            }
        }
        return tests.isEmpty() ? null : String.join(" && ", tests);
    }

    /** Whether the runtime checks the subscripts of what is stored. */
    private static boolean recorded(View v) {
        return v.mode() == View.Mode.SCATTERED || v.mode() == View.Mode.ACCUMULATED || v.mode() == View.Mode.SCANNED;
    }

    private void nest() {
        String inside = inside();
        boolean tree = slots.stream().anyMatch(Slot::tree);
        boolean scheduled = !(loop.schedule() instanceof Schedule.Block);
        boolean byRow = tree || loop.scan() != null || scheduled;
        JavaExpr spec = slots.isEmpty() && !scheduled ? null : spec();
        boolean vector = loop.form() == Form.VECTOR;
        String plain = new NestWriter(caller, slots, byRow, false).write(vector);
        String checked = inside == null ? null : new NestWriter(caller, slots, byRow, true).write(false);
        if (!byRow) {
            box(inside, spec, plain, vector ? new NestWriter(caller, slots, false, false).writeBlocks() : null, checked);
            return;
        }
        String lambda = "(" + caller.named("i0") + ", " + caller.named("i1") + ", " + caller.named("from") + ", " + caller.named("to")
                + ", " + caller.named("slots") + ") -> ";
        if (loop.scan() != null) {
            scan(inside, lambda + plain, checked == null ? null : lambda + checked);
            return;
        }
        if (scheduled && spec != null) {
            String kernel = inside == null ? lambda + plain : kernel(inside, LoopApi.LEAF_KERNEL, LoopApi.PRECISE_LEAF, lambda + plain, lambda + checked);
            JavaExpr run = new ScheduledNest(caller, needs).run(spec, kernel);
            if (slots.isEmpty()) {
                out.line(run + ";");
            } else {
                total = caller.spill(run, unit.use(LoopApi.SLOTS), "total");
            }
            return;
        }
        String name = scope.names().fresh("total");
        total = JavaExpr.stable(name);
        String type = unit.use(LoopApi.SLOTS);
        String run = unit.use(LoopApi.TREE_REDUCE) + ".run(" + caller.loopName() + ", " + spec + ", ";
        if (inside == null) {
            out.line("final " + type + " " + name + " = " + run + lambda + plain + ");");
        } else {
            String kernel = kernel(inside, LoopApi.LEAF_KERNEL, LoopApi.PRECISE_LEAF, lambda + plain, lambda + checked);
            out.line("final " + type + " " + name + " = " + run + kernel + ");");
        }
    }

    /** The nest over boxes: this rank's, or one for each of its threads. */
    private void box(@Nullable String inside, @Nullable JavaExpr spec, String rows, NestWriter.@Nullable Blocks blocks, @Nullable String checked) {
        String lambda = "(" + caller.named("box") + ", " + caller.named("slots") + ") -> ";
        String plain = blocks == null
                ? lambda + rows
                : LoopApi.BLOCKED.call(unit, JavaExpr.primary(lambda + blocks.call()), JavaExpr.primary(lambda + rows),
                        JavaExpr.stable(Integer.toString(blocks.rows())), JavaExpr.primary(blocks.columns())).text();
        JavaExpr kernel = JavaExpr.primary(inside == null || checked == null ? plain : kernel(inside, LoopApi.BOX_KERNEL, LoopApi.PRECISE_BOX, plain, lambda + checked));
        if (spec == null) {
            out.line(LoopApi.RUN_BOX.on(caller.loopName(), kernel) + ";");
        } else {
            total = caller.spill(LoopApi.REDUCE_BOX.on(caller.loopName(), spec, kernel), unit.use(LoopApi.SLOTS), "total");
        }
    }

    private String kernel(String inside, String type, RuntimeMethod precise, String plain, String checked) {
        String name = scope.names().fresh("kernel");
        out.line("final " + unit.use(type) + " " + name + " = " + inside);
        boolean direct = loop.views().stream().anyMatch(v -> Direct.any(v, loop));
        out.line("        ? " + (direct ? precise.call(unit, JavaExpr.primary(plain), JavaExpr.primary(checked)).text() : plain));
        out.line("        : " + checked + ";");
        return name;
    }

    private void scan(@Nullable String inside, String plain, @Nullable String checked) {
        var result = Objects.requireNonNull(loop.result());
        LoopReduction r = new LoopReduction(loop.span(), result, Objects.requireNonNull(loop.scan()), ((Type.Array) result.type()).element().asValue(), false);
        JavaExpr spec = JavaExpr.primary(new Reducers(scope).spec(List.of(Slot.single(r)), caller));
        String kernel = inside == null || checked == null
                ? plain
                : kernel(inside, LoopApi.SCAN_KERNEL, LoopApi.PRECISE_SCAN, plain, checked);
        JavaExpr element = unit.types().elemType(((Type.Array) loop.result().type()).element());
        array = caller.spill(LoopApi.SCAN_RUN.call(unit, caller.loopName(), spec, element, JavaExpr.primary(kernel)),
                unit.use(LoopApi.PEL_ARRAY), "scanned");
    }

    private JavaExpr spec() {
        String text = new Reducers(scope).spec(slots, caller);
        String type = unit.use(LoopApi.REDUCE_SPEC);
        boolean constant = slots.stream().noneMatch(s -> s.kind() == Slot.Kind.OBJECT || s.kind() == Slot.Kind.OBJECT_LANES || s.kind() == Slot.Kind.ARRAY
                || s.kind() == Slot.Kind.MAP);
        return constant
                ? JavaExpr.stable(unit.constant(type, "REDUCE_" + loop.span().line(), text))
                : caller.spill(JavaExpr.primary(text), type, "spec");
    }

    private JavaExpr value(Slot s) {
        LoopReduction r = s.reduction();
        return switch (s.kind()) {
            case LANES, FLOAT -> r.type() == Type.Scalar.FLOAT32
                    ? JavaExpr.prefix("(float) ", JavaExpr.primary(total + ".f[" + s.first() + "]"))
                    : JavaExpr.primary(total + ".f[" + s.first() + "]");
            case COMPONENTS -> {
                List<JavaExpr> parts = new ArrayList<>();
                for (int k = 0; k < s.width(); k++) {
                    parts.add(JavaExpr.primary(total + ".f[" + (s.first() + k) + "]"));
                }
                yield unit.types().construct(r.type(), parts).unstable();
            }
            case INT -> JavaExpr.primary(total + ".l[" + s.first() + "]");
            case BOOL -> new JavaExpr(total + ".l[" + s.first() + "] != 0", JavaExpr.EQUALITY, false);
            case OBJECT, OBJECT_LANES, ARRAY, MAP -> unit.types().unbox(r.type(), JavaExpr.primary(total + ".o[" + s.first() + "]"));
            case ARG -> JavaExpr.primary(unit.use(LoopApi.LANES) + ".found(" + total + ".at[" + s.first() + "])");
        };
    }

    /** {@code variable = variable op tree}. */
    private void assignReductions() {
        for (Slot s : slots) {
            LoopReduction r = s.reduction();
            if (!r.statement()) {
                continue;
            }
            if (s.kind() == Slot.Kind.ARRAY) {
                Reducers reducers = new Reducers(scope);
                out.line((r.byUser() ? LoopApi.COMBINE_BY : LoopApi.COMBINE).call(unit, caller.array(r.variable()),
                        JavaExpr.stable(r.byUser() ? reducers.lambda(r) : reducers.op(r.op())), value(s)) + ";");
                continue;
            }
            if (s.kind() == Slot.Kind.MAP) {
                out.line(RuntimeApi.MAP_COMBINE_ALL.on(scope.access().read(r.variable()), value(s),
                        JavaExpr.stable(MapAccumulator.operator(r, scope))) + ";");
                continue;
            }
            Target target = scope.access().variable(r.variable(), scope);
            JavaExpr combined = new Reducers(scope).apply(r, target.read(out), value(s), out);
            target.write(scope.expressions().operators().checkedStorage(r.variable().type(), combined), out);
        }
    }

    /** The array that the construct made. */
    JavaExpr array() {
        return java.util.Objects.requireNonNull(array);
    }

    /** The value of a reduction by comprehension. */
    JavaExpr value(TExpr.Reduce reduce) {
        if (reduce.op() == ReduceOp.Builtin.ARGMIN || reduce.op() == ReduceOp.Builtin.ARGMAX) {
            return position(reduce.type());
        }
        boolean mean = reduce.op() == ReduceOp.Builtin.MEAN;
        if (!(reduce.type() instanceof Type.Tuple tuple) || !(reduce.op() instanceof ReduceOp.Builtin)) {
            return mean ? mean(0) : checkedExtreme(0);
        }
        List<JavaExpr> parts = new ArrayList<>();
        for (int k = 0; k < tuple.elements().size(); k++) {
            parts.add(mean ? mean(2 * k) : value(slots.get(k)));
        }
        return unit.types().construct(reduce.type(), parts).unstable();
    }

    /** The least or greatest of no ints traps. */
    private JavaExpr checkedExtreme(int k) {
        Slot s = slots.get(k);
        boolean guarded = slots.size() == 2 && s.kind() == Slot.Kind.INT
                && (s.reduction().op() == ReduceOp.Builtin.MIN || s.reduction().op() == ReduceOp.Builtin.MAX);
        return guarded
                ? JavaExpr.primary(unit.use(LoopApi.LANES) + ".extreme(" + value(s) + ", " + value(slots.get(1)) + ")")
                : value(s);
    }

    private JavaExpr mean(int k) {
        Slot sum = slots.get(k);
        String count = value(slots.get(k + 1)).text();
        JavaExpr n = JavaExpr.primary(unit.use(LoopApi.LANES) + ".count(" + count + ")");
        Type type = sum.reduction().type();
        if (Column.components(type).isEmpty()) {
            return JavaExpr.infix(JavaExpr.PRODUCT, value(sum), "/", n);
        }
        return JavaExpr.primary(value(sum).receiver() + ".div(" + n + ")");
    }

    private JavaExpr position(Type type) {
        JavaExpr at = caller.spill(value(slots.getFirst()), "long", "at");
        List<JavaExpr> parts = new ArrayList<>();
        for (int d = 0; d < loop.axes(); d++) {
            parts.add(LoopApi.DOMAIN_INDEX.on(caller.space(), at, JavaExpr.stable(Integer.toString(d))));
        }
        return loop.axes() == 1 ? parts.getFirst() : unit.types().construct(type, parts).unstable();
    }
}
