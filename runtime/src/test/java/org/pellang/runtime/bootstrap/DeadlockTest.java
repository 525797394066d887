package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Site;
import org.pellang.runtime.bootstrap.Jobs.Link;
import org.pellang.runtime.transport.Board;

/** If every rank is blocked and nothing is on its way, the job ends with who waits for whom; and only then. */
@Timeout(30)
class DeadlockTest {
    @ParameterizedTest
    @EnumSource
    void everybodyReceivesBeforeSending(Link link) {
        long start = System.nanoTime();
        Jobs.Result result = Jobs.run(link, 3, rank -> {
            int left = (rank.rank() + 2) % 3;
            rank.world().recv(new long[1], 0, 1, left, 7);
            rank.world().send(new long[1], 0, 1, (rank.rank() + 1) % 3, 7);
        });
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().lines().toList()).isEqualTo(List.of(
                "pelrun: deadlock: every rank is blocked and no message is on its way",
                "    rank 0 waits in recv from rank 2, tag 7",
                "    rank 1 waits in recv from rank 0, tag 7",
                "    rank 2 waits in recv from rank 1, tag 7"));
    }

    @ParameterizedTest
    @EnumSource
    void waitingForARankThatHasEnded(Link link) {
        Jobs.Result result = Jobs.run(link, 4, rank -> {
            if (rank.rank() != 2) {
                rank.world().recvBytes(2, 0);
            }
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("rank 2 has ended").contains("ranks 0, 1, 3 wait in recv from rank 2, tag 0");
    }

    @ParameterizedTest
    @EnumSource
    void differentCollectivesThatNeverMeet(Link link) {
        Jobs.Result result = Jobs.run(link, 3, rank -> {
            if (rank.rank() == 0) {
                rank.world().barrier(new Site("x.pel", 5, "barrier"));
            } else {
                rank.world().bcast(new Site("x.pel", 8, "bcast"), new long[1], 0, 1, 0);
            }
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("x.pel:5").contains("x.pel:8").contains("the ranks");
    }

    @ParameterizedTest
    @EnumSource
    void unwantedMessagesDoNotHideIt(Link link) {
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            rank.world().sendBuffered(new int[100_000], 0, 100_000, 1 - rank.rank(), 1);
            rank.world().recv(new int[100_000], 0, 100_000, 1 - rank.rank(), 2);
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("deadlock").contains("rank 0 waits in recv from rank 1, tag 2");
    }

    @ParameterizedTest
    @EnumSource
    void aLateMessageIsNotADeadlock(Link link) {
        Jobs.Result result = Jobs.run(link, 5, rank -> {
            Comm world = rank.world();
            if (rank.rank() == 0) {
                // Longer than several looks of the watchdog.
                long end = System.nanoTime() + 400_000_000L;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                for (int r = 1; r < 5; r++) {
                    world.sendBytes(new byte[0], r, 0);
                }
            } else {
                world.recvBytes(0, 0);
            }
        });
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void theBoardCountsWhatIsInFlight() {
        Board board = Board.inHeap(2);
        board.show(0, Board.State.BLOCKED);
        assertThat(board.deadlocked()).as("rank 1 runs").isFalse();
        board.sent(1, 1);
        board.show(1, Board.State.BLOCKED);
        assertThat(board.deadlocked()).as("a message to rank 0 is on its way").isFalse();
        board.polled(0, 1);
        assertThat(board.deadlocked()).as("it was not the one").isTrue();
        board.show(1, Board.State.HELD);
        assertThat(board.deadlocked()).as("rank 1 waits for room").isFalse();
        board.show(1, Board.State.RUNNING);
        assertThat(board.deadlocked()).isFalse();
        board.ended(1);
        assertThat(board.deadlocked()).as("the other has ended").isTrue();
        board.show(0, Board.State.RUNNING);
        board.ended(0);
        assertThat(board.deadlocked()).as("all have ended").isFalse();
        assertThat(board.allEnded()).isTrue();
    }
}
