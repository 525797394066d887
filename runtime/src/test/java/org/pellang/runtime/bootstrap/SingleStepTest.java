package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Request;
import org.pellang.runtime.Status;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Patience;
import org.pellang.runtime.progress.Receive;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.local.LocalFabric;

/** The progress engine of two ranks, step by step, by one thread: what has moved after each step is exactly known. */
@Timeout(20)
class SingleStepTest {
    private static final int CREDITS = 64;
    private static final int WORLD = 0;

    private LocalFabric fabric;
    private Endpoint a;
    private Endpoint b;

    @BeforeEach
    void connect() {
        fabric = new LocalFabric(2);
        a = new Endpoint(fabric.transport(0), Patience.forRanks(2));
        b = new Endpoint(fabric.transport(1), Patience.forRanks(2));
    }

    private Request send(long value, int len) {
        long[] data = new long[len];
        data[len - 1] = value;
        return a.startSend("isend", WORLD, 1, 3, data, 0, len);
    }

    private static boolean done(Request request) {
        return request instanceof org.pellang.runtime.progress.Waitable what && what.done();
    }

    @Test
    void nothingMovesWhereNothingIs() {
        assertThat(a.progress()).isZero();
        assertThat(b.progress()).isZero();
        assertThat(b.probe(WORLD, 0, 3)).isNull();
    }

    @Test
    void aMessageMeetsItsReceiveInOneStep() {
        long[] data = new long[5];
        Receive receive = b.receive("irecv", WORLD, 0, 3, data, 0, 5);
        assertThat(done(send(9, 5))).isTrue();
        assertThat(receive.done()).isFalse();
        assertThat(b.progress()).isEqualTo(1);
        assertThat(receive.done()).isTrue();
        assertThat(data[4]).isEqualTo(9);
    }

    /** The 65th message goes as a promise: header, question, elements, one step each. */
    @Test
    void withoutCredit() {
        for (int i = 0; i < CREDITS; i++) {
            assertThat(done(send(i, 50))).as("message %d", i).isTrue();
        }
        Request late = send(CREDITS, 50);
        assertThat(done(late)).isFalse();
        assertThat(a.progress()).as("the promise has gone").isZero();
        assertThat(b.progress()).as("it is here, too").isEqualTo(CREDITS + 1);
        assertThat(done(late)).isFalse();
        long[] data = new long[50];
        for (int i = 0; i < CREDITS; i++) {
            Receive receive = b.receive("irecv", WORLD, 0, 3, data, 0, 50);
            assertThat(receive.done()).isTrue();
            assertThat(data[49]).isEqualTo(i);
        }
        assertThat(b.probe(WORLD, 0, 3)).isEqualTo(new Status(0, 3, 50));
        Receive last = b.receive("irecv", WORLD, 0, 3, data, 0, 50);
        assertThat(last.done()).as("only asked for").isFalse();
        assertThat(last.needsMessage()).isFalse();
        assertThat(a.progress()).as("the question comes, the elements go").isEqualTo(1);
        assertThat(done(late)).isTrue();
        assertThat(b.progress()).isEqualTo(1);
        assertThat(last.done()).isTrue();
        assertThat(data[49]).isEqualTo(CREDITS);
        assertThat(done(send(7, 50))).as("credit is back").isTrue();
    }

    @Test
    void aFullRing() {
        int cells = fabric.layout().cells();
        for (int i = 0; i < cells; i++) {
            assertThat(done(send(i, 1))).isTrue();
        }
        Request late = send(cells, 1);
        assertThat(done(late)).isFalse();
        assertThat(a.progress()).isZero();
        assertThat(b.progress()).isEqualTo(cells);
        assertThat(a.progress()).as("there is room").isEqualTo(1);
        assertThat(done(late)).isTrue();
        long[] data = new long[1];
        b.receiveNow("recv", WORLD, 0, 3, data, 0, 1);
        assertThat(data[0]).isZero();
    }

    /** The length goes before the first chunk, which is matched as any message is; the others come under its number, and so meet no other receive. */
    @Test
    void aMessageOfSeveralChunks() {
        int number = a.announce("isend", 1, 3, Kind.LONG, 10);
        a.startFirst("isend", WORLD, 1, 3, number, false, new long[] {1, 1, 1, 1}, 0, 4);
        a.start("isend", Endpoint.CONTINUED, 1, number, 0, Kind.LONG, new long[] {2, 2, 2, 2}, 0, 4);
        send(9, 1);
        assertThat(b.progress()).as("length, two chunks, another message").isEqualTo(4);
        assertThat(b.probe(WORLD, 0, Comm.ANY_TAG)).isEqualTo(new Status(0, 3, 10));
        Receive first = b.receiveFirst("irecv", WORLD, Comm.ANY_SOURCE, Comm.ANY_TAG, Kind.LONG, null, 0, 0);
        assertThat(first.done()).isTrue();
        assertThat(first.awaitArray()).isEqualTo(new long[] {1, 1, 1, 1});
        assertThat(first.elements()).isEqualTo(10);
        long[] next = new long[1];
        assertThat(b.receive("irecv", WORLD, Comm.ANY_SOURCE, Comm.ANY_TAG, next, 0, 1).done()).isTrue();
        assertThat(next[0]).isEqualTo(9);
        long[] rest = new long[6];
        Receive second = b.receive("irecv", Endpoint.CONTINUED, 0, first.number(), rest, 0, 6);
        Receive third = b.receive("irecv", Endpoint.CONTINUED, 0, first.number(), rest, 4, 2);
        assertThat(second.done()).isTrue();
        assertThat(b.progress()).isZero();
        assertThat(third.done()).isFalse();
        a.start("isend", Endpoint.CONTINUED, 1, number, 0, Kind.LONG, new long[] {3, 3}, 0, 2);
        assertThat(b.progress()).isEqualTo(1);
        assertThat(third.done()).isTrue();
        assertThat(rest).containsExactly(2, 2, 2, 2, 3, 3);
    }

    /** Short messages need no credit, only room. */
    @Test
    void shortMessagesAreFree() {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < CREDITS; i++) {
                assertThat(done(send(i, 4))).isTrue();
            }
            assertThat(b.progress()).isEqualTo(CREDITS);
        }
    }

    /** A rank that gets what it waits for leaves the rest in the rings, but looks at another one first the next time. */
    @Test
    void whoSendsMuchKeepsNobodyAway() {
        LocalFabric three = new LocalFabric(3);
        Endpoint[] ranks = new Endpoint[3];
        for (int r = 0; r < ranks.length; r++) {
            ranks[r] = new Endpoint(three.transport(r), Patience.forRanks(3));
        }
        for (int i = 0; i < 10; i++) {
            ranks[0].startSend("isend", WORLD, 2, 3, new long[] {i}, 0, 1);
        }
        ranks[1].startSend("isend", WORLD, 2, 3, new long[] {99}, 0, 1);
        List<Integer> sources = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            sources.add(ranks[2].receiveNow("recv", WORLD, Comm.ANY_SOURCE, 3, new long[1], 0, 1).source());
        }
        assertThat(sources).containsExactlyInAnyOrder(0, 1);
    }

    /** A long array is lent: its sender has it back as soon as the receiver has copied it. */
    @Test
    void lentArrays() {
        Request sent = send(5, 10_000);
        assertThat(done(sent)).isFalse();
        assertThat(b.progress()).isEqualTo(1);
        assertThat(done(sent)).as("unexpected, so still the sender's").isFalse();
        long[] data = new long[10_000];
        assertThat(b.receive("irecv", WORLD, 0, 3, data, 0, 10_000).done()).isTrue();
        assertThat(done(sent)).isTrue();
        assertThat(data[9_999]).isEqualTo(5);
    }

    @Test
    void theBoardCountsEveryStep() {
        Board board = fabric.board();
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            requests.add(send(i, 1));
        }
        assertThat(requests).allMatch(SingleStepTest::done);
        assertThat(board.sent(0)).isEqualTo(3);
        assertThat(board.polled(1)).isZero();
        b.progress();
        assertThat(board.polled(1)).as("not shown before the rank is about to sleep").isZero();
    }
}
