package org.pellang.launcher.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who is given up when JVMs cannot reach each other. */
class SuspicionsTest {
    private final Suspicions all = new Suspicions();

    private int lost() {
        return all.verdict().orElseThrow().jvm();
    }

    @Test
    void nobody() {
        assertThat(all.verdict()).isEmpty();
    }

    /** Both ends of a link that is cut say so: one of them goes. */
    @Test
    void oneOfTwo() {
        assertThat(all.add(2, 1, "silent")).isTrue();
        assertThat(all.add(1, 2, "silent")).isFalse();
        assertThat(lost()).isEqualTo(2);
    }

    /** 2 is stopped; 1 waits for it before it calls 0, which so blames 1. */
    @Test
    void whoSaysNothingItself() {
        all.add(0, 1, "does not call");
        all.add(1, 2, "does not call");
        assertThat(lost()).isEqualTo(2);
    }

    @Test
    void whomMostCannotReach() {
        all.add(0, 1, "silent");
        all.add(2, 1, "silent");
        all.add(1, 3, "silent");
        all.add(3, 1, "silent");
        assertThat(lost()).isEqualTo(1);
    }

    @Test
    void theFirstWordCounts() {
        all.add(0, 1, "silent");
        all.add(0, 2, "silent");
        all.add(0, 2, "silent");
        assertThat(all.verdict()).contains(new Suspicions.Suspicion(1, "silent"));
        all.clear();
        assertThat(all.verdict()).isEmpty();
    }
}
