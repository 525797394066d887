package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.pellang.compiler.interpreter.InterpreterFault;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.quality.differential.Toolchain.Run;

/**
 * In a program that the uniformity check accepts all ranks meet in the same collectives: the interpreter, which compares what each rank enters, must end well on
 * 1 to 4 ranks. How many programs it refuses although these runs end well is reported; a run on other ranks or with other values may not.
 */
class UniformitySoundnessTest {
    private final Toolchain toolchain = new Toolchain();

    @Test
    void acceptedProgramsMeet(TestReporter reporter) {
        run(0, Integer.getInteger("pel.fuzz.count", 100) * 2, reporter);
    }

    @Test
    @Tag("slow")
    void acceptedProgramsMeetInManyPrograms(TestReporter reporter) {
        run(1_000_000, Integer.getInteger("pel.fuzz.count", 5000), reporter);
    }

    private void run(long first, int count, TestReporter reporter) {
        List<String> wrong = new ArrayList<>();
        int accepted = 0;
        int tooStrict = 0;
        for (long seed = first; seed < first + count; seed++) {
            String text = UniformityGenerator.generate(seed);
            List<String> codes = toolchain.errors(text).stream().map(d -> d.code()).distinct().toList();
            assertThat(codes).as("seed %d%n%s", seed, text).allMatch(code -> code.startsWith("PEL04"));
            boolean refused = !codes.isEmpty();
            accepted += refused ? 0 : 1;
            String fault = fault(toolchain.typed("p.pel", text));
            if (!refused && !fault.isEmpty()) {
                wrong.add("seed " + seed + ": " + fault + "\n" + text);
            }
            tooStrict += refused && fault.isEmpty() ? 1 : 0;
        }
        reporter.publishEntry("uniformity", "%d programs, %d accepted, %d refused that end well on 1 to 4 ranks".formatted(count, accepted, tooStrict));
        assertThat(wrong).isEmpty();
        assertThat(accepted).isGreaterThan(count / 20);
    }

    /** How ranks fail to meet; empty if they do. */
    private String fault(TypedProgram program) {
        try {
            for (int ranks = 1; ranks <= 4; ranks++) {
                Run run = toolchain.interpret(program, ranks, List.of());
                if (run.exitCode() != 0) {
                    return ranks + " ranks: " + run.report();
                }
            }
            return "";
        } catch (InterpreterFault fault) {
            return String.valueOf(fault.getMessage());
        }
    }
}
