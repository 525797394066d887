package org.pellang.runtime.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pellang.runtime.memory.Kind;

/** Copies made by two threads. */
final class JointCopyTest {
    private static final int COUNT = 100_003;

    @Test
    void everyElementIsCopiedOnceWhoeverDoesIt() {
        long[] from = new long[COUNT + 7];
        Arrays.setAll(from, i -> i);
        for (int round = 0; round < 200; round++) {
            long[] to = new long[COUNT + 3];
            long[] expected = to.clone();
            System.arraycopy(from, 5, expected, 2, COUNT);
            JointCopy copy = new JointCopy(Kind.LONG, from, 5, to, 2, COUNT);
            CompletableFuture<Void> sender = CompletableFuture.runAsync(copy::help);
            copy.finish();
            assertArrayEquals(expected, to);
            sender.join();
        }
    }

    @Test
    void nobodyNeedHelp() {
        byte[] to = new byte[COUNT];
        byte[] from = new byte[COUNT];
        Arrays.fill(from, (byte) 1);
        JointCopy copy = new JointCopy(Kind.BYTE, from, 0, to, 0, COUNT);
        copy.finish();
        copy.help();
        assertArrayEquals(from, to);
    }
}
