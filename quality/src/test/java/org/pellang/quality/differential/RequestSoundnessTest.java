package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Requests that are not waited for on some path (PEL0410), and buffers that are touched too early on some path (PEL0411), are reported, and no others. */
class RequestSoundnessTest {
    private final Toolchain toolchain = new Toolchain();

    @Test
    void errorsAreThoseOfThePaths(TestReporter reporter) {
        run(0, Integer.getInteger("pel.fuzz.count", 100) * 4, reporter);
    }

    @Test
    @Tag("slow")
    void errorsAreThoseOfThePathsInManyPrograms(TestReporter reporter) {
        run(1_000_000, Integer.getInteger("pel.fuzz.count", 5000) * 4, reporter);
    }

    private void run(long first, int count, TestReporter reporter) {
        List<String> wrong = new ArrayList<>();
        int clean = 0;
        for (long seed = first; seed < first + count; seed++) {
            RequestPaths program = new RequestPaths(seed);
            Set<String> expected = new TreeSet<>(program.wrong());
            Set<String> found = toolchain.errors(program.text()).stream().map(d -> d.code()).collect(Collectors.toCollection(TreeSet::new));
            clean += expected.isEmpty() ? 1 : 0;
            // What happens to the buffer of a request that is lost is said, or not.
            if (expected.contains("PEL0410") ? !found.contains("PEL0410") : !found.equals(expected)) {
                wrong.add("seed %d: %s, and some path has %s\n%s".formatted(seed, found, expected, program.text()));
            }
        }
        reporter.publishEntry("requests", "%d programs, %d without an error".formatted(count, clean));
        assertThat(wrong).isEmpty();
        assertThat(clean).isGreaterThan(count / 20);
    }
}
