package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.JavaUnit;
import org.pellang.compiler.codegen.RuntimeMethod;
import org.pellang.compiler.codegen.RuntimeApi;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.ir.Bound;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.MapChange;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Schedule;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** The place in sequential code where a divided loop stands: how it names the loop's arrays, bounds and captured values. */
final class Caller {
    private final OwnedLoop loop;
    private final Scope scope;
    private final JavaBody out;
    private final JavaExpr space;
    private final JavaExpr loopName;
    private final Map<Integer, JavaExpr> views = new HashMap<>();
    private final Map<String, String> roles = new HashMap<>();
    private final Map<Integer, JavaExpr> recorders = new HashMap<>();
    private final Map<Var, JavaExpr> arrays = new HashMap<>();
    private final List<MapRecorder> maps = new ArrayList<>();
    private final Map<String, JavaExpr> hoisted = new HashMap<>();
    private Map<Integer, JavaExpr> gathers = Map.of();

    Caller(OwnedLoop loop, Scope scope, JavaBody out) {
        this.loop = loop;
        this.scope = scope;
        this.out = out;
        this.space = spill(scope.expressions().value(loop.space(), out), unit().use(LoopApi.DOMAIN), "space");
        JavaExpr over = over(loop).call(unit(), scope.rank(), unit().site(loop.span(), loop.construct()), space);
        this.loopName = spill(onUnit(over), unit().use(LoopApi.PARALLEL_LOOP), "loop");
    }

    /** The loop on the unit that it asks for. */
    private JavaExpr onUnit(JavaExpr over) {
        if (loop.construct().equals("inspector") || !MapChange.of(loop.body(), loop.reductions()).isEmpty()) {
            // Elements are listed, and changes of maps recorded, in one object.
            return LoopApi.ON_THREADS.on(over, JavaExpr.stable("1L"));
        }
        TExpr threads = loop.work().threads();
        return switch (loop.work().unit()) {
            case ANY, SIMD -> canOverlap() ? LoopApi.OVERLAPPING.on(over) : over;
            case THREADS -> threads == null ? over : LoopApi.ON_THREADS.on(over, scope.expressions().value(threads, out));
            case GPU -> LoopApi.ON_GPU.on(over);
        };
    }

    /** Whether iterations may run in any order and touch nothing but aligned arrays: then those that read no ghost cell can run while these travel. */
    private boolean canOverlap() {
        boolean halo = loop.before().stream().anyMatch(CommOp.Halo.class::isInstance);
        boolean order = loop.scan() != null || loop.result() != null || !loop.unitSteps() || !(loop.schedule() instanceof Schedule.Block) || !loop.hidden().isEmpty();
        return halo && !order && loop.reductions().stream().allMatch(r -> r.exact() && r.type() instanceof Type.Scalar)
                && loop.views().stream().allMatch(v -> !v.bare()
                        && (v.mode() == View.Mode.LOCAL || v.mode() == View.Mode.ALIGNED && v.uses().stream().allMatch(u -> u.isNear(loop.axes()))));
    }

    private static RuntimeMethod over(OwnedLoop loop) {
        return switch (loop.schedule()) {
            case Schedule.Block _ -> LoopApi.OVER;
            case Schedule.Wave w -> w.serial().isEmpty() ? LoopApi.OVER_TILED : LoopApi.OVER_ON_ONE;
            case Schedule.Chunks _ -> LoopApi.OVER_ANYWHERE;
        };
    }

    OwnedLoop loop() {
        return loop;
    }

    Scope scope() {
        return scope;
    }

    JavaUnit unit() {
        return scope.unit();
    }

    JavaBody out() {
        return out;
    }

    /** The iteration space. */
    JavaExpr space() {
        return space;
    }

    /** The runtime's object of the loop. */
    JavaExpr loopName() {
        return loopName;
    }

    /** The name of a parameter of the loop's lambdas ({@code i0 i1 from to slots}, {@code box slots}). */
    String named(String role) {
        return roles.computeIfAbsent(role, scope.names()::fresh);
    }

    /** In an inspector: the objects that list the elements, by view of the loop that follows. */
    void bindGathers(Map<Integer, JavaExpr> lists) {
        gathers = lists;
    }

    JavaExpr gather(int view) {
        return java.util.Objects.requireNonNull(gathers.get(view));
    }

    /** Keeps a value in a final local, so that lambdas may use it. */
    JavaExpr spill(JavaExpr value, String javaType, String hint) {
        return scope.spill(value, javaType, hint, out);
    }

    /** The program's array, not a view of it. */
    JavaExpr array(Var v) {
        JavaExpr known = arrays.get(v);
        if (known == null) {
            known = spill(scope.access().read(v), unit().use(LoopApi.PEL_ARRAY), v.name() + "Array");
            arrays.put(v, known);
        }
        return known;
    }

    /** Names the array that the construct makes. */
    void bindArray(Var v, JavaExpr text) {
        arrays.put(v, text);
    }

    void bindView(View view, JavaExpr text) {
        views.put(view.id(), text);
    }

    boolean isBound(View view) {
        return views.containsKey(view.id());
    }

    /** The array through which a view's elements are reached. */
    JavaExpr view(View view) {
        JavaExpr known = views.get(view.id());
        return known != null ? known : array(view.array());
    }

    /** Names the object that records the stores of a view. */
    void bindRecorder(View view, JavaExpr text) {
        recorders.put(view.id(), text);
    }

    void bindMap(MapRecorder recorder) {
        maps.add(recorder);
    }

    /** The maps that the loop changes. */
    List<MapRecorder> maps() {
        return maps;
    }

    JavaExpr recorder(View view) {
        return java.util.Objects.requireNonNull(recorders.get(view.id()));
    }

    /** A captured variable. */
    JavaExpr captured(Var v) {
        if (v.type() instanceof Type.MapOf m && m.distributed()) {
            // Keys cannot be listed beforehand: every rank gets the whole map for the loop.
            return hoisted.computeIfAbsent("var " + v.id(), k -> spill(
                    RuntimeApi.MAPS_REPLICA.call(unit(), scope.access().read(v), unit().site(loop.span(), loop.construct())),
                    unit().types().of(v.type()), v.name()));
        }
        return hoisted.computeIfAbsent("var " + v.id(), k -> spill(scope.access().read(v), unit().types().of(v.type()), v.name()));
    }

    /** A bound as a long expression, where {@code from[d]} and {@code to[d]} are the ends of a rank's part of the loop. */
    String bound(Bound b, String from, String to) {
        return switch (b) {
            case Bound.Const c -> c.value() + "L";
            case Bound.LoopEnd e -> (e.high() ? to : from) + "[" + e.axis() + "]";
            case Bound.Value v -> value(v.expression()).text();
            case Bound.DomainEnd d -> {
                JavaExpr domain = value(d.domain());
                yield (d.high() ? LoopApi.DOMAIN_HI : LoopApi.DOMAIN_LO).on(domain, JavaExpr.stable(Integer.toString(d.axis()))).text();
            }
            case Bound.Sum s when s.right() instanceof Bound.Const c && c.value() < 0 && c.value() != Long.MIN_VALUE ->
                bound(s.left(), from, to) + " - " + -c.value() + "L";
            case Bound.Sum s -> bound(s.left(), from, to) + " + " + bound(s.right(), from, to);
            case Bound.Scaled s -> s.factor() + "L * (" + bound(s.of(), from, to) + ")";
            case Bound.Quotient q -> "Math.floorDiv(" + bound(q.of(), from, to) + ", " + q.divisor() + "L)";
            case Bound.Extreme e -> "Math." + (e.larger() ? "max" : "min") + "(" + bound(e.left(), from, to) + ", "
                    + bound(e.right(), from, to) + ")";
        };
    }

    private JavaExpr value(TExpr e) {
        if (e instanceof TExpr.Read r) {
            return captured(r.variable());
        }
        Type type = e.type();
        return hoisted.computeIfAbsent("value " + e, k -> spill(
                scope.expressions().value(e, out), unit().types().of(type), type instanceof Type.Domain ? "domain" : "bound"));
    }
}
