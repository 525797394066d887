package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Ranks that stay alive between the inputs of a dialogue. A program grows; only what is new is run, and top-level variables keep their values
 * on each rank. After a trap or a deadlock they keep what they have got by then.
 */
public final class Session {
    private final ExternBridge library;
    private final List<Map<String, Object>> globals = new ArrayList<>();
    /** The files of modules whose statements have been run. */
    private final Set<String> modules = new HashSet<>();

    /**
     * @param loader finds the classes of the standard library and the runtime
     * @param ranks number of ranks, at least 1
     */
    public Session(ClassLoader loader, int ranks) {
        this.library = new ExternBridge(loader);
        for (int r = 0; r < ranks; r++) {
            globals.add(new HashMap<>());
        }
    }

    /**
     * Runs the top-level statements that begin in a part of the program's text.
     *
     * @param part where: the new text
     * @return the exit code, as {@link Interpreter#run}
     */
    public int run(TypedProgram program, Span part, Output output) {
        Job job = new Job(globals.size(), output, Map.of(), library);
        Team world = new Team(job, null, job.machines);
        List<Var> variables = variables(program.body());
        for (int r = 0; r < globals.size(); r++) {
            Machine machine = new Machine(job, program, r, world);
            for (Var v : variables) {
                Object value = globals.get(r).get(key(v, part));
                if (value != null && !isIn(v.span(), part)) {
                    machine.globals.set(v, value);
                }
            }
            job.machines.add(machine);
        }
        List<TStmt> news = program.body().stream().filter(s -> isIn(s.span(), part)).toList();
        Interpreter.runAll(job, machine -> machine.statements().all(news));
        for (int r = 0; r < globals.size(); r++) {
            for (Var v : variables) {
                Object value = job.machines.get(r).globals.get(v);
                if (value != null) {
                    globals.get(r).put(key(v, part), value);
                }
            }
        }
        program.modules().forEach(file -> modules.add(file.name()));
        return Interpreter.outcome(job.failure(), output);
    }

    private static String key(Var v, Span part) {
        String file = v.span().file().name();
        return file.equals(part.file().name()) ? v.name() : file + ":" + v.name();
    }

    /** Whether a statement has not been run: of the program's text the new part, of a module all of it at first. */
    private boolean isIn(Span span, Span part) {
        String file = span.file().name();
        return !file.equals(part.file().name()) ? !modules.contains(file)
                : span.start() >= part.start() && span.start() < part.end();
    }

    private static List<Var> variables(List<TStmt> body) {
        List<Var> all = new ArrayList<>();
        for (TStmt s : body) {
            if (s instanceof TStmt.Declare d) {
                all.add(d.variable());
            } else if (s instanceof TStmt.DeclareTuple d) {
                all.addAll(d.variables());
            }
        }
        return all;
    }
}
