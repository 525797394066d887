package org.pellang.quality.differential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.quality.differential.Toolchain.Compiled;
import org.pellang.quality.differential.Toolchain.Run;

/** Runs a program by the interpreter and compiled, on several numbers of ranks, and compares what they print. */
final class Differential {
    private static final List<Integer> COMPILED = List.of(1, 2, 3, 4, 7);
    private static final List<Integer> INTERPRETED = List.of(1, 3);
    /** Ranks and threads of each. */
    private static final int[][] THREADS = {{1, 3}, {2, 2}};
    private static final int SHRINKING_RUNS = 300;
    /** Starting processes takes time: one program in so many also runs with a process per rank. */
    private static final int EVERY_BY_PROCESSES = 20;

    private final Toolchain toolchain;

    Differential(Toolchain toolchain) {
        this.toolchain = toolchain;
    }

    /**
     * What is wrong with a program.
     *
     * @param kind the same for the program made smaller
     * @param detail for the reader
     */
    record Failure(String kind, String detail) {}

    /** Compares the runs of a program; empty if all agree. */
    Optional<Failure> check(GeneratedProgram program) {
        String text = program.text();
        try {
            Compiled compiled = toolchain.compile("p.pel", text);
            byte[] jar = compiled.jar();
            if (jar == null) {
                // Constant folding may find a division by zero or a subscript outside that nobody meant to write.
                boolean folded = compiled.errors().stream().allMatch(d -> d.code().equals("PEL0205") || d.code().equals("PEL0601"));
                return folded ? Optional.empty() : failure("rejected " + compiled.errors().get(0).code(), compiled.messages());
            }
            return runs(program, jar, toolchain.typed("p.pel", text));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return failure("crash " + e.getClass().getSimpleName() + " " + kindOf(String.valueOf(e.getMessage())), stack(e));
        }
    }

    private Optional<Failure> runs(GeneratedProgram program, byte[] jar, TypedProgram typed) {
        Map<Integer, Run> expected = new HashMap<>();
        for (int ranks : program.perRankCount() ? COMPILED : INTERPRETED) {
            expected.put(ranks, toolchain.interpret(typed, ranks, List.of()));
        }
        Run one = expected.get(1);
        for (int ranks : COMPILED) {
            Run want = program.perRankCount() ? expected.get(ranks) : one;
            Optional<Failure> difference = compare("compiled at " + ranks, toolchain.run(jar, ranks, List.of()), want, ranks == 1);
            if (difference.isPresent()) {
                return difference;
            }
        }
        if (program.seed() % EVERY_BY_PROCESSES == 0) {
            Run want = program.perRankCount() ? expected.get(3) : one;
            Optional<Failure> difference = compare("compiled at 3 processes", ProcessRuns.run(jar, 3), want, false);
            if (difference.isPresent()) {
                return difference;
            }
        }
        if (program.perRankCount()) {
            return Optional.empty();
        }
        for (int[] some : THREADS) {
            Optional<Failure> difference = compare("compiled at " + some[0] + " with " + some[1] + " threads",
                    toolchain.run(jar, some[0], some[1], List.of()), one, false);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return compare("interpreted at 3", expected.get(3), one, false);
    }

    /** Traps must agree on one rank; on more ranks another element may be the first to trap. */
    private static Optional<Failure> compare(String what, Run got, Run want, boolean sameTrap) {
        if (got.exitCode() != want.exitCode()) {
            return failure(what + ": exit code " + got.exitCode() + " instead of " + want.exitCode(), got.report() + "instead of\n" + want.report());
        }
        if (want.exitCode() == 0 && !got.out().equals(want.out())) {
            return failure(what + ": other output", firstDifference(got.out(), want.out()));
        }
        if (want.exitCode() != 0 && sameTrap && !got.report().contains(message(want.report()))) {
            return failure(what + ": another trap", got.report() + "instead of\n" + want.report());
        }
        return Optional.empty();
    }

    /** The interpreter's message without its place. */
    private static String message(String report) {
        return report.strip().replaceFirst("^p\\.pel:\\d+: ", "");
    }

    private static String firstDifference(String got, String want) {
        List<String> g = got.lines().toList();
        List<String> w = want.lines().toList();
        for (int i = 0; i < Math.max(g.size(), w.size()); i++) {
            String left = i < g.size() ? g.get(i) : "(nothing)";
            String right = i < w.size() ? w.get(i) : "(nothing)";
            if (!left.equals(right)) {
                return "line " + (i + 1) + "\n  got      " + left + "\n  expected " + right;
            }
        }
        return "";
    }

    private static String kindOf(String message) {
        return message.lines().limit(2).reduce("", String::concat).replaceAll("\\d+", "#");
    }

    private static String stack(Throwable e) {
        StringBuilder out = new StringBuilder(String.valueOf(e)).append('\n');
        for (StackTraceElement frame : e.getStackTrace()) {
            out.append("    ").append(frame).append('\n');
        }
        return out.substring(0, Math.min(out.length(), 4000));
    }

    private static Optional<Failure> failure(String kind, String detail) {
        return Optional.of(new Failure(kind, detail));
    }

    /** A smaller program that fails in the same way. */
    GeneratedProgram shrink(GeneratedProgram program, Failure failure) {
        if (failure.kind().startsWith("rejected")) {
            // Leaving out declarations would reject any program; the message names the line anyway.
            return program;
        }
        GeneratedProgram best = program;
        int runs = 0;
        boolean progress = true;
        while (progress && runs < SHRINKING_RUNS) {
            progress = false;
            for (List<Piece> smaller : Piece.smaller(best.pieces())) {
                GeneratedProgram candidate = best.with(smaller);
                boolean same = check(candidate).filter(f -> f.kind().equals(failure.kind())).isPresent();
                if (++runs >= SHRINKING_RUNS || same) {
                    best = same ? candidate : best;
                    progress = same;
                    break;
                }
            }
        }
        return best;
    }
}
