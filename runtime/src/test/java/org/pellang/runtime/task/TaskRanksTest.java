package org.pellang.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.loop.Ranks;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.PackedValues;

/** Tasks that other ranks run. */
@Timeout(60)
class TaskRanksTest {
    /** What functions are called on: one for each rank, and one for each other rank's values. */
    private static final class Program {
        private final int rank;
        private long value;

        Program(int rank) {
            this.rank = rank;
        }

        static Object another(Object of) {
            return new Program(((Program) of).rank);
        }
    }

    private static TaskKind kind(TaskKind.Body body) {
        return new TaskKind("f", body).travels(Program::another, new PackedValues(Codec.LONG), new PackedValues(Codec.LONG));
    }

    /** Rank 0 spawns until another rank, which waits in a barrier, has run something. */
    @Test
    void aRankThatWaitsRunsTheTasksOfABusyOne() {
        CountDownLatch elsewhere = new CountDownLatch(1);
        TaskKind square = kind((program, args) -> {
            if (((Program) program).rank != 0) {
                elsewhere.countDown();
            }
            return (long) args[0] * (long) args[0];
        });
        Ranks.run(3, rank -> {
            Program program = new Program(rank.rank());
            rank.shareTasks(program, square);
            if (rank.rank() == 0) {
                List<Task> tasks = new ArrayList<>();
                for (long k = 0; elsewhere.getCount() > 0; k++) {
                    tasks.add(rank.tasks().spawn(square, program, k));
                }
                for (int k = 0; k < tasks.size(); k++) {
                    assertThat(tasks.get(k).get()).isEqualTo((long) k * k);
                }
            }
            rank.world().barrier();
        });
    }

    /** The values that a function reads are those of the rank that spawned it, wherever it runs, also in the tasks of its tasks. */
    @Test
    void topLevelValuesTravel() {
        CountDownLatch elsewhere = new CountDownLatch(1);
        TaskKind[] kinds = new TaskKind[2];
        Function<Object, Object[]> from = p -> new Object[] {((Program) p).value};
        BiConsumer<Object, Object[]> into = (p, v) -> ((Program) p).value = (long) v[0];
        AtomicInteger wrong = new AtomicInteger();
        Ranks.run(4, rank -> {
            Program program = new Program(rank.rank());
            program.value = 100L + rank.rank();
            synchronized (kinds) {
                if (kinds[0] == null) {
                    kinds[0] = kind((p, args) -> ((Program) p).value + (long) args[0]).reads(from, into, new PackedValues(Codec.LONG));
                    kinds[1] = kind((p, args) -> {
                        if (((Program) p).value != 102) {
                            wrong.incrementAndGet();
                        }
                        elsewhere.countDown();
                        return 0L;
                    }).reads(from, into, new PackedValues(Codec.LONG));
                }
            }
            rank.shareTasks(program, kinds[0], kinds[1]);
            if (rank.rank() == 2) {
                List<Task> tasks = new ArrayList<>();
                for (long k = 0; elsewhere.getCount() > 0 || k < 50; k++) {
                    tasks.add(rank.tasks().spawn(kinds[0], program, k));
                    rank.tasks().spawn(kinds[1], program, k);
                }
                for (int k = 0; k < tasks.size(); k++) {
                    assertThat(tasks.get(k).get()).isEqualTo(102L + k);
                }
            }
            rank.world().barrier();
        });
        assertThat(wrong).hasValue(0);
    }

    /** Every rank runs its share of the calls that all make, and gets the others' results. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void callsOfAllRanksRunOnce(int ranks) {
        int calls = 100;
        AtomicIntegerArray ran = new AtomicIntegerArray(calls);
        CyclicBarrier allSpawned = new CyclicBarrier(ranks);
        TaskKind cube = kind((_, args) -> {
            long k = (long) args[0];
            ran.incrementAndGet((int) k);
            return k * k * k;
        });
        Ranks.run(ranks, rank -> {
            Program program = new Program(rank.rank());
            rank.shareTasks(program, cube);
            TaskGroup group = rank.tasks().open();
            List<Task> tasks = new ArrayList<>();
            for (long k = 0; k < calls; k++) {
                tasks.add(rank.tasks().spawnForAll(cube, program, k));
            }
            allSpawned.await(30, TimeUnit.SECONDS);
            for (int k = 0; k < calls; k++) {
                assertThat(tasks.get(k).get()).isEqualTo((long) k * k * k);
            }
            group.close();
        });
        int all = 0;
        for (int k = 0; k < calls; k++) {
            assertThat(ran.get(k)).isPositive();
            all += ran.get(k);
        }
        // One that is asked back just as it begins elsewhere runs twice.
        assertThat(all).isLessThan(calls + calls / 2);
    }

    /** A rank that has not come to the call may wait for this one: this one runs it itself. */
    @Test
    void nobodyWaitsForARankThatHasNotComeToTheCall() {
        TaskKind next = kind((_, args) -> (long) args[0] + 1);
        Ranks.run(2, rank -> {
            Program program = new Program(rank.rank());
            rank.shareTasks(program, next);
            if (rank.rank() == 0) {
                rank.world().recv(new long[1], 0, 1, 1, 5);
            }
            Task task = rank.tasks().spawnForAll(next, program, 1L);
            if (rank.rank() == 1) {
                assertThat(task.get()).isEqualTo(2L);
                rank.world().send(new long[1], 0, 1, 0, 5);
            }
            assertThat(task.get()).isEqualTo(2L);
        });
    }

    /** What a task throws elsewhere is thrown where it was spawned. */
    @Test
    void aTrapIsReportedByTheRankThatSpawned() {
        CountDownLatch elsewhere = new CountDownLatch(1);
        TaskKind fails = kind((program, _) -> {
            if (((Program) program).rank != 1) {
                elsewhere.countDown();
            }
            throw new PelTrap("no " + ((Program) program).rank);
        });
        String report = Ranks.report(3, rank -> {
            Program program = new Program(rank.rank());
            rank.shareTasks(program, fails);
            if (rank.rank() == 1) {
                Task last = rank.tasks().spawn(fails, program, 0L);
                while (elsewhere.getCount() > 0) {
                    last = rank.tasks().spawn(fails, program, 0L);
                }
                last.get();
            }
            rank.world().barrier();
        });
        assertThat(report).contains("no 1").doesNotContain("no 0").doesNotContain("no 2");
    }

    /** The threads of a rank run its tasks, and those of others. */
    @Test
    void threadsTakePart() throws Exception {
        TaskPool pool = new TaskPool(3, "rank");
        CyclicBarrier together = new CyclicBarrier(3);
        TaskKind meets = kind((_, args) -> {
            try {
                together.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return (long) args[0];
        });
        List<Task> tasks = new ArrayList<>();
        for (long k = 0; k < 3; k++) {
            tasks.add(pool.spawn(meets, this, k));
        }
        for (int k = 0; k < 3; k++) {
            assertThat(tasks.get(k).get()).isEqualTo((long) k);
        }
        pool.stop();
    }
}
