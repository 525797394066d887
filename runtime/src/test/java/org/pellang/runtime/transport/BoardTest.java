package org.pellang.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ranks and watchdogs write at the same time. */
@Timeout(60)
class BoardTest {
    /** A rank and its watchdog both say what it did: one text or the other, never a mixture. */
    @Test
    void descriptionsAreNotMixed() throws Exception {
        int rounds = 2_000;
        String shortText = "s".repeat(40);
        String longText = "l".repeat(4_000);
        Board board = Board.inHeap(rounds);
        CyclicBarrier together = new CyclicBarrier(2);
        Thread other = Thread.ofPlatform().start(() -> say(board, together, longText));
        say(board, together, shortText);
        other.join();
        for (int r = 0; r < rounds; r++) {
            assertThat(board.description(r)).isIn(shortText, longText);
        }
    }

    private static void say(Board board, CyclicBarrier together, String text) {
        for (int r = 0; r < board.ranks(); r++) {
            try {
                if (r % 100 == 0) {
                    together.await();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            board.describe(r, text);
        }
    }
}
