package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** A rank that fails ends the job within a second, with one report that says who, why, where and what the others did. */
@Timeout(30)
class FailureTest {
    /** Nanoseconds for a job that fails, its start included; making connections takes long on a busy machine. */
    private static long limit(Link link) {
        return link == Link.LOCAL || link == Link.SHARED ? 2_000_000_000L : 15_000_000_000L;
    }

    /** As generated code: its frames have a {@code .pel} file. */
    private static void trapAt(String message, String file, int line) {
        PelTrap trap = new PelTrap(message);
        trap.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.pellang.runtime.array.PelArray", "at", "PelArray.java", 77),
            new StackTraceElement("pel.Program", "step", file, line)
        });
        throw trap;
    }

    @ParameterizedTest
    @EnumSource
    void trapIsReportedInTheWordsOfTheLanguage(Link link) {
        long start = System.nanoTime();
        Jobs.Result result = Jobs.run(link, 3, rank -> {
            rank.world().barrier(new Site("heat.pel", 4, "barrier"));
            if (rank.rank() == 1) {
                trapAt("index 12 outside 0..9 of axis 0", "heat.pel", 31);
            }
            rank.world().allreduce(new Site("heat.pel", 35, "max"), 1.0, Op.MAX);
        });
        assertThat(System.nanoTime() - start).isLessThan(limit(link));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("pelrun: rank 1 of 3 on host ")
                .contains("\n  index 12 outside 0..9 of axis 0\n  at heat.pel:31\n")
                .contains("barrier (collective 1) at heat.pel:4")
                .containsPattern("waits? in allreduce at heat.pel:35, missing rank ")
                .doesNotContain("java").doesNotContain("PelTrap").doesNotContain("Exception");
    }

    @ParameterizedTest
    @EnumSource
    void ranksThatComputeDoNotHoldUpTheEnd(Link link) {
        long start = System.nanoTime();
        Jobs.Result result = Jobs.run(link, 3, rank -> {
            Comm world = rank.world();
            if (rank.rank() == 2) {
                // Both have left the runtime.
                world.recv(new int[1], 0, 1, 0, 0);
                world.recv(new int[1], 0, 1, 1, 0);
                throw new PelTrap("division by zero");
            }
            world.send(new int[1], 0, 1, 2, 0);
            while (!Thread.interrupted()) {
                Thread.onSpinWait();
            }
        });
        assertThat(System.nanoTime() - start).isLessThan(limit(link));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("division by zero").contains("ranks 0, 1 compute");
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheFirstFailureIsReported(Link link) {
        Jobs.Result result = Jobs.run(link, 4, rank -> {
            throw new PelTrap("trap of rank " + rank.rank());
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).containsOnlyOnce("failed");
        // Ranks of other hosts may say how they ended before they hear of it.
        assertThat(result.err().lines().filter(l -> l.startsWith("  trap of rank"))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void abortCodesAreThoseOfTheShell(Link link) {
        for (long[] pair : new long[][] {{3, 3}, {0, 1}, {256, 1}, {300, 44}, {-1, 255}}) {
            Jobs.Result result = Jobs.run(link, 2, rank -> {
                if (rank.rank() == 1) {
                    throw rank.abort(pair[0]);
                }
                rank.world().recvBytes(1, 0);
            });
            assertThat((long) result.exitCode()).isEqualTo(pair[1]);
            assertThat(result.err()).contains("rank 1 of 2").contains("abort(" + pair[0] + ") was called");
        }
    }

    @ParameterizedTest
    @EnumSource
    void stackOverflowAndForeignExceptions(Link link) {
        Jobs.Result deep = Jobs.run(link, 2, rank -> endless(rank, 1));
        assertThat(deep.err()).contains("stack overflow: the recursion is too deep");
        Jobs.Result zero = Jobs.run(link, 1, rank -> {
            int none = rank.rank();
            rank.note("" + 1 / none);
        });
        assertThat(zero.err()).contains("integer division by zero").doesNotContain("Arithmetic");
        Jobs.Result other = Jobs.run(link, 1, rank -> {
            throw new IllegalStateException("odd");
        });
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("internal error: java.lang.IllegalStateException: odd").contains("FailureTest");
    }

    private static long endless(Rank rank, long depth) {
        return 1 + endless(rank, depth + 1);
    }

    @ParameterizedTest
    @EnumSource
    void differentCollectivesNameBothSites(Link link) {
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            if (rank.rank() == 0) {
                rank.world().allreduce(new Site("a.pel", 20, "sum"), 1L, Op.SUM);
            } else {
                rank.world().allreduce(new Site("a.pel", 27, "max"), 1L, Op.MAX);
            }
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("the ranks disagree about collective 1")
                .contains("rank 0 calls allreduce 8 bytes at a.pel:20").contains("rank 1 calls allreduce 8 bytes at a.pel:27");
    }

    @ParameterizedTest
    @EnumSource
    void differentLengthsAreAnError(Link link) {
        Jobs.Result result = Jobs.run(link, 2, rank ->
                rank.world().allreduce(new Site("a.pel", 9, "sum"), new double[5 + rank.rank()], 0, 5 + rank.rank(), Op.SUM));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("allreduce at a.pel:9").containsPattern("sent [56] elements, expected [56]");
    }

    @ParameterizedTest
    @EnumSource
    void unreceivedMessagesAreAWarning(Link link) {
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            for (int i = 0; i < 3; i++) {
                rank.world().sendBuffered(new double[rank.rank() * 10_000], 0, rank.rank() * 10_000, 1 - rank.rank(), 5);
            }
        });
        assertThat(result.exitCode()).isZero();
        // Between hosts, what is still under way at the end does not count.
        assertThat(result.err().lines()).hasSize(2)
                .anyMatch(l -> l.matches("pelrun: warning: [123] messages? from rank 0 to rank 1 \\(tag 5\\) (was|were) never received"))
                .anyMatch(l -> l.matches("pelrun: warning: [123] messages? from rank 1 to rank 0 \\(tag 5\\) (was|were) never received"));
    }

    @ParameterizedTest
    @EnumSource
    void printingKeepsOrder(Link link) {
        Jobs.Result result = Jobs.run(link, 3, rank -> {
            rank.print("once");
            rank.printall("from " + rank.rank());
            double before = rank.clock();
            assertThat(rank.clock()).isGreaterThanOrEqualTo(before);
            rank.print("end");
        });
        assertThat(result.out().lines().toList()).isEqualTo(List.of("once", "from 0", "from 1", "from 2", "end"));
        assertThat(result.err()).isEmpty();
    }
}
