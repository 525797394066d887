package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Message;
import org.pellang.runtime.Op;
import org.pellang.runtime.Request;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** What nobody receives stays with its sender; nothing gets lost, overtaken or stuck when credit runs out. */
@Timeout(120)
class FlowControlTest {
    private static final int MIB = 1 << 20;
    /** More than all credit of a pair of ranks. */
    private static final int MANY = 150;

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** 100 MiB and 10,000 messages of 4 KiB, all unmatched, from two buffers: headers only, and the first MiB. */
    @ParameterizedTest
    @EnumSource
    void unmatchedLongMessagesStayWithTheirSender(Link link) {
        int longOnes = 100;
        int shorter = 10_000;
        good(link, 2, rank -> {
            Comm world = rank.world();
            byte[] big = new byte[MIB];
            byte[] small = new byte[4096];
            Request[] requests = new Request[longOnes + shorter];
            long before = usedHeap();
            world.barrier();
            if (rank.rank() == 0) {
                for (int i = 0; i < requests.length; i++) {
                    byte[] data = i < longOnes ? big : small;
                    requests[i] = world.isend(data, 0, data.length, 1, i < longOnes ? 1 : 2);
                }
                world.send(big, 0, 0, 1, 9);
                Request.awaitAll(requests);
                return;
            }
            world.recv(small, 0, 0, 0, 9);
            assertThat(usedHeap() - before).isLessThan(24L << 20);
            for (int i = 0; i < longOnes; i++) {
                assertThat(world.recv(big, 0, big.length, 0, 1).count()).isEqualTo(MIB);
            }
            for (int i = 0; i < shorter; i++) {
                assertThat(world.recv(small, 0, small.length, 0, 2).count()).isEqualTo(small.length);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void promisesKeepOrderAmongWholeMessages(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            if (rank.rank() == 0) {
                List<Request> requests = new ArrayList<>();
                for (int i = 0; i < 4 * MANY; i++) {
                    int[] data = new int[i % 7 == 0 ? 1 : i % 11 == 0 ? 400_000 : 100];
                    data[0] = i;
                    data[data.length - 1] = i;
                    requests.add(world.isend(data, 0, data.length, 1, i % 2));
                }
                Request.awaitAll(requests.toArray(Request[]::new));
                return;
            }
            int[] data = new int[400_000];
            for (int parity = 1; parity >= 0; parity--) {
                for (int i = parity; i < 4 * MANY; i += 2) {
                    int n = world.recv(data, 0, data.length, i % 3 == 0 ? Comm.ANY_SOURCE : 0, parity).count();
                    assertThat(data[0]).isEqualTo(i);
                    assertThat(data[n - 1]).isEqualTo(i);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyWayToReceiveAPromise(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            if (rank.rank() == 0) {
                byte[] data = new byte[2 * MIB];
                data[2 * MIB - 1] = 7;
                Request first = world.isend(data, 0, data.length, 1, 1);
                Request second = world.issend(data, 0, data.length, 1, 2);
                world.sendBuffered(data, 0, data.length, 1, 3);
                world.sendBytes(data.clone(), 1, 4);
                world.send(new long[1], 0, 1, 1, 5);
                assertThat(first.test()).isFalse();
                assertThat(second.test()).isFalse();
                data = new byte[0];
                world.barrier();
                second.await();
                first.await();
                return;
            }
            world.recv(new long[1], 0, 1, 0, 5);
            world.barrier();
            byte[] data = new byte[3 * MIB];
            assertThat(world.probe(0, 3)).isEqualTo(new Status(0, 3, 2 * MIB));
            assertThat(world.receiveBytes(0, 4).bytes()).hasSize(2 * MIB).endsWith(7);
            Message message = world.mprobe(Comm.ANY_SOURCE, 2);
            assertThat(message.status().count()).isEqualTo(2 * MIB);
            message.recv(data, MIB, 2 * MIB);
            assertThat(data[3 * MIB - 1]).isEqualTo((byte) 7);
            data[3 * MIB - 1] = 0;
            assertThat(world.recv(data, 0, data.length, 0, Comm.ANY_TAG)).isEqualTo(new Status(0, 1, 2 * MIB));
            assertThat(data[2 * MIB - 1]).isEqualTo((byte) 7);
            world.recv(data, MIB, 2 * MIB, 0, 3);
            assertThat(data[3 * MIB - 1]).isEqualTo((byte) 7);
        });
    }

    @ParameterizedTest
    @EnumSource
    void promisesThatDoNotFitAreErrorsAndTheSenderGoesOn(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            if (rank.rank() == 0) {
                world.send(new byte[2 * MIB], 0, 2 * MIB, 1, 1);
                world.send(new long[MIB], 0, MIB, 1, 2);
                return;
            }
            assertThatThrownBy(() -> world.recv(new byte[5], 0, 5, 0, 1)).isInstanceOf(CommException.class).hasMessageContaining("the buffer holds 5");
            assertThatThrownBy(() -> world.recv(new byte[5], 0, 5, 0, 2)).isInstanceOf(CommException.class).hasMessageContaining("sent ints, not bytes");
        });
    }

    @ParameterizedTest
    @EnumSource
    void twoLongSendsThatWaitForEachOtherAreADeadlock(Link link) {
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            rank.world().send(new byte[2 * MIB], 0, 2 * MIB, 1 - rank.rank(), 3);
            rank.world().recv(new byte[2 * MIB], 0, 2 * MIB, 1 - rank.rank(), 3);
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("deadlock").contains("rank 0 waits in send to rank 1, tag 3").contains("rank 1 waits in send to rank 0, tag 3");
    }

    @ParameterizedTest
    @EnumSource
    void promisesThatNobodyAskedForAreNamedAtTheEnd(Link link) {
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            if (rank.rank() == 0) {
                rank.world().sendBuffered(new byte[2 * MIB], 0, 2 * MIB, 1, 5);
                rank.world().isend(new byte[3 * MIB], 0, 3 * MIB, 1, 5);
            }
        });
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEqualTo("pelrun: warning: 2 messages from rank 0 to rank 1 (tag 5) were never received\n");
    }

    @ParameterizedTest
    @EnumSource
    void messagesToOneself(Link link) {
        good(link, 1, rank -> {
            Comm world = rank.world();
            for (int i = 0; i < MANY; i++) {
                byte[] data = new byte[i % 2 == 0 ? 40 : 100_000];
                data[3] = (byte) i;
                world.send(data, 0, data.length, 0, 1);
                data[3] = -1;
            }
            byte[] data = new byte[100_000];
            for (int i = 0; i < MANY; i++) {
                world.recv(data, 0, data.length, 0, 1);
                assertThat(data[3]).isEqualTo((byte) i);
            }
        });
    }

    /** No collective may depend on the credit that messages of the program have used up. */
    @ParameterizedTest
    @EnumSource
    void collectivesGoOnWithoutCredit(Link link) {
        for (int p = 2; p <= 5; p++) {
            good(link, p, rank -> {
                Comm world = rank.world();
                int n = rank.size();
                List<Request> open = new ArrayList<>();
                long[] data = new long[20_000];
                for (int peer = 0; peer < n; peer++) {
                    for (int i = 0; i < MANY; i++) {
                        open.add(world.isend(data, 0, 1_000, peer, 1));
                    }
                }
                for (int len : new int[] {10, 3_000, 20_000}) {
                    long[] mine = new long[len];
                    mine[len - 1] = 1;
                    world.allreduce(mine, 0, len, Op.SUM);
                    assertThat(mine[len - 1]).isEqualTo(n);
                    world.scan(mine, 0, len, Op.MAX);
                    world.exscan(mine, 0, len, Op.MAX);
                    world.reduce(mine, 0, len, Op.SUM, n - 1);
                    world.bcast(mine, 0, len, 0);
                    long[] all = new long[n * len];
                    world.allgather(mine, 0, len, all, 0);
                    world.gather(mine, 0, len, all, 0, n / 2);
                    world.scatter(all, 0, mine, 0, len, n / 2);
                    world.alltoall(all, 0, len, new long[n * len], 0);
                    world.reduceScatterBlock(all, 0, len, mine, 0, Op.SUM);
                }
                long[] in = new long[1_000];
                for (int k = 0; k < n * MANY; k++) {
                    world.recv(in, 0, 1_000, Comm.ANY_SOURCE, 1);
                }
                Request.awaitAll(open.toArray(Request[]::new));
            });
        }
    }

    /** Credit comes back: much more than the window goes through, in both directions at once. */
    @ParameterizedTest
    @EnumSource
    void creditComesBack(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int peer = 1 - rank.rank();
            long[] out = new long[30_000];
            long[] in = new long[30_000];
            for (int i = 0; i < 3_000; i++) {
                int n = i % 50 == 0 ? 30_000 : 5 + i % 600;
                out[n - 1] = i;
                world.sendRecv(out, 0, n, peer, 1, in, 0, n, peer, 1);
                assertThat(in[n - 1]).isEqualTo(i);
            }
        });
    }
}
