package org.pellang.runtime.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a rank offers its core and when it sleeps, with a clock of the test's own. */
class YielderTest {
    private static final int MOST = 20;

    private long now;
    private long slice;
    private int yields;
    private final Yielder yielder = new Yielder(MOST, this::take, () -> now);

    private void take() {
        yields++;
        now += slice;
    }

    private int yieldsOfOneWait(int needed) {
        yields = 0;
        assertThat(yielder.until(() -> yields >= needed)).isEqualTo(yields > 0 && yields >= needed);
        return yields;
    }

    @Test
    void amongRanksThatWaitItYields() {
        slice = 5_000;
        for (int i = 0; i < 1_000; i++) {
            assertThat(yieldsOfOneWait(3)).isEqualTo(3);
            assertThat(yieldsOfOneWait(100)).as("in vain").isEqualTo(MOST);
        }
    }

    @Test
    void besideProgramsThatComputeItSleeps() {
        slice = 4_000_000;
        for (int i = 0; i < Yielder.PATIENCE; i++) {
            assertThat(yieldsOfOneWait(3)).as("each is one too many").isEqualTo(1);
        }
        for (int round = 0; round < 3; round++) {
            for (int i = 1; i < Yielder.AGAIN; i++) {
                assertThat(yieldsOfOneWait(3)).isZero();
            }
            assertThat(yieldsOfOneWait(3)).as("tries again").isEqualTo(1);
        }
    }

    @Test
    void whenTheyHaveGoneItYieldsAgain() {
        slice = 4_000_000;
        for (int i = 0; i < Yielder.PATIENCE + Yielder.AGAIN - 1; i++) {
            yieldsOfOneWait(3);
        }
        slice = 5_000;
        assertThat(yieldsOfOneWait(3)).isEqualTo(3);
        assertThat(yieldsOfOneWait(3)).isEqualTo(3);
    }
}
