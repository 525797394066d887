package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.util.Arrays;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Part;
import org.pellang.runtime.Received;
import org.pellang.runtime.Request;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** The contract of every transport, as seen through a communicator. */
@Timeout(60)
class PointToPointTest {
    private static final int[] LENGTHS = {0, 1, 4, 5, 511, 512, 513, 8_191, 32_768, 32_769, 100_003, 1_000_000};

    @ParameterizedTest
    @EnumSource
    void exchangesAroundARingOfAnyLength(Link link) {
        good(link, 3, rank -> {
            Comm world = rank.world();
            int right = (world.rank() + 1) % 3;
            int left = (world.rank() + 2) % 3;
            for (int length : LENGTHS) {
                double[] out = new double[length + 2];
                double[] in = new double[length + 2];
                Arrays.setAll(out, i -> world.rank() * 1e7 + i);
                Status status = world.sendRecv(out, 1, length, right, length % 7, in, 2, length, left, length % 7);
                assertThat(status).isEqualTo(new Status(left, length % 7, length));
                assertThat(in[0]).isZero();
                for (int i = 0; i < length; i++) {
                    assertThat(in[i + 2] == left * 1e7 + i + 1).isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfArray(Link link) {
        good(link, 2, rank -> {
            Object[][] cases = {
                {new byte[] {1, -2, 127}, new byte[3]}, {new short[] {1, -2, 32767}, new short[3]},
                {new int[] {1, -2, 1 << 30}, new int[3]}, {new long[] {1, -2, 1L << 62}, new long[3]},
                {new float[] {1.5f, -0f, Float.NaN}, new float[3]}, {new double[] {1.5, -0.0, Double.NaN}, new double[3]},
                {new boolean[] {true, false, true}, new boolean[3]}};
            for (Object[] pair : cases) {
                if (rank.rank() == 0) {
                    rank.world().send(Part.ofAny(pair[0], 0, 3), 1, 0);
                } else {
                    rank.world().recv(Part.ofAny(pair[1], 0, 3), 0, 0);
                    assertThat(pair[1]).isEqualTo(pair[0]);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void fifoPerTagAndTagsOvertake(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int n = 500;
            if (rank.rank() == 0) {
                for (int i = 0; i < n; i++) {
                    world.sendBuffered(new int[] {i}, 0, 1, 1, i % 2);
                }
            } else {
                int[] got = new int[1];
                for (int tag : new int[] {1, 0}) {
                    for (int i = tag; i < n; i += 2) {
                        world.recv(got, 0, 1, 0, tag);
                        assertThat(got[0]).isEqualTo(i);
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void wildcardsTakeWhatComesAndNameIt(Link link) {
        good(link, 4, rank -> {
            Comm world = rank.world();
            if (rank.rank() != 0) {
                world.sendBytes(new byte[] {(byte) rank.rank()}, 0, 10 + rank.rank());
                return;
            }
            boolean[] seen = new boolean[4];
            for (int i = 0; i < 3; i++) {
                Received got = world.receiveBytes(Comm.ANY_SOURCE, Comm.ANY_TAG);
                assertThat(got.bytes()).containsExactly(got.source());
                assertThat(got.tag()).isEqualTo(10 + got.source());
                assertThat(seen[got.source()]).isFalse();
                seen[got.source()] = true;
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void requestsCompleteInAnyOrder(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int peer = 1 - rank.rank();
            long[][] in = new long[8][20_000];
            Request[] requests = new Request[16];
            for (int k = 0; k < 8; k++) {
                requests[k] = world.irecv(in[k], 0, in[k].length, peer, k);
            }
            for (int k = 7; k >= 0; k--) {
                long[] out = new long[20_000];
                Arrays.fill(out, 100 * rank.rank() + k);
                requests[8 + k] = world.isend(out, 0, out.length, peer, k);
            }
            Request.awaitAll(requests);
            for (int k = 0; k < 8; k++) {
                long expected = 100 * peer + k;
                assertThat(Arrays.stream(in[k]).allMatch(v -> v == expected)).isTrue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void messagesToOneself(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int[] in = new int[100_000];
            int[] out = new int[100_000];
            Arrays.setAll(out, i -> i * 3);
            world.send(out, 0, out.length, rank.rank(), 1);
            world.recv(in, 0, in.length, rank.rank(), 1);
            assertThat(in).isEqualTo(out);
        });
    }

    @ParameterizedTest
    @EnumSource
    void bufferedSendsNeverWaitForAReceiverThatComputes(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int n = 200;
            int length = 50_000;
            if (rank.rank() == 0) {
                int[] data = new int[length];
                for (int i = 0; i < n; i++) {
                    Arrays.fill(data, i);
                    world.sendBuffered(data, 0, length, 1, 0);
                }
                world.sendBytes(new byte[0], 1, 1);
            }
            if (rank.rank() == 1) {
                // Tag 1 comes last: by now all others have been sent without any receive.
                world.recvBytes(0, 1);
                int[] data = new int[length];
                for (int i = 0; i < n; i++) {
                    world.recv(data, 0, length, 0, 0);
                    assertThat(data[0]).isEqualTo(i);
                    assertThat(data[length - 1]).isEqualTo(i);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void probeSeesWithoutTaking(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            if (rank.rank() == 0) {
                world.send(new short[3], 0, 3, 1, 4);
            } else {
                Status seen = null;
                while (seen == null) {
                    seen = world.iprobe(Comm.ANY_SOURCE, Comm.ANY_TAG);
                }
                assertThat(seen).isEqualTo(new Status(0, 4, 3));
                assertThat(world.recv(new short[3], 0, 3, 0, 4)).isEqualTo(seen);
                assertThat(world.iprobe(0, 4)).isNull();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void tooLongOrOfAnotherTypeIsAnErrorThatNamesBothSides(Link link) {
        Jobs.Result tooLong = Jobs.run(link, 2, rank -> {
            if (rank.rank() == 0) {
                rank.world().send(new int[9], 0, 9, 1, 0);
            } else {
                rank.world().recv(new int[5], 0, 5, 0, 0);
            }
        });
        assertThat(tooLong.exitCode()).isEqualTo(1);
        assertThat(tooLong.err()).contains("recv from rank 0, tag 0: rank 0 sent 9 elements, the buffer holds 5");
        Jobs.Result type = Jobs.run(link, 2, rank -> {
            if (rank.rank() == 0) {
                rank.world().send(new int[5], 0, 5, 1, 0);
            } else {
                rank.world().recv(new double[5], 0, 5, 0, 0);
            }
        });
        assertThat(type.exitCode()).isEqualTo(1);
        assertThat(type.err()).contains("rank 0 sent 32-bit ints, not floats");
    }
}
