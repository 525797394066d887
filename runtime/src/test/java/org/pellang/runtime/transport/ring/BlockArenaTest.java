package org.pellang.runtime.transport.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pellang.runtime.memory.Words;
import org.pellang.runtime.wire.SegmentDescriptor;

/** Which block of its arena a sender takes. */
final class BlockArenaTest {
    private static final int SHORT = 300;
    private static final int LONG = 20_000;

    private final SegmentDescriptor layout = SegmentDescriptor.ofProcesses(2);
    private final MemorySegment memory = Arena.ofAuto().allocate(layout.length(), Long.BYTES);
    private final BlockArena arena = new BlockArena(memory, layout, 1);

    private int takeAndFree(int bytes) {
        int block = arena.allocate(bytes);
        Words.releaseInt(memory, arena.flagAt(block), 0);
        return block;
    }

    @Test
    void shortMessagesUseTheSameMemoryAgain() {
        assertEquals(takeAndFree(SHORT), takeAndFree(SHORT));
    }

    @Test
    void longMessagesGoRoundAllOfIt() {
        Set<Integer> seen = new HashSet<>();
        int first = takeAndFree(LONG);
        for (int block = first; seen.add(block); block = takeAndFree(LONG)) {
            assertNotEquals(BlockArena.NONE, block);
        }
        assertEquals(2 << 20, seen.size() * layout.longestBlock());
    }

    @Test
    void whatIsStillBeingReadIsPassedOver() {
        int held = arena.allocate(LONG);
        for (int i = 1; i < (2 << 20) / layout.longestBlock(); i++) {
            assertNotEquals(held, takeAndFree(LONG));
        }
        assertNotEquals(held, takeAndFree(LONG));
    }
}
