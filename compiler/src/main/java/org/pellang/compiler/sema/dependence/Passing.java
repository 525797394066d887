package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Effects;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/** What is known along the statements around divided loops: of names that do not change, and of numbers until they change. */
final class Passing {
    private final Scope lasting;
    private final IndexReader reader;
    private final Supplier<Effects> effects;
    private final List<Fact> facts = new ArrayList<>();
    private @Nullable Scope now;

    /** A condition that held, and the variables in it. */
    private record Fact(TExpr condition, boolean holds, Set<Var> variables) {}

    /** @param effects what statements change, asked for where it matters */
    Passing(Scope scope, IndexReader reader, Supplier<Effects> effects) {
        this.lasting = scope;
        this.reader = reader;
        this.effects = effects;
    }

    /** What is known now. */
    Scope scope() {
        if (facts.isEmpty()) {
            return lasting;
        }
        Scope known = now;
        if (known == null) {
            known = lasting.child();
            for (Fact fact : facts) {
                known.assume(fact.condition, fact.holds, reader);
            }
            now = known;
        }
        return known;
    }

    /** For the statements inside of one. */
    Passing child() {
        return new Passing(scope().child(), reader, effects);
    }

    /** The same where a condition holds, or does not. */
    Passing assuming(TExpr condition, boolean holds) {
        Passing inner = child();
        inner.assume(condition, holds);
        return inner;
    }

    /** Before a statement: what it changes, or what is inside of it, is not known while it runs. */
    void before(TStmt statement) {
        if (!facts.isEmpty()) {
            Set<Var> changed = effects.get().writes(statement);
            if (facts.removeIf(f -> f.variables.stream().anyMatch(changed::contains))) {
                now = null;
            }
        }
    }

    /** Behind a statement: what holds because it did not end the block. */
    void behind(TStmt statement) {
        Exits.behind(statement, this::assume);
    }

    private void assume(TExpr condition, boolean holds) {
        if (condition instanceof TExpr.Logical l && l.conjunction() == holds) {
            assume(l.left(), holds);
            assume(l.right(), holds);
            return;
        }
        Set<Var> variables = new HashSet<>();
        if (!Definitions.stable(condition, variables)) {
            return;
        }
        if (variables.isEmpty()) {
            lasting.assume(condition, holds, reader);
        } else {
            facts.add(new Fact(condition, holds, variables));
            now = null;
        }
    }
}
