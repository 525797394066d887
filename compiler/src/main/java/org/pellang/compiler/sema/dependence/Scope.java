package org.pellang.compiler.sema.dependence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/**
 * What is known at one place of a loop body: integer values of names, arrays that parameters of an inlined function stand for,
 * and facts. Scopes nest: a child sees its parent's facts, not the other way round.
 */
final class Scope {
    private final @Nullable Scope parent;
    /** Whether it is that of a divided loop: what is around it holds for all iterations. */
    private final boolean loop;
    private final Map<Var, Index> values = new HashMap<>();
    private final Map<Var, ArrayRef> arrays = new HashMap<>();
    private final Map<Var, TExpr.FunctionValue> functions = new HashMap<>();
    private final Map<Var, Boolean> locals = new HashMap<>();
    private final Map<Var, IndexReader.Known> known = new HashMap<>();
    private final Set<Constraint> facts = new LinkedHashSet<>();
    /** The facts by the names in them. */
    private final Map<String, List<Constraint>> factsOf = new HashMap<>();
    private final Counter counter;

    /** Hands out names for fresh unknowns. */
    static final class Counter {
        private final MaskBits bits = new MaskBits();
        private final Alternatives alternatives = new Alternatives();
        private int next;
        private int unproved;

        Atom local(String hint) {
            return Atom.local(hint + "$" + next++);
        }
    }

    /** The array or record element that a name stands for. */
    record ArrayRef(Var root, List<String> path, List<Index> subscripts) {}

    Scope(@Nullable Scope parent, Counter counter) {
        this(parent, counter, false);
    }

    private Scope(@Nullable Scope parent, Counter counter, boolean loop) {
        this.parent = parent;
        this.counter = counter;
        this.loop = loop;
    }

    Scope child() {
        return new Scope(this, counter);
    }

    /** The scope of a divided loop. */
    Scope ofLoop() {
        return new Scope(this, counter, true);
    }

    /** A scope that knows nothing, with unknowns of its own. */
    Scope detached() {
        return new Scope(null, counter);
    }

    /** The masked values that the facts speak of. */
    MaskBits bits() {
        return counter.bits;
    }

    void bind(Var v, Index value) {
        locals.put(v, true);
        values.put(v, value);
    }

    void bind(Var v, ArrayRef array) {
        arrays.put(v, array);
    }

    void bind(Var v, TExpr.FunctionValue function) {
        functions.put(v, function);
    }

    TExpr.@Nullable FunctionValue function(Var v) {
        for (Scope s = this; s != null; s = s.parent) {
            TExpr.FunctionValue found = s.functions.get(v);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Declares a name of the loop body whose value is not followed. */
    void local(Var v) {
        locals.put(v, true);
    }

    void fact(Constraint constraint) {
        if (facts.add(constraint)) {
            names(constraint.expression()).forEach(name -> factsOf.computeIfAbsent(name, n -> new ArrayList<>(1)).add(constraint));
        }
    }

    /** The names of all unknowns in an expression. */
    static Set<String> names(Linear expression) {
        Set<String> names = new LinkedHashSet<>();
        for (Atom atom : expression.terms().keySet()) {
            names.addAll(atom.factors());
            names.add(atom.name());
        }
        return names;
    }

    /** The facts that have to do with a value: they share an unknown with it, or with such a fact. Costs no more than there are of them. */
    List<Constraint> relevant(Linear value) {
        return relevant(names(value));
    }

    /** The same with what holds already. */
    List<Constraint> relevant(List<Constraint> system) {
        Set<String> names = new LinkedHashSet<>();
        system.forEach(c -> names.addAll(names(c.expression())));
        return relevant(names);
    }

    private List<Constraint> relevant(Set<String> names) {
        Set<Constraint> chosen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.removeFirst();
            for (Scope s = this; s != null; s = s.parent) {
                for (Constraint c : s.factsOf.getOrDefault(name, List.of())) {
                    if (chosen.add(c)) {
                        names(c.expression()).stream().filter(names::add).forEach(open::add);
                    }
                }
            }
        }
        return List.copyOf(chosen);
    }

    @Nullable Index value(Var v) {
        for (Scope s = this; s != null; s = s.parent) {
            Index found = s.values.get(v);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Nullable ArrayRef array(Var v) {
        for (Scope s = this; s != null; s = s.parent) {
            ArrayRef found = s.arrays.get(v);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    boolean isLocal(Var v) {
        for (Scope s = this; s != null; s = s.parent) {
            if (s.locals.containsKey(v)) {
                return true;
            }
        }
        return false;
    }

    /** The facts within the innermost divided loop around, those of its head included. */
    List<Constraint> loopFacts() {
        List<Constraint> all = new ArrayList<>();
        for (Scope s = this; s != null; s = s.loop ? null : s.parent) {
            all.addAll(s.facts);
        }
        return all;
    }

    /** What is around the innermost divided loop. */
    Scope aroundLoop() {
        for (Scope s = this; s.parent != null; s = s.parent) {
            if (s.loop) {
                return s.parent;
            }
        }
        return this;
    }

    /** Unknowns that are one of a few values. */
    Alternatives alternatives() {
        return counter.alternatives;
    }

    /** What was added to this scope itself. */
    List<Constraint> ownFacts() {
        return List.copyOf(facts);
    }

    /** Whether a value is provably not negative. */
    boolean proves(Linear value) {
        if (value.isConstant()) {
            return value.constant() >= 0;
        }
        boolean proved = LinearSystem.provesPositive(relevant(value), value.plus(1));
        counter.unproved += proved ? 0 : 1;
        return proved;
    }

    /** How often something could not be proved, in this scope and those that share its unknowns. */
    int unproved() {
        return counter.unproved;
    }

    boolean hasFacts() {
        return !facts.isEmpty() || parent != null && parent.hasFacts();
    }

    /** What a name of outside the loop stands for at this place; found out once. */
    IndexReader.Known known(Var v, Supplier<IndexReader.Known> find) {
        IndexReader.Known found = known.get(v);
        if (found == null) {
            found = find.get();
            known.put(v, found);
        }
        return found;
    }

    Index fresh(String hint) {
        return Index.of(Linear.of(counter.local(hint)));
    }

    /** Adds what a condition says, as far as it is linear; {@code holds} false: its negation. */
    void assume(TExpr condition, boolean holds, IndexReader reader) {
        switch (condition) {
            case TExpr.Logical l when l.conjunction() == holds -> {
                assume(l.left(), holds, reader);
                assume(l.right(), holds, reader);
            }
            case TExpr.Unary u when u.op() == TExpr.UnaryOp.NOT -> assume(u.operand(), !holds, reader);
            case TExpr.Compare c -> compare(c, holds, reader);
            default -> {}
        }
    }

    private void compare(TExpr.Compare c, boolean holds, IndexReader reader) {
        if (c.left().type() != org.pellang.compiler.sema.type.Type.Scalar.INT) {
            return;
        }
        Linear left = reader.linear(c.left(), this);
        Linear right = reader.linear(c.right(), this);
        TExpr.CompareOp op = holds ? c.op() : negate(c.op());
        switch (op) {
            case EQ -> fact(Constraint.zero(left.minus(right)));
            case NE -> fact(Constraint.different(left, right));
            case LT -> fact(Constraint.ordered(left.plus(1), right));
            case LE -> fact(Constraint.ordered(left, right));
            case GT -> fact(Constraint.ordered(right.plus(1), left));
            case GE -> fact(Constraint.ordered(right, left));
        }
    }

    private static TExpr.CompareOp negate(TExpr.CompareOp op) {
        return switch (op) {
            case EQ -> TExpr.CompareOp.NE;
            case NE -> TExpr.CompareOp.EQ;
            case LT -> TExpr.CompareOp.GE;
            case LE -> TExpr.CompareOp.GT;
            case GT -> TExpr.CompareOp.LE;
            case GE -> TExpr.CompareOp.LT;
        };
    }
}
