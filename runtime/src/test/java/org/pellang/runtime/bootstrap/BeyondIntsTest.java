package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Nonblocking;
import org.pellang.runtime.Op;
import org.pellang.runtime.Part;
import org.pellang.runtime.PersistentRequest;
import org.pellang.runtime.Request;
import org.pellang.runtime.SharedFile;
import org.pellang.runtime.Window;
import org.pellang.runtime.bootstrap.Jobs.Link;
import org.pellang.runtime.memory.Kind;

/** More than 2^31 elements: places, lengths and counts are longs everywhere. */
class BeyondIntsTest {
    private static final long COUNT = (1L << 31) + 1_000;

    /** A file with holes: only what is touched takes memory. */
    private static MemorySegment sparse(Path folder, Arena arena, int rank) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve("holes" + rank), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return file.map(FileChannel.MapMode.READ_WRITE, 0, 4 * COUNT, arena);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "TCP"})
    @Timeout(60)
    void placesFarAway(Link link, @TempDir Path folder) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            int peer = 1 - me;
            try (Arena arena = Arena.ofShared()) {
                MemorySegment memory = sparse(folder, arena, me);
                Part all = Part.of(memory, Kind.INT);
                assertThat(all.count()).isEqualTo(COUNT);
                memory.setAtIndex(ValueLayout.JAVA_INT, COUNT - 1, 10 + me);
                memory.setAtIndex(ValueLayout.JAVA_INT, COUNT / 2 + 3, 20 + me);
                int[] got = new int[2];
                world.sendRecv(all.indexed(new long[] {COUNT - 1, COUNT / 2 + 3}, 1), peer, 0, Part.of(got), peer, 0);
                assertThat(got).containsExactly(10 + peer, 20 + peer);
                world.sendRecv(all.box(new long[] {2, COUNT / 2}, new long[] {1, 3}, new long[] {1, 1}), peer, 0, Part.of(got, 0, 1), peer, 0);
                world.sendRecv(all.piece(COUNT / 2 + 3, COUNT / 2 - 3).strided(2, 1, COUNT / 2 - 4), peer, 0, Part.of(got), peer, 0);
                assertThat(got).containsExactly(20 + peer, 10 + peer);
                Part last = all.piece(COUNT - 1, 1);
                world.allreduce(last, Op.SUM);
                assertThat(memory.getAtIndex(ValueLayout.JAVA_INT, COUNT - 1)).isEqualTo(21);
                world.allgatherv(Part.of(new int[] {me}), all.pieces(new long[] {1, 1}, new long[] {COUNT - 5, COUNT - 7}));
                assertThat(memory.getAtIndex(ValueLayout.JAVA_INT, COUNT - 7)).isEqualTo(1);
                try (Window window = world.window(all)) {
                    window.put(Part.of(new int[] {30 + me}), peer, COUNT - 9);
                    window.fence();
                    window.get(Part.of(got), peer, COUNT - 10);
                    assertThat(got[1]).isEqualTo(30 + me);
                }
                try (SharedFile file = world.openFile(folder.resolve("box"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    long[] shape = {2, COUNT};
                    file.writeBox(0, shape, new long[] {me, COUNT - 2}, new long[] {1, 2}, Part.of(new int[] {me, 40 + me}));
                    file.read((peer * COUNT + COUNT - 2) * Integer.BYTES, Part.of(got));
                    assertThat(got).containsExactly(peer, 40 + peer);
                }
            }
        });
    }

    private static void fill(MemorySegment memory, long seed) {
        for (long i = 0; i < memory.byteSize() / Long.BYTES; i++) {
            memory.setAtIndex(ValueLayout.JAVA_LONG, i, i * seed);
        }
    }

    private static void check(MemorySegment memory, long seed) {
        for (long i = 0; i < memory.byteSize() / Long.BYTES; i++) {
            if (memory.getAtIndex(ValueLayout.JAVA_LONG, i) != i * seed) {
                assertThat(memory.getAtIndex(ValueLayout.JAVA_LONG, i)).as("word %d", i).isEqualTo(i * seed);
            }
        }
    }

    private static Request begun(PersistentRequest request) {
        request.start();
        return request;
    }

    /** All of them, of a byte each, on their way: from one rank to the other, started and persistent, and in collectives. */
    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHARED", "TCP"})
    @Tag("slow")
    @Timeout(600)
    void allOnTheirWay(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            Nonblocking at = world.nonblocking();
            try (Arena arena = Arena.ofShared()) {
                MemorySegment memory = arena.allocate(COUNT, Long.BYTES);
                Part all = Part.of(memory, Kind.BYTE);
                fill(memory, me == 0 ? 3 : 0);
                Request once = me == 0 ? world.isend(all, 1, 0) : world.irecv(all, 0, 0);
                assertThat(once.await().elements()).isEqualTo(COUNT);
                check(memory, 3);
                fill(memory, me == 1 ? 5 : 0);
                Request again = begun(me == 1 ? world.ssendInit(all, 0, 1) : world.recvInit(all, 1, 1));
                world.barrier();
                assertThat(again.await().elements()).isEqualTo(COUNT);
                check(memory, 5);
                fill(memory, me == 1 ? 7 : 0);
                at.bcast(all, 1).await();
                check(memory, 7);
                begun(world.persistent().allreduce(all, Op.BXOR)).await();
                check(memory, 0);
                // A v-call: the first rank's part is all but an eighth, the second's the rest.
                long most = COUNT / 64 * 56;
                Part[] parts = all.pieces(new long[] {most, COUNT - most}, new long[] {0, most});
                fill(memory, me == 0 ? 9 : 0);
                world.scatterv(me == 0 ? parts : null, parts[me], 0);
                at.allgatherv(parts[me], parts).await();
                check(memory, 9);
                if (me == 0) {
                    fill(memory.asSlice(0, most), 11);
                }
                begun(world.persistent().gatherv(parts[me], me == 1 ? parts : null, 1)).await();
                check(memory.asSlice(0, most), 11);
            }
        });
    }
}
