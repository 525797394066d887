package org.pellang.compiler.interpreter;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** One rank: its variables and where it is. */
final class Machine {
    /** Variables of one call, by the number of their declaration. */
    static final class Frame {
        private Object[] slots = new Object[16];

        @Nullable Object get(Var v) {
            return v.id() < slots.length ? slots[v.id()] : null;
        }

        void set(Var v, Object value) {
            if (v.id() >= slots.length) {
                slots = Arrays.copyOf(slots, Math.max(v.id() + 1, slots.length * 2));
            }
            slots[v.id()] = value;
        }

        Object[] values() {
            return slots;
        }
    }

    final Job job;
    final TypedProgram program;
    final int rank;
    final Frame globals = new Frame();
    Frame frame = globals;
    /** The ranks that run this code together: all, or those of {@code on t}. */
    Team team;
    /** The epoch that is open, or null. */
    @Nullable Epoch epoch;
    /** The divided loop whose iteration this rank runs, or null. */
    @Nullable DividedLoop loop;
    private @Nullable Span deepest;
    /** Number of the iteration, from 0. */
    int iteration;
    /** Variables that the iteration declared itself. */
    final Set<Var> own = new HashSet<>();

    private final Expressions expressions;
    private final Statements statements;

    /** A rank of {@code world}, which must know it before it runs. */
    Machine(Job job, TypedProgram program, int rank, Team world) {
        this.team = world;
        this.job = job;
        this.program = program;
        this.rank = rank;
        this.expressions = new Expressions(this);
        this.statements = new Statements(this);
    }

    /** The team of all ranks. */
    Team world() {
        Team t = team;
        while (t.parent != null) {
            t = t.parent;
        }
        return t;
    }

    Statements statements() {
        return statements;
    }

    Expressions expressions() {
        return expressions;
    }

    /** The value of an expression; arrays and lists are references that whoever stores them copies. */
    Object eval(TExpr e) {
        try {
            return expressions.eval(e);
        } catch (Trap trap) {
            throw trap.at(e.span());
        }
    }

    long integer(TExpr e) {
        return (Long) eval(e);
    }

    String text(TExpr e) {
        return (String) eval(e);
    }

    IndexSet domain(TExpr e) {
        return (IndexSet) eval(e);
    }

    private Frame home(Var v) {
        return v.kind().global() ? globals : frame;
    }

    Object get(Var v, Span at) {
        Object value = home(v).get(v);
        if (value == null) {
            throw new InterpreterFault(InterpreterFault.Kind.TREE, at, "`" + v.name() + "` is read before it is set");
        }
        return value;
    }

    void declare(Var v, Object value) {
        home(v).set(v, value);
        own.add(v);
    }

    /** Changes a variable; in a divided loop only one of the iteration's own or a reduction variable. */
    void assign(Var v, Object value, Span at) {
        DividedLoop divided = loop;
        if (divided != null && (v.kind().global() || frame == divided.frameOf(rank)) && !own.contains(v) && !divided.reduces(v)) {
            throw new InterpreterFault(InterpreterFault.Kind.OUTER_CHANGE, at, "an iteration changes the outer variable `" + v.name() + "`");
        }
        home(v).set(v, value);
    }

    /** Remembers the function, and nothing more: down there is no room for making a message. */
    private StackOverflowError tooDeep(TFunction f, StackOverflowError deep) {
        if (deepest == null) {
            deepest = f.declared();
        }
        return deep;
    }

    /** Where the function is declared whose call found no room; null if there was room for all. */
    @Nullable Span deepest() {
        return deepest;
    }

    /** Calls a function of the program. */
    Object call(int function, Object... arguments) {
        TFunction f = program.functions().get(function);
        Frame caller = frame;
        Frame callee = new Frame();
        for (int k = 0; k < f.params().size(); k++) {
            callee.set(f.params().get(k), arguments[k]);
        }
        frame = callee;
        try {
            return statements.function(f);
        } catch (StackOverflowError deep) {
            throw tooDeep(f, deep);
        } finally {
            frame = caller;
        }
    }

    /** The same, and hands over the parameters' values at the end to {@code after}, for {@code mut} scalars. */
    Object call(int function, Object[] arguments, java.util.function.ObjIntConsumer<Object> after) {
        TFunction f = program.functions().get(function);
        Frame caller = frame;
        Frame callee = new Frame();
        List<Var> params = f.params();
        for (int k = 0; k < params.size(); k++) {
            callee.set(params.get(k), arguments[k]);
        }
        Object result;
        frame = callee;
        try {
            result = statements.function(f);
        } catch (StackOverflowError deep) {
            throw tooDeep(f, deep);
        } finally {
            frame = caller;
        }
        for (int k = 0; k < params.size(); k++) {
            if (params.get(k).kind() == Var.Kind.MUT_PARAM && callee.get(params.get(k)) instanceof Object value && value != arguments[k]) {
                after.accept(value, k);
            }
        }
        return result;
    }

    /** Sets index variables, runs the lets, and tells whether the filter lets the iteration through. */
    boolean bind(Iteration iteration, long[] index) {
        List<Var> vars = iteration.indices();
        for (int d = 0; d < vars.size(); d++) {
            declare(vars.get(d), index[d]);
        }
        return letsAndFilter(iteration);
    }

    /** The same for an element of a sequence. */
    boolean bind(Iteration iteration, Object element) {
        List<Var> vars = iteration.indices();
        if (vars.size() == 1) {
            declare(vars.getFirst(), element);
        } else {
            for (int k = 0; k < vars.size(); k++) {
                declare(vars.get(k), ((StructValue) element).parts()[k]);
            }
        }
        return letsAndFilter(iteration);
    }

    private boolean letsAndFilter(Iteration iteration) {
        for (Iteration.Let let : iteration.lets()) {
            Object value = eval(let.value());
            if (let.variables().size() == 1) {
                declare(let.variables().getFirst(), value);
            } else {
                for (int k = 0; k < let.variables().size(); k++) {
                    declare(let.variables().get(k), ((StructValue) value).parts()[k]);
                }
            }
        }
        return iteration.filter() == null || (Boolean) eval(iteration.filter());
    }
}
