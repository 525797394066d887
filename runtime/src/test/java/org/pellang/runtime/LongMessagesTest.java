package org.pellang.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
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
}
