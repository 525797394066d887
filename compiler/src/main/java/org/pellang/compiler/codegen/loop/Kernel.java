package org.pellang.compiler.codegen.loop;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.Column;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.JavaUnit;
import org.pellang.compiler.codegen.Names;
import org.pellang.compiler.ir.Interval;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/**
 * One outlined method under construction: its parameters, the rows that are hoisted in front of the innermost loop, and where each
 * array element lies. The innermost loop counts an int {@code jj} from 0; the index of the last axis is {@code base + jj}.
 */
final class Kernel {
    private final Caller caller;
    private final boolean checked;
    private final Names names;
    private final Params params;
    /** Java texts of the loop's indices but the last, all long. */
    private final String[] outer;
    private final String base;
    private final String counter;
    private JavaBody rows;
    private Map<String, String> rowNames = new HashMap<>();
    private final Map<List<TExpr>, View> viewOfUse = new IdentityHashMap<>();
    private final Map<List<TExpr>, Use> uses = new IdentityHashMap<>();
    private final Set<Var> counted = new HashSet<>();
    private final Positions positions;
    /** Columns of arrays that the method makes itself (accumulators), by view id. */
    private final Map<Integer, String> ownArrays = new HashMap<>();

    /**
     * @param checked whether subscripts are compared with the domain one by one, because some may be outside
     * @param rows receives what is hoisted out of the innermost loop
     */
    Kernel(Caller caller, boolean checked, JavaBody rows) {
        this.caller = caller;
        this.checked = checked;
        this.names = caller.unit().names().inner();
        this.params = new Params(names);
        this.rows = rows;
        OwnedLoop loop = caller.loop();
        positions = new Positions(loop);
        outer = new String[loop.axes() - 1];
        for (int d = 0; d < outer.length; d++) {
            outer[d] = names.fresh(loop.indices().get(d).name());
        }
        String last = loop.indices().getLast().name();
        base = names.fresh(last + "0");
        counter = names.fresh(last + last);
        for (View v : loop.views()) {
            // The runtime checks these one by one, so the loop does not know that they lie in the array.
            boolean recorded = v.mode() == View.Mode.SCATTERED || v.mode() == View.Mode.ACCUMULATED || v.mode() == View.Mode.SCANNED;
            for (Use u : v.uses()) {
                if (!v.bare()) {
                    viewOfUse.put(u.key(), v);
                    // The argument of a call that changes it is both read and written.
                    if (u.writes() || !uses.containsKey(u.key())) {
                        uses.put(u.key(), u);
                    }
                }
                u.subscripts().forEach(s -> {
                    if (s.linear() != null && s.interval() != null && !recorded) {
                        counted.addAll(s.linear().factors().keySet());
                    }
                });
            }
        }
    }

    Caller caller() {
        return caller;
    }

    OwnedLoop loop() {
        return caller.loop();
    }

    JavaUnit unit() {
        return caller.unit();
    }

    Names names() {
        return names;
    }

    Params params() {
        return params;
    }

    boolean checked() {
        return checked;
    }

    /** Name of the index of an outer axis. */
    String outer(int d) {
        return outer[d];
    }

    /** Invariants that are hoisted from now on go here, and none that are known already count. */
    void hoistInto(JavaBody body) {
        rows = body;
        rowNames = new HashMap<>();
    }

    /** What is written now stands for the row with this index of the last outer axis; gives the name that it had. */
    String onRow(String name) {
        String before = outer[outer.length - 1];
        outer[outer.length - 1] = name;
        return before;
    }

    /** The index of the last axis at which the innermost loop starts. */
    String base() {
        return base;
    }

    /** The int that the innermost loop counts. */
    String counter() {
        return counter;
    }

    /** Whether the index of a sequential loop is used in subscripts that all lie in the array, so that the loop should and can count an int. */
    boolean countsInt(Var index) {
        return counted.contains(index) && !checked;
    }

    /** Subscripts that follow the index of a sequential loop and are compared with the domain as positions. */
    List<Positions.Followed> followed(Var index) {
        return checked ? List.of() : positions.of(index);
    }

    /** Whether the end of the Java array tells whether a subscript lies in the domain, see {@link Direct}. */
    boolean isDirect(Use use, View view) {
        return !checked && Direct.is(use, view, loop());
    }

    @Nullable View viewOf(List<TExpr> subscripts) {
        return viewOfUse.get(subscripts);
    }

    Use use(List<TExpr> subscripts) {
        return Objects.requireNonNull(uses.get(subscripts), "not a use of this nest");
    }

    /** The view through which an array as a whole is used. */
    @Nullable View bareView(Var array) {
        return loop().views().stream().filter(v -> v.bare() && v.array().equals(array)).findFirst().orElse(null);
    }

    /** The value of a loop index. */
    JavaExpr index(int d) {
        return d < outer.length
                ? JavaExpr.stable(outer[d])
                : new JavaExpr(base + " + " + counter, JavaExpr.SUM, true);
    }

    /** The name of an invariant of the innermost loop, computed once per row. */
    String row(String text, String hint) {
        if (text.matches("[A-Za-z_][A-Za-z_0-9]*")) {
            return text;
        }
        return rowNames.computeIfAbsent(text, t -> {
            String name = names.fresh(hint);
            rows.line("final int " + name + " = " + t + ";");
            return name;
        });
    }

    /** Elements of this view are those of an array that the method has in the local {@code name}. */
    void ownArray(View view, String name) {
        ownArrays.put(view.id(), name);
    }

    /** The Java array with one column of a view. */
    String column(View view, Column kind, int number) {
        String own = ownArrays.get(view.id());
        if (own != null) {
            return own + "_" + number;
        }
        String argument = caller.view(view) + "." + kind.accessor() + "(" + number + ")";
        String hint = number == 0 ? view.array().name() : view.array().name() + "_" + number;
        return params.of(kind.javaType() + "[]", hint, argument);
    }

    /** The offset of a view's geometry. */
    String offset(View view) {
        return params.of("int", "off", caller.view(representative(view)) + ".offset()");
    }

    /** The stride of an axis of a view's geometry, empty for the last: it is 1. */
    String stride(View view, int axis) {
        int axes = ((Type.Array) view.array().type()).axes();
        return axis == axes - 1
                ? ""
                : params.of("int", "s" + axis, caller.view(representative(view)) + ".stride(" + axis + ")");
    }

    private View representative(View view) {
        return view.group() < 0
                ? view
                : loop().views().stream().filter(v -> v.group() == view.group()).findFirst().orElse(view);
    }

    /** A bound of the array's domain. */
    String domainEnd(View view, int axis, boolean high) {
        String argument = caller.array(view.array()) + ".domain()." + (high ? "hi(" : "lo(") + axis + ")";
        return params.of("long", high ? "hi" : "lo", argument);
    }

    /** Number of indices on an axis of the array's domain, as an int. */
    String extent(View view, int axis) {
        JavaExpr domain = JavaExpr.primary(caller.array(view.array()) + ".domain()");
        return params.of("int", "extent", LoopApi.EXTENT.call(unit(), domain, JavaExpr.stable(Integer.toString(axis))).text());
    }

    /** Whether the subscript of an axis must be compared with the domain at each access. */
    boolean needsCheck(Use use, View view, int axis) {
        Interval interval = use.subscripts().get(axis).interval();
        return interval == null || view.onCopy() && periodic(view) || (checked && !Insides.proved(use, view, loop()) && !wrapsByGhosts(view));
    }

    private static boolean wrapsByGhosts(View view) {
        return view.mode() != View.Mode.LOCAL && view.mode() != View.Mode.MERGED && !view.onCopy() && periodic(view);
    }

    /** Whether subscripts of the view's array wrap. */
    static boolean periodic(View view) {
        return view.array().type() instanceof Type.Array a && a.distribution().periodic();
    }
}
