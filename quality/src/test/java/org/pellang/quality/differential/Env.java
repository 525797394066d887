package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a generated expression or statement may use where it stands. */
final class Env {

    /** A scalar variable. */
    record Variable(String name, Kind kind, boolean assignable) {}

    /**
     * An index set. Bounds are included; a distributed one has a name.
     *
     * @param text how it is written as a space
     */
    record Space(String text, boolean distributed, boolean periodic, long[] lo, long[] hi) {
        int axes() {
            return lo.length;
        }

        long extent(int d) {
            return Math.max(0, hi[d] - lo[d] + 1);
        }

        long size() {
            long n = 1;
            for (int d = 0; d < axes(); d++) {
                n *= extent(d);
            }
            return n;
        }
    }

    /** An array variable over a space. */
    record ArrayInfo(String name, Kind.Element element, Space space, boolean assignable) {}

    /** A loop index and its bounds. */
    record Index(String name, long lo, long hi) {}

    /** A scalar function. */
    record Function(String name, List<Kind> params, Kind result) {}

    final List<Variable> variables = new ArrayList<>();
    final List<ArrayInfo> arrays = new ArrayList<>();
    final List<Function> functions;
    final List<Index> indices = new ArrayList<>();
    /** Arrays that the loop around writes: they may be read at the own index only. */
    final Set<String> written = new HashSet<>();
    /** Arrays that may not be read at all: scattered targets. */
    final Set<String> hidden = new HashSet<>();
    /** The space of the divided loop around, as far as subscripts equal to its indices go. */
    Space loop = new Space("", false, false, new long[0], new long[0]);
    /** How far a constant offset may go from the loop's indices without leaving {@link #loop}. */
    long margin;
    /** Inside a divided loop: nothing collective. */
    boolean parallel;
    /** Inside a function: no top-level arrays. */
    boolean function;
    /** May trap. */
    boolean dangerous;

    Env(List<Function> functions) {
        this.functions = functions;
    }

    /** A nested scope. */
    Env child() {
        Env env = new Env(functions);
        env.variables.addAll(variables);
        env.arrays.addAll(arrays);
        env.indices.addAll(indices);
        env.written.addAll(written);
        env.hidden.addAll(hidden);
        env.loop = loop;
        env.margin = margin;
        env.parallel = parallel;
        env.function = function;
        env.dangerous = dangerous;
        return env;
    }

    List<Variable> of(Kind kind) {
        return variables.stream().filter(v -> v.kind() == kind).toList();
    }

    List<Variable> assignable(Kind kind) {
        return variables.stream().filter(v -> v.kind() == kind && v.assignable()).toList();
    }

    /** Arrays of a kind that an expression may read here. */
    List<ArrayInfo> readable(Kind kind) {
        return arrays.stream()
                .filter(a -> a.element().kind() == kind && !hidden.contains(a.name()) && a.space().size() > 0)
                .filter(a -> !written.contains(a.name()) || a.space() == loop)
                .toList();
    }
}
