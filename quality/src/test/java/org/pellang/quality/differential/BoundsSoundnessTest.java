package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.interpreter.InterpreterFault;
import org.pellang.compiler.sema.dependence.BoundsCheck;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.quality.differential.Toolchain.Run;

/**
 * An access that the bounds check calls proved never traps, and one that it calls outside (PEL0601) never comes out well: the interpreter runs random programs for several
 * extents. How many accesses that never trap are left to run time is reported.
 */
class BoundsSoundnessTest {
    private static final List<Integer> EXTENTS = List.of(1, 2, 3, 4, 6, 9);
    private static final Pattern TRAP = Pattern.compile("p\\.pel:(\\d+): index .*outside");

    private final Toolchain toolchain = new Toolchain();
    private final List<String> wrong = new ArrayList<>();
    private int proved;
    private int unproved;
    private int tooCareful;
    private int errors;

    @Test
    void provedAccessesNeverTrap(TestReporter reporter) {
        run(0, Integer.getInteger("pel.fuzz.count", 100) * 4, reporter);
    }

    @Test
    @Tag("slow")
    void provedAccessesNeverTrapInManyPrograms(TestReporter reporter) {
        run(1_000_000, Integer.getInteger("pel.fuzz.count", 5000) * 10, reporter);
    }

    private void run(long first, int count, TestReporter reporter) {
        for (long seed = first; seed < first + count; seed++) {
            check(seed, BoundsGenerator.generate(seed));
        }
        reporter.publishEntry("bounds", "%d programs: %d accesses proved, %d not, %d of these never trap for these extents; %d errors".formatted(
                count, proved, unproved, tooCareful, errors));
        assertThat(wrong).isEmpty();
        assertThat(proved).isGreaterThan(count / 3);
    }

    private void check(long seed, String text) {
        List<Diagnostic> found = toolchain.errors(text);
        assertThat(found).as("seed %d\n%s", seed, text).allMatch(d -> d.code().equals("PEL0601"));
        Set<Integer> outside = found.stream().map(d -> d.primary().line()).collect(Collectors.toSet());
        errors += outside.size();
        for (int line : outside) {
            // Instead of the access: whether anybody comes there.
            wrongErrors(seed, text, line);
        }
        if (!outside.isEmpty()) {
            return;
        }
        TypedProgram program = toolchain.typed("p.pel", text);
        BoundsCheck.Found bounds = BoundsCheck.check(program, new Diagnostics());
        Set<Integer> checked = bounds.unproved().stream().map(u -> u.span().line()).collect(Collectors.toSet());
        proved += bounds.proved();
        unproved += checked.size();
        Set<Integer> traps = traps(program, text);
        tooCareful += (int) checked.stream().filter(line -> !traps.contains(line)).count();
        traps.stream().filter(line -> !checked.contains(line)).forEach(line -> wrong.add("seed " + seed + ": line " + line + " is called proved, and traps\n" + text));
    }

    /** An error is wrong if the line is reached for some extents, and never traps for any. */
    private void wrongErrors(long seed, String text, int line) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        String indent = lines.get(line - 1).replaceAll("\\S.*", "");
        if (!lines.get(line - 1).substring(indent.length()).matches("s \\+= [agr]\\[.*")) {
            return;
        }
        lines.set(line - 1, indent + "s += 1000000");
        String other = String.join("\n", lines) + "\n";
        if (!toolchain.errors(other).isEmpty()) {
            return;
        }
        TypedProgram reaching = toolchain.typed("p.pel", other);
        for (int n : extents(text)) {
            Run run = toolchain.interpret(reaching, 1, List.of("--n=" + n).subList(0, text.startsWith("config n") ? 1 : 0));
            // All that is reached is outside, for these extents or others; a run that ends well has passed it.
            if (run.exitCode() == 0 && Long.parseLong(run.out().strip()) >= 1_000_000 && !trapsAt(text, line, n)) {
                wrong.add("seed " + seed + ": line " + line + " is called outside, and is not for n = " + n + "\n" + text);
                return;
            }
        }
    }

    /** Whether a program with an error, which is not checked here, stops at this line. */
    private boolean trapsAt(String text, int line, int n) {
        try {
            Run run = toolchain.interpret(toolchain.typed("p.pel", text), 1, List.of("--n=" + n).subList(0, text.startsWith("config n") ? 1 : 0));
            Matcher trap = TRAP.matcher(run.report());
            return trap.find() && Integer.parseInt(trap.group(1)) == line || run.exitCode() != 0 && !run.report().contains("outside");
        } catch (IllegalArgumentException constant) {
            // The checker itself has seen that it is outside.
            return true;
        }
    }

    private static List<Integer> extents(String text) {
        return text.startsWith("config n") ? EXTENTS : List.of(1);
    }

    /** Lines at which some run stops, since an index is outside. */
    private Set<Integer> traps(TypedProgram program, String text) {
        Set<Integer> lines = new java.util.HashSet<>();
        for (int n : extents(text)) {
            try {
                Run run = toolchain.interpret(program, 1, List.of("--n=" + n).subList(0, text.startsWith("config n") ? 1 : 0));
                Matcher trap = TRAP.matcher(run.report());
                if (trap.find()) {
                    lines.add(Integer.parseInt(trap.group(1)));
                }
            } catch (InterpreterFault fault) {
                throw new AssertionError(text, fault);
            }
        }
        return lines;
    }
}
