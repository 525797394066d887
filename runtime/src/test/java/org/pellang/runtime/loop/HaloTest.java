package org.pellang.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.Rank;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.DimDist;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.value.Vec2;

class HaloTest {
    /** A value per global index and array that no other index has. */
    static double value(long[] index, int salt) {
        double v = salt;
        for (long i : index) {
            v = v * 1000 + i + 300;
        }
        return v;
    }

    static void set(PelArray a, int salt) {
        Rows.forEach(a.owned(), (row, n) -> {
            long[] index = row.clone();
            for (int i = 0; i < n; i++) {
                int at = a.layout().place(index);
                double v = value(index, salt);
                a.set(at, a.type() == ElemType.FLOAT ? (Object) v : a.type() == ElemType.STRING ? "v" + v : new Vec2(v, -v));
                index[index.length - 1]++;
            }
        });
        a.touch();
    }

    /** Every index of {@code box} that is in the domain (after wrapping) must be stored in {@code a} under that index with the right value. */
    static void verify(PelArray a, Domain domain, Box box, int salt) {
        Rows.forEach(box, (row, n) -> {
            long[] index = row.clone();
            for (int i = 0; i < n; i++) {
                long[] source = index.clone();
                boolean inside = true;
                for (int d = 0; d < source.length; d++) {
                    long lo = domain.root().bounds().lo()[d];
                    long extent = domain.root().bounds().extent(d);
                    if (domain.periodic()) {
                        source[d] = lo + Math.floorMod(source[d] - lo, extent);
                    }
                    inside &= source[d] >= lo && source[d] < lo + extent;
                }
                if (inside) {
                    double v = value(source, salt);
                    Object expected = a.type() == ElemType.FLOAT ? (Object) v : a.type() == ElemType.STRING ? "v" + v : new Vec2(v, -v);
                    assertThat(a.layout().storage().contains(index)).as("%s stored", new Box(index, index)).isTrue();
                    assertThat(a.get(a.layout().place(index))).as("%s of %s", new Box(index, index), domain).isEqualTo(expected);
                }
                index[index.length - 1]++;
            }
        });
    }

    private static ElemType type(int n) {
        return n % 5 == 0 ? ElemType.STRING : n % 5 == 1 ? ElemType.VEC2 : ElemType.FLOAT;
    }

    /** Indices -below..+above around the iteration's own. */
    static Need around(long[] below, long[] above) {
        return (loopLo, loopHi, lo, hi) -> {
            for (int d = 0; d < lo.length; d++) {
                lo[d] = loopLo[d] - below[d];
                hi[d] = loopHi[d] + above[d];
            }
        };
    }

    static Box needed(ParallelLoop loop, Need need, int axes) {
        if (loop.box().isEmpty()) {
            return Box.empty(axes);
        }
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        need.box(loop.box().lo(), loop.box().hi(), lo, hi);
        return new Box(lo, hi);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void ghostCellsHoldWhatTheOwnersHave(int ranks) {
        Ranks.run(ranks, rank -> {
            Random random = new Random(99);
            for (int n = 0; n < 90; n++) {
                int axes = 1 + n % 3;
                Spaces.Declared declared = Spaces.declared(random, axes, axes == 3 ? 7 : 13, random.nextInt(6) > 0, random.nextBoolean());
                one(rank, random, declared, type(n));
            }
        });
    }

    private static void one(Rank rank, Random random, Spaces.Declared declared, ElemType type) {
        Domain domain = declared.domain(rank);
        PelArray a = PelArray.create(domain, type);
        PelArray b = PelArray.create(domain, ElemType.FLOAT);
        Domain space = random.nextBoolean() ? domain : domain.inner(1);
        for (int round = 0; round < 3; round++) {
            if (round != 1) {
                set(a, round + 1);
                set(b, round + 11);
            }
            long[] below = random.longs(domain.axes(), 0, 4).toArray();
            long[] above = random.longs(domain.axes(), 0, 4).toArray();
            if (random.nextInt(9) == 0) {
                below[0] = 25;
            }
            ParallelLoop loop = ParallelLoop.over(rank, Ranks.SITE, space);
            if (!loop.owns(a)) {
                continue;
            }
            Need need = around(below, above);
            if (random.nextBoolean()) {
                loop.halo(a, need);
                loop.halo(b, need);
            } else {
                loop.halos(new PelArray[] {a, b, a}, new Need[] {need, need, around(new long[below.length], above)});
            }
            loop.align(a, b);
            assertThat(a.offset()).isEqualTo(b.offset());
            int old = round == 1 ? 0 : round;
            verify(a, domain, needed(loop, need, domain.axes()), old + 1);
            verify(b, domain, needed(loop, need, domain.axes()), old + 11);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 9})
    void fetchBringsAnyBoxOfAnyArray(int ranks) {
        Ranks.run(ranks, rank -> {
            Random random = new Random(7);
            for (int n = 0; n < 90; n++) {
                int axes = 1 + random.nextInt(3);
                Domain domain = Spaces.declared(random, axes, 9, random.nextInt(5) > 0, random.nextInt(3) == 0).domain(rank);
                Domain space = Spaces.declared(random, 1 + random.nextInt(3), 9, random.nextBoolean(), false).domain(rank);
                PelArray a = PelArray.create(domain, type(n));
                set(a, 5);
                long[] from = random.longs(axes, -3, 9).toArray();
                int[] use = random.ints(axes, -1, space.axes()).toArray();
                Need need = (loopLo, loopHi, lo, hi) -> {
                    for (int d = 0; d < axes; d++) {
                        lo[d] = use[d] < 0 ? from[d] : loopLo[use[d]] + from[d];
                        hi[d] = use[d] < 0 ? from[d] + 4 : loopHi[use[d]] + from[d];
                    }
                };
                ParallelLoop loop = ParallelLoop.over(rank, Ranks.SITE, space);
                verify(loop.fetch(a, need), domain, needed(loop, need, axes), 5);
                assertThat(loop.inside(a, need)).isEqualTo(domain.periodic() || domain.box().contains(needed(loop, need, axes)));
            }
        });
    }

    @Test
    void freshGhostCellsAreNotExchangedAgain() {
        Ranks.run(3, rank -> {
            Domain domain = Domain.distributed(rank, new long[1], new long[] {29}, new DimDist[] {DimDist.BLOCK}, false);
            PelArray a = PelArray.create(domain, ElemType.FLOAT);
            set(a, 1);
            ParallelLoop loop = ParallelLoop.over(rank, Ranks.SITE, domain.inner(2));
            loop.halo(a, around(new long[] {2}, new long[] {2}));
            if (rank.rank() == 1) {
                a.f64(0)[a.at(9)] = -1;
            }
            loop.halo(a, around(new long[] {1}, new long[] {2}));
            if (rank.rank() == 1) {
                assertThat(a.f64(0)[a.at(9)]).isEqualTo(-1);
            }
            a.touch();
            loop.halo(a, around(new long[] {1}, new long[] {2}));
            verify(a, domain, needed(loop, around(new long[] {1}, new long[] {2}), 1), 1);
        });
    }

    @Test
    void swapTakesGhostCellsAlong() {
        Ranks.run(2, rank -> {
            Domain domain = Domain.distributed(rank, new long[1], new long[] {19}, new DimDist[] {DimDist.BLOCK}, true);
            PelArray a = PelArray.create(domain, ElemType.FLOAT);
            PelArray b = PelArray.create(domain, ElemType.FLOAT);
            set(a, 1);
            set(b, 2);
            ParallelLoop loop = ParallelLoop.over(rank, Ranks.SITE, domain);
            Need need = around(new long[] {1}, new long[] {1});
            for (int n = 0; n < 4; n++) {
                loop.halo(a, need);
                loop.align(a, b);
                verify(a, domain, needed(loop, need, 1), n % 2 + 1);
                a.swap(b);
            }
        });
    }

    @Test
    void anAccessOutsideTheDomainIsNamed() {
        Ranks.run(2, rank -> {
            Domain domain = Domain.distributed(rank, new long[1], new long[] {9}, new DimDist[] {DimDist.BLOCK}, false);
            PelArray u = PelArray.create(domain, ElemType.FLOAT);
            ParallelLoop loop = ParallelLoop.over(rank, Ranks.SITE, domain);
            loop.checkInside(u, "u", around(new long[1], new long[1]));
            String message = "";
            try {
                loop.checkInside(u, "u", around(new long[] {1}, new long[] {1}));
            } catch (org.pellang.runtime.PelTrap trap) {
                message = trap.getMessage();
            }
            assertThat(message).isEqualTo("index " + (rank.rank() == 0 ? -1 : 10) + " of u is outside 0..9 on axis 0");
        });
    }
}
