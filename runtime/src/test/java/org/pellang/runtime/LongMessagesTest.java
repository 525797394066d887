package org.pellang.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.bootstrap.ThreadsEngine;
import org.pellang.runtime.memory.Kind;

/** Messages of more elements than one chunk; chunks and turns of 800 bytes stand for those of 64 MiB and of 1 GiB. */
@Timeout(60)
class LongMessagesTest {
    private static final long CHUNK = 800;

    private interface Code {
        void run(Comm world) throws Exception;
    }

    private static void run(Code code) {
        assertThat(job(code)).isEqualTo("exit code 0");
    }

    /** What a job of two ranks says, and how it ends. */
    private static String job(Code code) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
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
        int exitCode = ThreadsEngine.run(() -> program, 2, List.of(), new Console(stream, stream)).exitCode();
        return err.toString(StandardCharsets.UTF_8) + "exit code " + exitCode;
    }

    private interface Mode {
        Request start(Comm world, Part part);
    }

    private static Stream<Arguments> modes() {
        Mode standard = (world, part) -> world.isend(part, 1, 3);
        Mode buffered = (world, part) -> world.ibsend(part, 1, 3);
        Mode synchronous = (world, part) -> world.issend(part, 1, 3);
        Mode persistent = (world, part) -> {
            PersistentRequest send = world.sendInit(part, 1, 3);
            send.start();
            return send;
        };
        return Stream.of(standard, buffered, synchronous, persistent)
                .flatMap(mode -> LongStream.of(0, 1, 99, 100, 101, 200, 1_050).mapToObj(count -> Arguments.of(mode, count)));
    }

    private static void fill(MemorySegment memory, long from, long count) {
        for (long i = from; i < from + count; i++) {
            memory.setAtIndex(ValueLayout.JAVA_LONG, i, i + 5);
        }
    }

    private static void check(MemorySegment memory, long count) {
        for (int i = 0; i < count; i++) {
            assertThat(memory.getAtIndex(ValueLayout.JAVA_LONG, i)).isEqualTo(i + 5);
        }
    }

    /** Below, at and above whole numbers of chunks; the receive comes before or after, and takes parts or arrays. */
    @ParameterizedTest
    @MethodSource("modes")
    void arriveWhole(Mode mode, long count) {
        run(world -> {
            world.chunkBytes = CHUNK;
            for (boolean early : new boolean[] {true, false}) {
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment memory = arena.allocate(8 * 1_200, 8);
                    if (world.rank() == 0) {
                        fill(memory, 0, count);
                        world.barrier();
                        Request first = mode.start(world, Part.of(memory.asSlice(0, 8 * count), Kind.LONG));
                        Request second = world.isend(Part.of(memory, Kind.LONG).piece(0, count), 1, 3);
                        Request third = world.isend(Part.of(new long[] {-1}), 1, 3);
                        if (!early) {
                            world.barrier();
                        }
                        Request.awaitAll(first, second, third);
                        assertThat(first.await().elements()).isEqualTo(count);
                        world.barrier();
                    } else {
                        world.barrier();
                        if (!early) {
                            world.barrier();
                        }
                        long[] again = new long[1_200];
                        long[] next = new long[300];
                        Request first = world.irecv(Part.of(memory, Kind.LONG), Comm.ANY_SOURCE, Comm.ANY_TAG);
                        Request second = world.irecv(again, 0, 1_200, 0, 3);
                        Request third = world.irecv(Part.of(next).strided(150, 1, 2), 0, 3);
                        assertThat(third.await().elements()).as("the next message is another one").isEqualTo(1);
                        assertThat(next[0]).isEqualTo(-1);
                        while (!first.test()) {
                            Thread.onSpinWait();
                        }
                        assertThat(first.await()).isEqualTo(new Status(0, 3, (int) count));
                        assertThat(second.await()).isEqualTo(new Status(0, 3, (int) count));
                        check(memory, count);
                        check(MemorySegment.ofArray(again), count);
                        world.barrier();
                    }
                }
            }
        });
    }

    @Test
    void areProbedCountedAndTakenWhole() {
        run(world -> {
            Comm half = Objects.requireNonNull(world.split(0, 1 - world.rank()));
            half.chunkBytes = CHUNK;
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(8 * 350, 8);
                if (half.rank() == 0) {
                    fill(memory, 0, 350);
                    for (int k = 0; k < 3; k++) {
                        half.send(Part.of(memory, Kind.LONG), 1, k);
                    }
                    half.send(Part.of(memory, Kind.BYTE), 1, 3);
                    half.send(Part.of(memory, Kind.BYTE), 1, 4);
                    half.send(Part.of(memory, Kind.LONG), 1, 5);
                    return;
                }
                assertThat(half.probe(0, 0)).isEqualTo(new Status(0, 0, 350));
                assertThat(Objects.requireNonNull(half.iprobe(0, 0)).elements()).isEqualTo(350);
                half.recv(Part.of(memory, Kind.LONG), 0, 0);
                check(memory, 350);
                Message message = half.mprobe(0, 1);
                assertThat(message.status().elements()).isEqualTo(350);
                long[] array = new long[400];
                assertThat(message.recv(array, 0, 400)).isEqualTo(new Status(0, 1, 350));
                check(MemorySegment.ofArray(array), 350);
                memory.fill((byte) 0);
                assertThat(half.mprobe(0, 2).recv(Part.of(memory, Kind.LONG)).elements()).isEqualTo(350);
                check(memory, 350);
                byte[] bytes = half.recvBytes(0, 3);
                assertThat(bytes).hasSize(2_800);
                assertThat(bytes[2_792]).isEqualTo((byte) (349 + 5));
                assertThat(half.mprobe(0, 4).recvBytes()).hasSize(2_800);
                PersistentRequest receive = half.recvInit(Part.of(memory, Kind.LONG).strided(350, 1, 1), 0, 5);
                receive.start();
                assertThat(receive.await().elements()).isEqualTo(350);
                PersistentRequest never = half.recvInit(Part.of(memory, Kind.LONG), 0, 9);
                never.start();
                assertThat(never.cancel()).isTrue();
            }
        });
    }

    /** Everything has been taken in when it is reported. */
    @Test
    void whatDoesNotFitIsReported() {
        run(world -> {
            world.chunkBytes = CHUNK;
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(8 * 350, 8);
                Part all = Part.of(memory, Kind.LONG);
                if (world.rank() == 0) {
                    for (int k = 0; k < 3; k++) {
                        world.send(all, 1, k);
                    }
                    return;
                }
                assertThatThrownBy(() -> world.recv(all.piece(0, 340), 0, 0)).hasMessageContaining("sent 350 elements, the part holds 340");
                assertThatThrownBy(() -> world.recv(new long[150], 0, 150, 0, 1)).hasMessageContaining("sent 350 elements, the part holds 150");
                assertThatThrownBy(() -> world.recv(new int[350], 0, 350, 0, 2)).hasMessageContaining("sent ints, not 32-bit ints");
            }
        });
    }

    /** Chunks go on while their sender is anywhere in the runtime. */
    @Test
    void goOnDuringOtherCalls() {
        run(world -> {
            world.chunkBytes = CHUNK;
            Part all = Part.of(MemorySegment.ofArray(new long[1_050]), Kind.LONG);
            Request request = world.rank() == 0 ? world.isend(all, 1, 0) : world.irecv(all, 0, 0);
            world.barrier();
            if (world.rank() == 1) {
                assertThat(request.await().elements()).isEqualTo(1_050);
            }
            world.barrier();
            request.await();
        });
    }

    @Test
    void whoDiesAmongTheChunksEndsTheJob() {
        assertThat(job(world -> {
            world.chunkBytes = CHUNK;
            Part all = Part.of(MemorySegment.ofArray(new long[1_050]), Kind.LONG);
            if (world.rank() == 0) {
                world.isend(all, 1, 0);
                throw new CommException("gone");
            }
            world.recv(all, 0, 0);
        })).contains("rank 0 of 2").contains("gone").endsWith("exit code 1");
    }

    /** Where no message of several chunks can fit, nobody is ready to take the others. */
    @Test
    void whatIsShorterThanAChunkTakesNone() {
        assertThat(job(world -> {
            world.chunkBytes = CHUNK;
            if (world.rank() == 0) {
                world.send(Part.of(MemorySegment.ofArray(new long[350]), Kind.LONG), 1, 3);
            } else {
                world.recv(new long[50], 0, 50, 0, 3);
            }
        })).contains("recv from rank 0, tag 3: rank 0 sent 100 elements, the buffer holds 50").contains("exit code 1");
        assertThat(job(world -> {
            world.chunkBytes = CHUNK;
            if (world.rank() == 0) {
                world.send(Part.of(MemorySegment.ofArray(new byte[3_500]), Kind.BYTE), 1, 3);
            } else {
                world.irecvBytes(0, 3).awaitArray();
            }
        })).contains("rank 0 sent 3500 elements in chunks, which only a receive of a part or of bytes at once can take");
    }

    @Test
    void areExchanged() {
        run(world -> {
            world.chunkBytes = CHUNK;
            int peer = 1 - world.rank();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(8 * 250, 8);
                Part all = Part.of(memory, Kind.LONG);
                memory.fill((byte) (world.rank() + 1));
                world.sendRecvReplace(all, peer, 0, peer, 0);
                assertThat(memory.get(ValueLayout.JAVA_BYTE, 1_999)).isEqualTo((byte) (peer + 1));
                long[] in = new long[250];
                world.sendRecv(all, peer, 0, Part.of(in), peer, 0);
                assertThat(in[249]).isEqualTo(0x0101010101010101L * (world.rank() + 1));
                world.isendRecv(all, peer, 0, all.strided(250, 1, 1), peer, 0).await();
            }
        });
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

    /** As above, with two going on at once and blocking ones between. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 99, 100, 101, 350})
    void nonblockingCollectivesOfMoreThanOneTurn(int count) {
        run(world -> {
            world.turnBytes = CHUNK;
            int me = world.rank();
            Nonblocking at = world.nonblocking();
            long[] mine = IntStream.range(0, count).mapToLong(i -> 1000L * me + i).toArray();
            long[] both = IntStream.range(0, 2 * count).mapToLong(i -> i < count ? i : 1000L + i - count).toArray();
            long[] all = new long[2 * count];
            Request gathering = at.allgather(Part.of(mine), Part.of(all));
            long[] sum = mine.clone();
            Request adding = at.allreduce(Part.of(sum), Op.SUM);
            long[] least = mine.clone();
            world.allreduce(Part.of(least), Op.MIN);
            assertThat(least).isEqualTo(IntStream.range(0, count).mapToLong(i -> i).toArray());
            Request.awaitAll(adding, gathering);
            assertThat(all).isEqualTo(both);
            assertThat(sum).isEqualTo(IntStream.range(0, count).mapToLong(i -> 1000 + 2L * i).toArray());
            long[] root = new long[2 * count];
            at.gather(Part.of(mine), me == 1 ? Part.of(root) : null, 1).await();
            assertThat(root).isEqualTo(me == 1 ? both : new long[2 * count]);
            long[] back = new long[count];
            at.scatter(me == 0 ? Part.of(all) : null, Part.of(back), 0).await();
            assertThat(back).isEqualTo(mine);
            long[] swapped = new long[2 * count];
            at.alltoall(Part.of(all), Part.of(swapped)).await();
            assertThat(Arrays.copyOfRange(swapped, count, 2 * count)).isEqualTo(mine);
            PersistentRequest bcast = world.persistent().bcast(Part.of(back), 1);
            bcast.start();
            bcast.await();
            assertThat(back).isEqualTo(IntStream.range(0, count).mapToLong(i -> 1000L + i).toArray());
            at.reduce(Part.of(back), Op.SUM, 0).await();
            assertThat(back).isEqualTo(IntStream.range(0, count).mapToLong(i -> (me == 0 ? 2 : 1) * (1000L + i)).toArray());
            long[] prefix = mine.clone();
            at.scan(Part.of(prefix), Op.SUM).await();
            assertThat(prefix).isEqualTo(IntStream.range(0, count).mapToLong(i -> me == 0 ? i : 1000 + 2L * i).toArray());
            at.exscan(Part.of(prefix), Op.SUM).await();
            assertThat(prefix).isEqualTo(IntStream.range(0, count).mapToLong(i -> me == 0 ? 0 : i).toArray());
        });
    }

    /** Each part has a length of its own, hence a number of chunks of its own. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 350})
    void callsWithAPartForEachRank(int count) {
        run(world -> {
            world.turnBytes = CHUNK;
            int me = world.rank();
            long[] counts = {count, 2L * count + 7};
            long[] mine = IntStream.range(0, (int) counts[me]).mapToLong(i -> 1000L * me + i).toArray();
            long[] all = new long[3 * count + 10];
            Part[] parts = Part.of(all).pieces(counts, new long[] {2L * count + 10, 1});
            long[] expected = new long[all.length];
            for (int r = 0; r < 2; r++) {
                for (int i = 0; i < counts[r]; i++) {
                    expected[(r == 0 ? 2 * count + 10 : 1) + i] = 1000L * r + i;
                }
            }
            world.allgatherv(Part.of(mine), parts);
            assertThat(all).isEqualTo(expected);
            Arrays.fill(all, 0);
            Request gathering = world.nonblocking().gatherv(Part.of(mine), me == 0 ? parts : null, 0);
            long[] back = new long[mine.length];
            world.barrier();
            gathering.await();
            assertThat(all).isEqualTo(me == 0 ? expected : new long[all.length]);
            world.scatterv(me == 0 ? parts : null, Part.of(back), 0);
            assertThat(back).isEqualTo(mine);
            world.alltoall(new Part[] {Part.of(mine), Part.of(mine)}, parts);
            assertThat(all).isEqualTo(expected);
            long[] sums = new long[mine.length];
            long[] whole = IntStream.range(0, 3 * count + 7).mapToLong(i -> i).toArray();
            for (int form = 0; form < 2; form++) {
                if (form == 0) {
                    world.reduceScatter(Part.of(whole), counts, Part.of(sums), Op.SUM);
                } else {
                    world.nonblocking().reduceScatter(Part.of(whole), counts, Part.of(sums), Op.SUM).await();
                }
                assertThat(sums).isEqualTo(IntStream.range(0, sums.length).mapToLong(i -> 2L * (i + me * count)).toArray());
                Arrays.fill(sums, 0);
            }
            Cartesian ring = Objects.requireNonNull(Cartesian.create(world, new int[] {2}, new boolean[] {true}));
            long[] near = new long[2 * count];
            ring.neighborAllgather(Part.of(mine, 0, count), Part.of(near));
            assertThat(near).isEqualTo(IntStream.range(0, 2 * count).mapToLong(i -> 1000L * (1 - me) + i % Math.max(1, count)).toArray());
        });
    }

    @Test
    void lengthsThatDifferAreReported() {
        run(world -> {
            world.turnBytes = CHUNK;
            Part[] parts = {Part.of(new long[world.rank() == 0 ? 100 : 101]), Part.of(new long[100])};
            if (world.rank() == 0) {
                world.scatterv(parts, Part.of(new long[100]), 0);
            } else {
                assertThatThrownBy(() -> world.scatterv(null, Part.of(new long[101]), 0)).hasMessageContaining("rank 0 sent 0 elements, expected 1");
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
                world.turnBytes = CHUNK;
                try (Window window = world.window(Part.of(memory, Kind.LONG))) {
                    window.put(Part.of(mine, Kind.LONG), 1 - world.rank(), 0);
                    window.accumulate(Part.of(mine, Kind.LONG), 1 - world.rank(), 0, Op.SUM);
                    window.fence();
                    assertThat(longs(memory, 350)).isEqualTo(IntStream.range(0, 350).mapToLong(i -> 2L * (i + 1)).toArray());
                    window.get(Part.of(mine, Kind.LONG), 1 - world.rank(), 0);
                    assertThat(longs(mine, 350)).isEqualTo(longs(memory, 350));
                    window.fence();
                    long[] old = new long[350];
                    window.getAccumulate(Part.of(mine, Kind.LONG), Part.of(old), 1 - world.rank(), 0, Op.SUM);
                    assertThat(old).isEqualTo(longs(mine, 350));
                    window.getAndPut(Part.of(mine, Kind.LONG), Part.of(old), 1 - world.rank(), 0);
                    assertThat(old[349]).isEqualTo(4 * 350);
                }
            }
        });
    }

    private static long[] longs(MemorySegment memory, int count) {
        return IntStream.range(0, count).mapToLong(i -> memory.getAtIndex(ValueLayout.JAVA_LONG, i)).toArray();
    }
}
