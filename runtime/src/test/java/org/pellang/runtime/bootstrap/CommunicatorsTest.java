package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pellang.runtime.bootstrap.Jobs.good;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Group;
import org.pellang.runtime.Op;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** Communicators made of others: their ranks, and that their messages do not mix. */
@Timeout(60)
class CommunicatorsTest {
    @ParameterizedTest
    @EnumSource
    void splitOrdersByKeyAndTranslatesRanks(Link link) {
        good(link, 7, rank -> {
            Comm world = rank.world();
            int me = world.rank();
            Comm part = world.split(me % 3 == 2 ? -1 : me % 3, -me);
            if (me % 3 == 2) {
                assertThat(part).isNull();
                return;
            }
            // Colour 0: 6 3 0, colour 1: 4 1.
            assertThat(part.size()).isEqualTo(me % 3 == 0 ? 3 : 2);
            assertThat(part.rank()).isEqualTo((me % 3 == 0 ? 6 - me : 4 - me) / 3);
            assertThat(part.group().worldRanks()).isEqualTo(me % 3 == 0 ? new int[] {6, 3, 0} : new int[] {4, 1});
            assertThat(part.allreduce(me, Op.SUM)).isEqualTo(me % 3 == 0 ? 9 : 5);
            int p = part.size();
            int[] got = new int[40];
            int[] mine = new int[40];
            mine[39] = me;
            part.send(mine, 0, 40, (part.rank() + 1) % p, 3);
            Status status = part.recv(got, 0, 40, Comm.ANY_SOURCE, 3);
            assertThat(status).isEqualTo(new Status((part.rank() + p - 1) % p, 3, 40));
            assertThat(got[39]).isEqualTo(part.group().worldRanks()[status.source()]);
            assertThat(part.irecv(got, 0, 0, (part.rank() + 1) % p, 4).cancel()).isTrue();
            long[] all = new long[p];
            part.allgather(new long[] {me}, 0, 1, all, 0);
            for (int r = 0; r < p; r++) {
                assertThat(all[r]).isEqualTo(part.group().worldRanks()[r]);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfADuplicateDoNotMeetThoseOfItsOriginal(Link link) {
        good(link, 3, rank -> {
            Comm world = rank.world();
            Comm copy = world.dup();
            Comm again = copy.splitShared();
            assertThat(again.group()).isEqualTo(world.group());
            int right = (rank.rank() + 1) % 3;
            int left = (rank.rank() + 2) % 3;
            int[] data = new int[1];
            for (Comm comm : new Comm[] {world, copy, again}) {
                data[0] = comm == world ? 1 : comm == copy ? 2 : 3;
                comm.send(data, 0, 1, right, 0);
            }
            for (Comm comm : new Comm[] {again, world, copy}) {
                comm.recv(data, 0, 1, left, 0);
                assertThat(data[0]).isEqualTo(comm == world ? 1 : comm == copy ? 2 : 3);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void groups(Link link) {
        good(link, 5, rank -> {
            Group all = rank.world().group();
            Group odd = all.incl(3, 1);
            assertThat(odd.worldRanks()).containsExactly(3, 1);
            assertThat(all.excl(1, 3).worldRanks()).containsExactly(0, 2, 4);
            assertThat(odd.union(all.incl(4, 1)).worldRanks()).containsExactly(3, 1, 4);
            assertThat(all.intersection(odd).worldRanks()).containsExactly(1, 3);
            assertThat(all.difference(odd)).isEqualTo(all.excl(1, 3));
            assertThatThrownBy(() -> all.incl(5)).isInstanceOf(PelTrap.class).hasMessageContaining("0..4");
            assertThatThrownBy(() -> all.incl(2, 2)).isInstanceOf(PelTrap.class).hasMessageContaining("twice");
            Comm comm = rank.world().create(odd);
            if (odd.rankOf(rank.rank()) < 0) {
                assertThat(comm).isNull();
            } else {
                assertThat(comm.rank()).isEqualTo(rank.rank() == 3 ? 0 : 1);
                double[] data = new double[3_000];
                data[2_999] = rank.rank();
                comm.allreduce(data, 0, data.length, Op.SUM);
                assertThat(data[2_999]).isEqualTo(4);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlockWithinACommunicatorIsSeen(Link link) {
        Jobs.Result result = Jobs.run(link, 3, rank -> {
            Comm part = rank.world().split(rank.rank() / 2, 0);
            if (rank.rank() == 0) {
                part.barrier();
            } else if (rank.rank() == 1) {
                part.recv(new int[1], 0, 1, 0, 8);
            }
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("rank 1 waits in recv from rank 0, tag 8").contains("rank 0 waits in barrier, missing rank 1");
    }
}
