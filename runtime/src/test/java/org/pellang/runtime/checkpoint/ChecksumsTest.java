package org.pellang.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Sums put together from pieces equal those of the whole, whoever wrote which piece. */
class ChecksumsTest {

    private static int whole(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    @Test
    void knownValue() {
        // The check value of CRC-32C in the catalogue of parametrised CRC algorithms.
        byte[] digits = "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(Crc32c.of(digits, 0, 9)).isEqualTo(0xe3069283);
        assertThat(Crc32c.zeros(9)).isEqualTo(whole(new byte[9], 0, 9));
        assertThat(Crc32c.zeros(0)).isZero();
    }

    @Test
    void piecesInAnyOrderByAnyRanks() {
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            int length = 1 + random.nextInt(round < 20 ? 500 : 300_000);
            byte[] file = new byte[length];
            random.nextBytes(file);
            BlockSums[] ranks = new BlockSums[3];
            Arrays.setAll(ranks, r -> new BlockSums(length));
            for (int at = 0; at < length; ) {
                int n = Math.min(length - at, 1 + random.nextInt(round % 2 == 0 ? 40 : 90_000));
                ranks[random.nextInt(3)].add(Arrays.copyOfRange(file, at, at + n), at);
                at += n;
            }
            for (int k = 0; k < BlockSums.blocks(length); k++) {
                int all = ranks[0].contributions()[k] ^ ranks[1].contributions()[k] ^ ranks[2].contributions()[k];
                int from = k * BlockSums.blockSize(length);
                assertThat(BlockSums.finish(length, k, all)).isEqualTo(whole(file, from, BlockSums.bytesOf(length, k)));
            }
        }
    }

    @Test
    void blocksStayFew() {
        assertThat(BlockSums.blocks(1)).isEqualTo(1);
        assertThat(BlockSums.blocks(1L << 40)).isLessThanOrEqualTo(4096);
        assertThat(BlockSums.bytesOf((1 << 16) + 5, 1)).isEqualTo(5);
    }
}
