package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Message;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Request;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** Random traffic of 0 bytes to 16 MiB, taken by wildcards, probes, matched probes and receives that are cancelled: in sequence, unharmed. */
@Timeout(180)
class ProbingStormTest {
    private static final int RANKS = 3;
    private static final int TAGS = 3;
    private static final int EACH = 40;
    private static final int HEADER = 12;
    private static final int LONGEST = 16 << 20;

    @ParameterizedTest
    @EnumSource
    void everythingArrivesOnceAndInOrder(Link link) {
        Jobs.Result result = Jobs.run(link, RANKS, ProbingStormTest::storm);
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private static void storm(Rank rank) {
        Comm world = rank.world();
        SplittableRandom random = new SplittableRandom(50 + rank.rank());
        List<Request> requests = new ArrayList<>();
        int[] sequence = new int[RANKS * TAGS];
        for (int m = 0; m < EACH * RANKS; m++) {
            int peer = m % RANKS;
            int tag = random.nextInt(TAGS);
            byte[] data = message(random, m < RANKS ? LONGEST : length(random), sequence[peer * TAGS + tag]++);
            switch (random.nextInt(3)) {
                case 0 -> world.sendBuffered(data, 0, data.length, peer, tag);
                case 1 -> requests.add(world.issend(data, 0, data.length, peer, tag));
                default -> requests.add(world.isend(data, 0, data.length, peer, tag));
            }
        }
        receive(world, random);
        Request.awaitAll(requests.toArray(Request[]::new));
        assertThat(world.iprobe(Comm.ANY_SOURCE, Comm.ANY_TAG)).isNull();
    }

    private static int length(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> HEADER + random.nextInt(20);
            case 2 -> HEADER + random.nextInt(5_000);
            case 3 -> HEADER + random.nextInt(70_000);
            default -> random.nextInt(10) == 0 ? HEADER + random.nextInt(3 << 20) : HEADER + random.nextInt(300);
        };
    }

    /** Number in the sequence, checksum, noise. */
    private static byte[] message(SplittableRandom random, int length, int number) {
        byte[] data = new byte[length];
        if (length > 0) {
            random.nextBytes(data);
            ByteBuffer.wrap(data).putInt(number).putLong(sum(data));
        }
        return data;
    }

    private static long sum(byte[] data) {
        long sum = data.length;
        for (int i = HEADER; i < data.length; i++) {
            sum = sum * 31 + data[i];
        }
        return sum;
    }

    private static void receive(Comm world, SplittableRandom random) {
        int[] expected = new int[RANKS * TAGS];
        byte[] buffer = new byte[LONGEST];
        for (int left = EACH * RANKS; left > 0; ) {
            int source = random.nextBoolean() ? Comm.ANY_SOURCE : random.nextInt(RANKS);
            int tag = random.nextBoolean() ? Comm.ANY_TAG : random.nextInt(TAGS);
            Status status = take(world, random.nextInt(4), source, tag, buffer);
            if (status != null) {
                left--;
                check(status, buffer, expected[status.source() * TAGS + status.tag()]++);
            }
        }
    }

    private static @Nullable Status take(Comm world, int way, int source, int tag, byte[] buffer) {
        switch (way) {
            case 0 -> {
                Status seen = world.probe(Comm.ANY_SOURCE, Comm.ANY_TAG);
                Status got = world.recv(buffer, 0, seen.count(), seen.source(), seen.tag());
                assertThat(got).isEqualTo(seen);
                return got;
            }
            case 1 -> {
                Message message = world.improbe(source, tag);
                return message == null ? null : message.recv(buffer, 0, buffer.length);
            }
            case 2 -> {
                Request request = world.irecv(buffer, 0, buffer.length, source, tag);
                return !request.test() && request.cancel() ? null : request.await();
            }
            default -> {
                Status seen = world.iprobe(source, tag);
                return seen == null ? null : world.recv(buffer, 0, buffer.length, seen.source(), seen.tag());
            }
        }
    }

    private static void check(Status status, byte[] buffer, int number) {
        if (status.count() > 0) {
            byte[] data = java.util.Arrays.copyOf(buffer, status.count());
            ByteBuffer in = ByteBuffer.wrap(data);
            assertThat(in.getInt()).as("sequence of %s", status).isEqualTo(number);
            assertThat(in.getLong()).as("checksum of %s", status).isEqualTo(sum(data));
        }
    }
}
