package org.pellang.compiler.interpreter;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/** A reduction variable of a divided loop: each iteration starts from the identity, the tree combines what they leave. */
final class Accumulation {
    private final Team team;
    private final TStmt.Reduction reduction;
    private final Var variable;
    private final Object[] before;
    private final ReductionTree tree;
    private final @Nullable Object[] contributions;

    Accumulation(Team team, TStmt.Reduction reduction, int iterations) {
        this.team = team;
        this.reduction = reduction;
        this.variable = reduction.variable();
        this.before = new Object[team.machines.getFirst().job.ranks];
        for (Machine machine : team.machines) {
            before[machine.rank] = machine.get(variable, reduction.span());
        }
        this.tree = Operators.tree(team.machines.getFirst(), reduction.op(), variable.type(), before[team.machines.getFirst().rank]);
        this.contributions = new Object[iterations];
    }

    void begin(Machine machine) {
        machine.assign(variable, tree.identity().get(), reduction.span());
    }

    void end(Machine machine, int number) {
        contributions[number] = machine.get(variable, reduction.span());
        machine.assign(variable, before[machine.rank], reduction.span());
    }

    /** {@code old op tree}, on every rank. */
    void finish(IndexSet space) {
        Object total = tree.reduce(space, number -> contributions[number]);
        for (Machine machine : team.machines) {
            Object old = before[machine.rank];
            Object result = tree.op().apply(old, total);
            if (old instanceof ArrayValue array) {
                array.assign((ArrayValue) result);
                machine.assign(variable, array, reduction.span());
            } else {
                machine.assign(variable, Values.copy(Arithmetic.stored(result, variable.type())), reduction.span());
            }
        }
    }
}
