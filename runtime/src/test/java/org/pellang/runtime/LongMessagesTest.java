package org.pellang.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.bootstrap.ThreadsEngine;
import org.pellang.runtime.memory.Kind;

/** Messages of more elements than one chunk; chunks of 800 bytes stand for those of a GiB. */
@Timeout(60)
class LongMessagesTest {
    private static final long CHUNK = 800;

    private interface Code {
        void run(Comm world) throws Exception;
    }

    private static void run(Code code) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, java.nio.charset.StandardCharsets.UTF_8);
        PelProgram program = new PelProgram() {
            @Override
            public ProgramInfo info() {
                return new ProgramInfo("long", "", List.of());
            }

            @Override
            public void run(Rank rank) throws Throwable {
                code.run(rank.world());
            }
        };
        int code2 = ThreadsEngine.run(() -> program, 2, List.of(), new Console(stream, stream)).exitCode();
        assertThat(err.toString(java.nio.charset.StandardCharsets.UTF_8)).isEmpty();
        assertThat(code2).isZero();
    }

    /** Below, at and above whole numbers of chunks. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 99, 100, 101, 200, 1_050})
    void arriveWhole(long count) {
        run(world -> {
            PartMessages messages = new PartMessages(world, CHUNK);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(8 * 1_200, 8);
                if (world.rank() == 0) {
                    for (int i = 0; i < count; i++) {
                        memory.setAtIndex(ValueLayout.JAVA_LONG, i, i + 5);
                    }
                    messages.start(world::isend, Part.of(memory.asSlice(0, 8 * count), Kind.LONG), 1, 3).await();
                    messages.start(world::isend, Part.of(new long[] {-1}), 1, 3).await();
                } else {
                    Status status = messages.recv(Part.of(memory, Kind.LONG), Comm.ANY_SOURCE, Comm.ANY_TAG);
                    assertThat(status).isEqualTo(new Status(0, 3, (int) count));
                    for (int i = 0; i < count; i++) {
                        assertThat(memory.getAtIndex(ValueLayout.JAVA_LONG, i)).isEqualTo(i + 5);
                    }
                    long[] next = new long[300];
                    assertThat(messages.recv(Part.of(next).strided(150, 1, 2), 0, 3).elements()).as("the next message is another one").isEqualTo(1);
                    assertThat(next[0]).isEqualTo(-1);
                }
            }
        });
    }

    @Test
    void aReceiveOfUnknownManyIsRefused() {
        run(world -> assertThatThrownBy(() -> new PartMessages(world, CHUNK).irecv(Part.of(new long[100]), 0, 0)).isInstanceOf(CommException.class));
    }

    /** Collectives of parts go in turns, of 100 elements here. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 99, 100, 101, 350})
    void collectivesOfMoreThanOneTurn(int count) {
        run(world -> {
            world.turnBytes = CHUNK;
            int me = world.rank();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(16L * Math.max(1, count), 8);
                Part own = Part.of(memory.asSlice(0, 8L * count), Kind.LONG);
                Part all = Part.of(memory.asSlice(0, 16L * count), Kind.LONG);
                long[] mine = IntStream.range(0, count).mapToLong(i -> 1000L * me + i).toArray();
                long[] both = IntStream.range(0, 2 * count).mapToLong(i -> i < count ? i : 1000L + i - count).toArray();
                world.allgather(Part.of(mine), all);
                assertThat(longs(memory, 2 * count)).isEqualTo(both);
                world.gather(Part.of(mine), me == 1 ? all : null, 1);
                assertThat(longs(memory, 2 * count)).isEqualTo(both);
                long[] part = new long[count];
                world.scatter(me == 0 ? all : null, Part.of(part), 0);
                assertThat(part).isEqualTo(mine);
                long[] swapped = new long[2 * count];
                world.alltoall(all, Part.of(swapped));
                assertThat(Arrays.copyOf(swapped, count)).isEqualTo(mine);
                assertThat(Arrays.copyOfRange(swapped, count, 2 * count)).isEqualTo(mine);
                world.allreduce(own, Op.SUM);
                assertThat(longs(memory, count)).isEqualTo(IntStream.range(0, count).mapToLong(i -> 2L * i).toArray());
                world.bcast(me == 1 ? Part.of(mine) : own, 1);
                assertThat(longs(memory, count)).isEqualTo(me == 1 ? IntStream.range(0, count).mapToLong(i -> 2L * i).toArray()
                        : IntStream.range(0, count).mapToLong(i -> 1000L + i).toArray());
                world.reduce(Part.of(mine), Op.MAX, 0);
                assertThat(mine).isEqualTo(IntStream.range(0, count).mapToLong(i -> 1000L + i).toArray());
                world.scan(Part.of(mine), Op.SUM);
                assertThat(mine).isEqualTo(IntStream.range(0, count).mapToLong(i -> (me + 1) * (1000L + i)).toArray());
                world.exscan(Part.of(mine), Op.SUM);
                assertThat(mine).isEqualTo(IntStream.range(0, count).mapToLong(i -> me * (1000L + i)).toArray());
            }
        });
    }

    @Test
    void windowsTakeMoreThanOnePiece() {
        run(world -> {
            try (Arena arena = Arena.ofShared()) {
                MemorySegment memory = arena.allocate(8 * 350, 8);
                MemorySegment mine = arena.allocate(8 * 350, 8);
                for (int i = 0; i < 350; i++) {
                    mine.setAtIndex(ValueLayout.JAVA_LONG, i, i + 1);
                }
                try (Window window = world.window(Part.of(memory, Kind.LONG))) {
                    window.pieceBytes = CHUNK;
                    window.put(Part.of(mine, Kind.LONG), 1 - world.rank(), 0);
                    window.accumulate(Part.of(mine, Kind.LONG), 1 - world.rank(), 0, Op.SUM);
                    window.fence();
                    assertThat(longs(memory, 350)).isEqualTo(IntStream.range(0, 350).mapToLong(i -> 2L * (i + 1)).toArray());
                    window.get(Part.of(mine, Kind.LONG), 1 - world.rank(), 0);
                    assertThat(longs(mine, 350)).isEqualTo(longs(memory, 350));
                }
            }
        });
    }

    private static long[] longs(MemorySegment memory, int count) {
        return IntStream.range(0, count).mapToLong(i -> memory.getAtIndex(ValueLayout.JAVA_LONG, i)).toArray();
    }
}
