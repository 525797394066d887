package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.Column;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.codegen.Target;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Schedule;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/**
 * Elements of a wavefront that the iteration before has had in hand already, kept in scalars: the west one that it stored, and the north-west one that it read as its north.
 * So the chain of dependences along a row goes through registers and not through memory.
 *
 * <pre>
 * h[i, j] = f(h[i-1, j-1], h[i-1, j], h[i, j-1])
 *
 * double hWest = h[row - 1];                        double hNorthWest = h[above - 1];
 * for (..) { final double hNorth = h[above + jj];   hWest = f(hNorthWest, hNorth, hWest);   h[row + jj] = hWest;   hNorthWest = hNorth; }
 * </pre>
 */
final class Carries {
    /** The scalar that holds what the iteration before has stored. */
    private record Carry(View view, String west, TStmt.Assign store, List<Long> shift) {}

    /** A row above: its element at the index and the one before. */
    private record Above(View view, String here, String before, Use use, Use useBefore) {}

    private final Kernel kernel;
    private final OwnedLoop loop;
    private final List<Carry> carries = new ArrayList<>();
    private final List<Above> rows = new ArrayList<>();
    private final Map<List<TExpr>, String> names = new IdentityHashMap<>();
    private final List<String> starts = new ArrayList<>();

    Carries(Kernel kernel) {
        this.kernel = kernel;
        this.loop = kernel.loop();
        Schedule.Wave wave = loop.wave();
        if (wave == null || !wave.serial().isEmpty() || kernel.checked() || !loop.unitSteps() || !wave.alongRows() || continues()) {
            return;
        }
        for (View v : loop.views()) {
            boolean inPlace = v.mode() == View.Mode.ALIGNED || v.mode() == View.Mode.FETCHED || v.mode() == View.Mode.MERGED;
            if (inPlace && !v.bare() && v.written() && isNumber(v)) {
                view(v);
            }
        }
    }

    private boolean continues() {
        boolean[] found = {false};
        loop.body().statements().forEach(s -> Trees.walkStatements(s, t -> found[0] |= t instanceof TStmt.Continue));
        return found[0];
    }

    private static boolean isNumber(View v) {
        Type element = ((Type.Array) v.array().type()).element();
        return (element == Type.Scalar.INT || element == Type.Scalar.FLOAT) && !Kernel.periodic(v);
    }

    private void view(View v) {
        List<Use> writes = loop.views().stream().filter(o -> o.array().equals(v.array())).flatMap(o -> o.uses().stream()).filter(Use::writes).toList();
        if (writes.size() != 1 || writes.getFirst().kind() != Use.Kind.WRITE) {
            return;
        }
        List<Long> shift = writes.getFirst().offset(loop.axes());
        int at = store(writes.getFirst().key());
        if (shift == null || at < 0) {
            return;
        }
        Set<List<TExpr>> later = keys(at + 1);
        List<Long> west = moved(shift, -1);
        List<Use> reads = v.uses().stream().filter(u -> !u.writes()).toList();
        boolean carried = reads.stream().anyMatch(u -> west.equals(u.offset(loop.axes())));
        boolean tooLate = reads.stream().anyMatch(u -> west.equals(u.offset(loop.axes())) && later.contains(u.key()));
        if (!carried || tooLate) {
            return;
        }
        Carry carry = new Carry(v, kernel.names().fresh(v.array().name() + "West"), (TStmt.Assign) loop.body().statements().get(at), shift);
        carries.add(carry);
        for (Use u : reads) {
            List<Long> offset = u.offset(loop.axes());
            if (west.equals(offset) || shift.equals(offset) && later.contains(u.key())) {
                names.put(u.key(), carry.west);
            }
        }
        above(v, shift, reads);
    }

    /** Rows that the loop does not write while it runs this one, of which it reads two neighbours. */
    private void above(View v, List<Long> shift, List<Use> reads) {
        int last = loop.axes() - 1;
        for (Use here : reads) {
            List<Long> offset = here.offset(loop.axes());
            if (offset == null || offset.subList(0, last).equals(shift.subList(0, last)) || names.containsKey(here.key())) {
                continue;
            }
            List<Long> before = moved(offset, -1);
            List<Use> second = reads.stream().filter(u -> before.equals(u.offset(loop.axes())) && !names.containsKey(u.key())).toList();
            if (second.isEmpty()) {
                continue;
            }
            String name = kernel.names().fresh(v.array().name() + "North");
            Above row = new Above(v, name, kernel.names().fresh(v.array().name() + "NorthWest"), here, second.getFirst());
            rows.add(row);
            reads.stream().filter(u -> offset.equals(u.offset(loop.axes()))).forEach(u -> names.put(u.key(), row.here));
            second.forEach(u -> names.put(u.key(), row.before));
        }
    }

    private static List<Long> moved(List<Long> offset, long by) {
        List<Long> other = new ArrayList<>(offset);
        other.set(other.size() - 1, other.getLast() + by);
        return other;
    }

    /** The number of the statement that stores there, if it is one that every iteration carries out; else -1. */
    private int store(List<TExpr> key) {
        List<TStmt> statements = loop.body().statements();
        for (int k = 0; k < statements.size(); k++) {
            if (statements.get(k) instanceof TStmt.Assign a && a.place() instanceof Place.Element e && e.subscripts() == key) {
                return k;
            }
        }
        return -1;
    }

    /** The subscripts of all elements from a statement on. */
    private Set<List<TExpr>> keys(int from) {
        Set<List<TExpr>> keys = Collections.newSetFromMap(new IdentityHashMap<>());
        List<TStmt> statements = loop.body().statements();
        statements.subList(from, statements.size()).forEach(s -> Trees.walk(s, e -> {
            if (e instanceof TExpr.Element x) {
                keys.add(x.subscripts());
            }
        }));
        return keys;
    }

    /** The scalar that holds an element, null if none does. */
    @Nullable String read(List<TExpr> subscripts) {
        return names.get(subscripts);
    }

    /** The target of a store; the scalar gets the value, too. */
    Target storing(List<TExpr> subscripts, Target stored, Scope scope) {
        for (Carry c : carries) {
            if (c.store.place() instanceof Place.Element e && e.subscripts() == subscripts) {
                return new Kept(scope, stored, c.west);
            }
        }
        return stored;
    }

    /** At the start of an iteration. {@code places} gives the place of an element. */
    void begin(JavaBody body, java.util.function.BiFunction<View, Use, JavaExpr> places) {
        starts.clear();
        for (Carry c : carries) {
            Use read = c.view.uses().stream().filter(u -> c.west.equals(names.get(u.key())) && !c.shift.equals(u.offset(loop.axes()))).findFirst().orElseThrow();
            start(c.view, c.west, places.apply(c.view, read));
        }
        for (Above a : rows) {
            start(a.view, a.before, places.apply(a.view, a.useBefore));
            body.line("final " + javaType(a.view) + " " + a.here + " = " + element(a.view, places.apply(a.view, a.use).text()) + ";");
        }
    }

    /** At the end of an iteration. */
    void end(JavaBody body) {
        rows.forEach(a -> body.line(a.before + " = " + a.here + ";"));
    }

    /** In front of the innermost loop, after the rows. */
    void declare(JavaBody body) {
        starts.forEach(body::line);
    }

    private void start(View v, String name, JavaExpr place) {
        // The innermost loop counts from 0.
        String text = place.text().replaceFirst(" \\+ " + kernel.counter() + "$", "");
        starts.add(javaType(v) + " " + name + " = " + element(v, text) + ";");
    }

    private String element(View v, String place) {
        Type element = ((Type.Array) v.array().type()).element();
        return Column.of(element).getFirst().load(kernel.column(v, Column.of(element).getFirst(), 0), place).text();
    }

    private String javaType(View v) {
        return kernel.unit().types().of(((Type.Array) v.array().type()).element());
    }

    private record Kept(Scope scope, Target stored, String name) implements Target {
        @Override
        public Type type() {
            return stored.type();
        }

        @Override
        public JavaExpr read(JavaBody out) {
            return stored.read(out);
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            out.line(name + " = " + value + ";");
            stored.write(JavaExpr.stable(name), out);
        }

        @Override
        public Target component(int index) {
            throw new org.pellang.compiler.diagnostic.CompilerBug("component of a number in " + scope);
        }
    }
}
