package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.dependence.LinearSystem.Relation;

/**
 * Systems with products {@code symbol * unknown}, the symbol being provably positive. An equation {@code s*Q + R == 0} has three cases: Q is 0, or at
 * least 1 (the common divisor of its terms) and then {@code s*Q >= s}, or at most -1. Inequalities are multiplied with {@code s - 1 >= 0}, which relates {@code s*x} to {@code x}
 * (reformulation-linearization: H. D. Sherali, W. P. Adams, SIAM J. Discrete Math. 3(3), 1990).
 */
final class ProductSplit {
    private static final int MAX_DEPTH = 4;
    private static final int MAX_SYSTEMS = 400;

    private final List<Constraint> system;
    private final Effort effort;
    /** How many systems may still be looked at. */
    private int left = MAX_SYSTEMS;

    ProductSplit(List<Constraint> system, Effort effort) {
        this.system = system;
        this.effort = effort;
    }

    /** Whether it is proved that no integers satisfy all constraints. */
    boolean infeasible() {
        if (new LinearSystem(system, effort).infeasible()) {
            return true;
        }
        Set<String> all = new TreeSet<>();
        system.forEach(c -> c.expression().terms().keySet().stream().filter(Atom::isProduct).forEach(a -> all.addAll(a.symbols())));
        if (all.isEmpty()) {
            return false;
        }
        List<String> positive = all.stream().filter(s -> LinearSystem.provesPositive(system, Linear.of(Atom.symbol(s)))).toList();
        Symbols symbols = new Symbols(List.copyOf(all), positive);
        return split(substituted(system), symbols, new TreeSet<>(), 0) || split(system, symbols, new TreeSet<>(), 0);
    }

    /** Without the unknowns of one iteration that an equation tells, so that the products in several equations meet in one. */
    private static List<Constraint> substituted(List<Constraint> system) {
        List<Constraint> work = system;
        while (true) {
            Set<String> factors = new TreeSet<>();
            work.forEach(c -> c.expression().terms().keySet().stream().filter(Atom::isProduct).forEach(a -> factors.add(a.name())));
            Constraint pivot = null;
            Atom atom = null;
            for (Constraint c : work) {
                for (var term : c.equation() ? c.expression().terms().entrySet() : Set.<java.util.Map.Entry<Atom, Long>>of()) {
                    Atom a = term.getKey();
                    if (a.local() && !a.isProduct() && Math.abs(term.getValue()) == 1 && !factors.contains(a.name()) && helps(c, a, work)) {
                        pivot = c;
                        atom = a;
                    }
                }
            }
            if (pivot == null || atom == null) {
                return work;
            }
            Linear value = Linear.of(atom).minus(pivot.expression().times(pivot.expression().coefficient(atom)));
            List<Constraint> next = new ArrayList<>();
            for (Constraint c : work) {
                if (c != pivot) {
                    next.add(new Constraint(c.expression().substitute(atom, value), c.relation()));
                }
            }
            work = next;
        }
    }

    /** An equation with products is kept, unless its unknown is in another one. */
    private static boolean helps(Constraint equation, Atom atom, List<Constraint> system) {
        return equation.expression().terms().keySet().stream().noneMatch(Atom::isProduct)
                || system.stream().anyMatch(c -> c != equation && c.equation() && c.expression().coefficient(atom) != 0);
    }

    /** Symbols that are factors; those that are provably positive. */
    private record Symbols(List<String> all, List<String> positive) {}

    private boolean split(List<Constraint> system, Symbols symbols, Set<String> done, int depth) {
        if (--left < 0 || effort.spent()) {
            return false;
        }
        if (new LinearSystem(system, effort).infeasible()) {
            return true;
        }
        if (depth < MAX_DEPTH) {
            for (Constraint c : system) {
                for (String symbol : symbols.positive) {
                    if (c.equation() && contains(c.expression(), symbol) && !done.contains(symbol + ":" + c.expression())) {
                        Set<String> now = new TreeSet<>(done);
                        now.add(symbol + ":" + c.expression());
                        if (cases(system, c, symbol, symbols, now, depth)) {
                            return true;
                        }
                    }
                }
            }
        }
        return --left >= 0 && new LinearSystem(multiplied(system, symbols), effort).infeasible();
    }

    private static boolean contains(Linear e, String symbol) {
        return e.terms().keySet().stream().anyMatch(a -> a.isProduct() && a.symbols().contains(symbol));
    }

    private boolean cases(
            List<Constraint> system, Constraint equation, String symbol, Symbols symbols, Set<String> done, int depth) {
        Linear quotient = Linear.ZERO;
        Linear whole = LinearSystem.tighten(equation.expression());
        Linear rest = Linear.of(whole.constant());
        for (var term : whole.terms().entrySet()) {
            if (term.getKey().symbols().contains(symbol)) {
                quotient = quotient.add(term.getKey().without(symbol), term.getValue());
            } else {
                rest = rest.add(Linear.of(term.getKey()), term.getValue());
            }
        }
        long least = Math.max(1, quotient.constant() == 0 ? LinearSystem.gcd(quotient) : 1);
        Linear s = Linear.of(Atom.symbol(symbol)).times(least);
        List<Constraint> zero = new ArrayList<>(system);
        zero.remove(equation);
        zero.add(Constraint.zero(quotient));
        zero.add(Constraint.zero(rest));
        List<Constraint> above = new ArrayList<>(system);
        above.add(Constraint.nonNegative(quotient.plus(-least)));
        above.add(Constraint.ordered(s, rest.times(-1)));
        List<Constraint> below = new ArrayList<>(system);
        below.add(Constraint.nonNegative(quotient.times(-1).plus(-least)));
        below.add(Constraint.ordered(s, rest));
        return split(zero, symbols, done, depth + 1) && split(above, symbols, done, depth + 1) && split(below, symbols, done, depth + 1);
    }

    /** The system and, over unknowns that occur times s, each equation times s and, if {@code s >= 1}, each inequality times {@code s - 1}. */
    private static List<Constraint> multiplied(List<Constraint> system, Symbols symbols) {
        Set<Constraint> result = new LinkedHashSet<>(system);
        for (String symbol : symbols.all) {
            boolean positive = symbols.positive.contains(symbol);
            Set<Atom> multiplied = new TreeSet<>();
            system.forEach(c -> c.expression().terms().keySet().stream()
                    .filter(a -> a.isProduct() && a.symbols().contains(symbol))
                    .forEach(a -> multiplied.addAll(a.without(symbol).terms().keySet())));
            Linear s = Linear.of(Atom.symbol(symbol));
            for (Constraint c : system) {
                if (c.relation() == Relation.NON_ZERO || !(positive || c.equation()) || c.expression().terms().keySet().stream().noneMatch(multiplied::contains)) {
                    continue;
                }
                Linear product = c.expression().times(s);
                if (product != null) {
                    result.add(new Constraint(c.equation() ? product : product.minus(c.expression()), c.relation()));
                }
            }
        }
        return List.copyOf(result);
    }
}
