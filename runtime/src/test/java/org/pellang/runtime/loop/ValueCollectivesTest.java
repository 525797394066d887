package org.pellang.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.Op;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.PelList;

class ValueCollectivesTest {
    record Near(double d, long c) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void valuesOfAllKinds(int ranks) {
        Ranks.run(ranks, rank -> {
            long me = rank.rank();
            String digits = "0123456789".substring(0, ranks);
            assertThat(ValueCollectives.allreduce(rank, Ranks.SITE, Codec.STRING, "" + me, (a, b) -> a + b)).isEqualTo(digits);
            assertThat(ValueCollectives.reduce(rank, Ranks.SITE, Codec.STRING, "" + me, (a, b) -> a + b, ranks - 1, ""))
                    .isEqualTo(me == ranks - 1 ? digits : "");
            assertThat(ValueCollectives.scan(rank, Ranks.SITE, Codec.STRING, "" + me, (a, b) -> a + b)).isEqualTo(digits.substring(0, (int) me + 1));
            assertThat(ValueCollectives.exscan(rank, Ranks.SITE, Codec.STRING, "" + me, (a, b) -> a + b, "")).isEqualTo(digits.substring(0, (int) me));
            Codec<Object> near = Codec.ofRecord(Near.class);
            assertThat(ValueCollectives.bcast(rank, Ranks.SITE, near, new Near(me, me), ranks / 2)).isEqualTo(new Near(ranks / 2, ranks / 2));
            PelArray sums = ValueCollectives.allreduce(rank, Ranks.SITE, Codec.array(ElemType.INT), PelArray.ofLongs(me, 1), ValueOperators.of(Op.SUM));
            assertThat(sums.i64(0)).containsExactly(ranks * (ranks - 1L) / 2, ranks);
            assertThat(ValueCollectives.allgather(rank, Ranks.SITE, ElemType.FLOAT, me * 0.5).f64(0)).hasSize(ranks).endsWith((ranks - 1) * 0.5);
            PelArray gathered = ValueCollectives.gather(rank, Ranks.SITE, ElemType.INT, me, 0);
            assertThat(gathered.size()).isEqualTo(me == 0 ? ranks : 0);
            PelArray ragged = PelArray.ofDoubles(new double[(int) me]);
            assertThat(ValueCollectives.allgatherArray(rank, Ranks.SITE, ragged).size()).isEqualTo(ranks * (ranks - 1L) / 2);
            long[] all = new long[2 * ranks + 1];
            Arrays.setAll(all, i -> i);
            PelArray mine = ValueCollectives.scatterArray(rank, Ranks.SITE, me == 0 ? PelArray.ofLongs(all) : PelArray.ofLongs(), 0);
            assertThat(mine.i64(0)).containsExactly(Arrays.copyOfRange(all, (int) (me * all.length / ranks), (int) ((me + 1) * all.length / ranks)));
            double[] out = new double[2 * ranks];
            Arrays.setAll(out, i -> me * 100 + i);
            PelArray in = ValueCollectives.alltoallArray(rank, Ranks.SITE, PelArray.ofDoubles(out));
            for (int s = 0; s < ranks; s++) {
                assertThat(in.f64(0)[2 * s + 1]).isEqualTo(s * 100 + 2 * me + 1);
            }
            PelList<String> words = new PelList<>();
            for (int r = 0; r < ranks; r++) {
                words.push(me + ">" + r);
            }
            assertThat(ValueCollectives.alltoallList(rank, Ranks.SITE, Codec.STRING, words).get(ranks - 1)).isEqualTo((ranks - 1) + ">" + me);
            assertThat(ValueCollectives.scatterList(rank, Ranks.SITE, Codec.STRING, words, 0)).isEqualTo("0>" + me);
            assertThat(ValueCollectives.agree(rank, Ranks.SITE, Codec.DOUBLE, 0.5)).isEqualTo(0.5);
        });
    }

    @Test
    void disagreementStopsTheJob() {
        assertThat(Ranks.report(3, rank -> ValueCollectives.agree(rank, Ranks.SITE, Codec.DOUBLE, rank.rank() == 2 ? -0.0 : 0.0)))
                .contains("agree: rank 2 has -0.0 where rank 0 has 0.0");
    }

    @Test
    void channelsKeepOrderAndNeverBlockTheSender() {
        Ranks.run(4, rank -> {
            Channel<PelArray> blocks = new Channel<>(rank, Codec.array(ElemType.FLOAT), 0, "blocks", 3);
            Channel<Long> numbers = new Channel<>(rank, Codec.LONG, 1, "numbers");
            long right = (rank.rank() + 1) % 4;
            long left = (rank.rank() + 3) % 4;
            PelArray data = PelArray.ofDoubles(rank.rank(), 1, 2);
            for (long n = 0; n < 100; n++) {
                numbers.send(rank, n, right);
                blocks.send(rank, data, right);
            }
            data.f64(0)[0] = -1;
            for (long n = 0; n < 100; n++) {
                assertThat(blocks.recv(rank, left).f64(0)[0]).isEqualTo(left);
                assertThat(numbers.recvAny(rank)).isEqualTo(new Channel.Message<>(n, left));
            }
        });
        assertThat(Ranks.report(2, rank -> new Channel<>(rank, Codec.array(ElemType.FLOAT), 0, "c", 3).send(rank, PelArray.ofDoubles(1), 0)))
                .contains("channel c carries arrays [3], not [0..0]");
        assertThat(Ranks.report(2, rank -> new Channel<>(rank, Codec.LONG, 0, "c").send(rank, 1L, 5))).contains("send to rank 5 on channel c");
    }
}
