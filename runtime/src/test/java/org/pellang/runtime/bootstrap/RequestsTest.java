package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Message;
import org.pellang.runtime.PersistentRequest;
import org.pellang.runtime.Request;
import org.pellang.runtime.Requests.Completed;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** Persistent and synchronous requests, several at once, probes that take. */
@Timeout(60)
class RequestsTest {
    @ParameterizedTest
    @EnumSource
    void persistentRequestsCarryTheBuffersContentsOfEachStart(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int peer = 1 - rank.rank();
            long[] out = new long[2_000];
            long[] in = new long[2_000];
            PersistentRequest[] both = {world.recvInit(in, 0, 2_000, peer, 1), world.sendInit(out, 0, 2_000, peer, 1)};
            for (int step = 0; step < 20; step++) {
                Arrays.fill(out, step * 10L + rank.rank());
                PersistentRequest.startAll(both);
                Request.awaitAll(both);
                assertThat(both[0].isActive()).isFalse();
                assertThat(in[1_999]).isEqualTo(step * 10L + peer);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aSynchronousSendIsCompleteOnlyWhenItIsReceived(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int[] data = {7};
            if (rank.rank() == 0) {
                Request send = world.issend(data, 0, 1, 1, 1);
                world.recv(data, 0, 1, 1, 2);
                assertThat(send.test()).as("rank 1 has answered, but not received").isFalse();
                world.send(data, 0, 1, 1, 3);
                assertThat(send.await()).isEqualTo(new Status(1, 1, 1));
                world.ssend(new int[50_000], 0, 50_000, 1, 4);
            } else {
                world.send(data, 0, 1, 0, 2);
                world.recv(data, 0, 1, 0, 3);
                assertThat(world.recv(data, 0, 1, 0, 1)).isEqualTo(new Status(0, 1, 1));
                world.recv(new int[50_000], 0, 50_000, 0, 4);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void synchronousSendsBeforeReceivesAreADeadlock(Link link) {
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            rank.world().ssend(new int[1], 0, 1, 1 - rank.rank(), 5);
            rank.world().recv(new int[1], 0, 1, 1 - rank.rank(), 5);
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("deadlock").contains("rank 0 waits in issend to rank 1");
    }

    @ParameterizedTest
    @EnumSource
    void waitingForAnyTakesEachOnce(Link link) {
        good(link, 4, rank -> {
            Comm world = rank.world();
            int[] box = {rank.rank()};
            if (rank.rank() != 0) {
                world.send(box, 0, 1, 0, rank.rank());
                world.barrier();
                world.send(box, 0, 1, 0, 10 + rank.rank());
                return;
            }
            int[][] in = new int[6][1];
            @Nullable Request[] requests = new Request[8];
            for (int r = 1; r < 4; r++) {
                requests[r] = world.irecv(in[r - 1], 0, 1, r, r);
                requests[3 + r] = world.irecv(in[2 + r], 0, 1, r, 10 + r);
            }
            for (int i = 0; i < 3; i++) {
                Completed completed = world.requests().waitAny(requests);
                assertThat(completed.status()).isEqualTo(new Status(completed.index(), completed.index(), 1));
                assertThat(requests[completed.index()]).isNull();
            }
            assertThat(world.requests().testSome(requests)).isEmpty();
            world.barrier();
            int rest = 0;
            for (List<Completed> some = world.requests().waitSome(requests); !some.isEmpty(); some = world.requests().waitSome(requests)) {
                rest += some.size();
            }
            assertThat(rest).isEqualTo(3);
            assertThat(requests).containsOnlyNulls();
            assertThat(world.requests().testAll(requests)).isTrue();
            assertThat(world.requests().waitAny(requests)).isNull();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aMatchedProbeTakesTheMessage(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            if (rank.rank() == 0) {
                for (int length : new int[] {3, 600, 100_000}) {
                    int[] data = new int[length];
                    data[length - 1] = length;
                    world.send(data, 0, length, 1, 2);
                }
                world.send(new int[] {-1}, 0, 1, 1, 2);
                return;
            }
            for (int length : new int[] {3, 600, 100_000}) {
                Message message = world.mprobe(Comm.ANY_SOURCE, 2);
                assertThat(message.status()).isEqualTo(new Status(0, 2, length));
                int[] data = new int[length];
                assertThat(message.recv(data, 0, length)).isEqualTo(message.status());
                assertThat(data[length - 1]).isEqualTo(length);
            }
            assertThat(world.probe(0, Comm.ANY_TAG)).isEqualTo(new Status(0, 2, 1));
            int[] last = new int[1];
            world.recv(last, 0, 1, 0, 2);
            assertThat(last[0]).isEqualTo(-1);
            assertThat(world.improbe(0, 2)).isNull();
        });
    }

    @ParameterizedTest
    @EnumSource
    void sendRecvAndNobody(Link link) {
        good(link, 3, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            double[] out = new double[9_000];
            double[] in = new double[9_000];
            out[8_999] = me;
            int to = me < 2 ? me + 1 : Comm.PROC_NULL;
            int from = me > 0 ? me - 1 : Comm.PROC_NULL;
            Status status = world.sendRecv(out, 0, 9_000, to, 1, in, 0, 9_000, from, 1);
            assertThat(status).isEqualTo(me > 0 ? new Status(me - 1, 1, 9_000) : new Status(Comm.PROC_NULL, Comm.ANY_TAG, 0));
            assertThat(in[8_999]).isEqualTo(me > 0 ? me - 1 : 0);
        });
    }
}
