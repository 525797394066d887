package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.pellang.compiler.interpreter.InterpreterFault;
import org.pellang.compiler.sema.typed.TypedProgram;

/**
 * A loop that the race check accepts has no race: the interpreter, which records every access, must find none, for several
 * extents. How many it refuses although no run has a conflict is reported; refusing too much is no fault.
 */
class RaceSoundnessTest {
    private static final List<Integer> EXTENTS = List.of(1, 2, 3, 5, 8, 13);

    private final Toolchain toolchain = new Toolchain();

    @Test
    void acceptedLoopsHaveNoRace(TestReporter reporter) {
        run(0, Integer.getInteger("pel.fuzz.count", 100) * 4, reporter);
    }

    @Test
    @Tag("slow")
    void acceptedLoopsHaveNoRaceInManyPrograms(TestReporter reporter) {
        run(1_000_000, Integer.getInteger("pel.fuzz.count", 5000) * 20, reporter);
    }

    private void run(long first, int count, TestReporter reporter) {
        List<String> races = new ArrayList<>();
        int accepted = 0;
        int tooStrict = 0;
        for (long seed = first; seed < first + count; seed++) {
            String text = RaceGenerator.generate(seed);
            List<String> codes = toolchain.errors(text).stream().map(d -> d.code()).distinct().toList();
            boolean refused = !codes.isEmpty();
            assertThat(codes).as("seed %d\n%s", seed, text).allMatch(code -> code.startsWith("PEL030") || code.startsWith("PEL06"));
            accepted += refused ? 0 : 1;
            String race = race(text);
            if (!refused && !race.isEmpty()) {
                races.add("seed " + seed + ": " + race + "\n" + text);
            }
            tooStrict += refused && race.isEmpty() ? 1 : 0;
        }
        reporter.publishEntry("races", "%d loops, %d accepted, %d refused without a conflict for these extents".formatted(count, accepted, tooStrict));
        assertThat(races).isEmpty();
        assertThat(accepted).isGreaterThan(count / 10);
    }

    /** The first race or change of something outer that a run meets; empty if there is none. */
    private String race(String text) {
        TypedProgram program = toolchain.typed("p.pel", text);
        try {
            if (text.startsWith("config n")) {
                EXTENTS.forEach(n -> toolchain.interpret(program, 1, List.of("--n=" + n)));
            } else {
                toolchain.interpret(program, 1, List.of());
            }
            return "";
        } catch (InterpreterFault fault) {
            return fault.kind() == InterpreterFault.Kind.RACE ? String.valueOf(fault.getMessage()) : "";
        }
    }
}
