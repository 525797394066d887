package org.pellang.runtime.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.loop.Ranks;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.Complex;
import org.pellang.runtime.value.PelList;
import org.pellang.runtime.value.Vec3;

class PelArrayTest {
    record Body(Vec3 pos, double mass, long id, boolean alive) {}

    record Named(String name, long n) {}

    private static final ElemType BODY = ElemType.struct(Body.class, ElemType.VEC3, ElemType.FLOAT, ElemType.INT, ElemType.BOOL);

    @Test
    void recordsAreColumnsOfTheirLeaves() {
        PelArray a = PelArray.create(Domain.extents(2, 3), BODY);
        assertThat(BODY.columns()).isEqualTo(6);
        assertThat(a.get(0)).isEqualTo(new Body(Vec3.ZERO, 0.0, 0, false));
        Body body = new Body(new Vec3(1, 2, 3), 4.5, 6, true);
        a.set(a.at(1, 2), body);
        assertThat(a.get(5)).isEqualTo(body);
        assertThat(a.f64(1)[5]).isEqualTo(2.0);
        assertThat(a.i64(4)[5]).isEqualTo(6);
        assertThat(a.bool(5)[5]).isTrue();
        assertThat(Codec.array(BODY).decode(Codec.array(BODY).encode(a))).isEqualTo(a);
    }

    @Test
    void recordsWithStringsAreReferences() {
        ElemType type = ElemType.struct(Named.class, ElemType.STRING, ElemType.INT);
        PelArray a = PelArray.create(Domain.extents(2), type);
        assertThat(type.columns()).isEqualTo(1);
        assertThat(a.get(1)).isEqualTo(new Named("", 0));
    }

    @Test
    void subscriptsOutsideAreNamed() {
        PelArray a = PelArray.create(Domain.local(new long[] {-2, 0}, new long[] {4, 9}), ElemType.FLOAT);
        assertThat(a.at(-2, 0)).isZero();
        assertThat(a.at(4, 9)).isEqualTo(69);
        assertThatThrownBy(() -> a.at(0, 12)).isInstanceOf(PelTrap.class).hasMessage("index 12 outside 0..9 of axis 1");
        PelArray odd = PelArray.create(Domain.range(1, 9).by(0, 2), ElemType.FLOAT);
        assertThatThrownBy(() -> odd.at(2)).hasMessage("index 2 outside 1..9 by 2 of axis 0");
    }

    @Test
    void periodicSubscriptsWrap() {
        PelArray a = PelArray.create(Domain.localPeriodic(new long[] {1}, new long[] {10}), ElemType.INT);
        assertThat(a.at(0)).isEqualTo(9);
        assertThat(a.at(-10)).isEqualTo(9);
        assertThat(a.at(11)).isZero();
    }

    @Test
    void hugeLowerBoundsKeepIntPlaces() {
        long lo = 1L << 40;
        PelArray a = PelArray.create(Domain.range(lo, lo + 3), ElemType.FLOAT);
        assertThat(a.at(lo + 2)).isEqualTo(2);
        assertThat((int) (lo + 2) * a.stride(0) - a.offset()).isEqualTo(2);
    }

    @Test
    void narrowIntegersAreChecked() {
        PelArray bytes = PelArray.create(Domain.extents(1), ElemType.BYTE);
        bytes.setLong(0, 255);
        assertThat(bytes.getLong(0)).isEqualTo(255);
        assertThatThrownBy(() -> bytes.setLong(0, 256)).hasMessage("256 does not fit byte (0..255)");
        PelArray small = PelArray.create(Domain.extents(1), ElemType.INT16);
        assertThatThrownBy(() -> small.set(0, 40_000L)).hasMessage("40000 does not fit int16");
    }

    @Test
    void copiesAreIndependent() {
        ElemType lists = ElemType.object(Codec.list(Codec.LONG), new PelList<Long>());
        PelArray a = PelArray.create(Domain.extents(2), lists);
        @SuppressWarnings("unchecked")
        PelList<Long> first = (PelList<Long>) a.get(0);
        PelArray b = a.copy();
        first.push(7L);
        assertThat(a.get(1)).isEqualTo(new PelList<Long>());
        assertThat(b.get(0)).isEqualTo(new PelList<Long>());
        assertThat(a.contentEquals(b)).isFalse();
    }

    @Test
    void slicesBothWays() {
        PelArray a = PelArray.create(Domain.extents(3, 4), ElemType.INT);
        for (int i = 0; i < 12; i++) {
            a.i64(0)[i] = i;
        }
        PelArray row = a.slice(new long[] {1, 0}, new long[] {1, 3}, new boolean[] {true, false});
        assertThat(row.i64(0)).containsExactly(4, 5, 6, 7);
        PelArray column = a.slice(new long[] {0, 2}, new long[] {2, 2}, new boolean[] {false, true});
        assertThat(column.i64(0)).containsExactly(2, 6, 10);
        a.assignSlice(new long[] {0, 0}, new long[] {0, 2}, new boolean[] {true, false}, column);
        assertThat(a.toString()).isEqualTo("[[2, 6, 10, 3], [4, 5, 6, 7], [8, 9, 10, 11]]");
        assertThatThrownBy(() -> a.slice(new long[] {3, 0}, new long[] {3, 3}, new boolean[] {true, false}))
                .hasMessage("slice 3..3 outside 0..2 of axis 0");
        assertThatThrownBy(() -> a.assignSlice(new long[] {0, 0}, new long[] {0, 3}, new boolean[] {true, false}, column))
                .isInstanceOf(PelTrap.class);
    }

    @Test
    void assignmentByPosition() {
        PelArray a = PelArray.create(Domain.range(10, 18).by(0, 4), ElemType.FLOAT);
        a.assign(PelArray.ofDoubles(1, 2, 3));
        assertThat(a.f64(0)[a.at(14)]).isEqualTo(2);
        assertThat(a.contentEquals(PelArray.ofDoubles(1, 2, 3))).isTrue();
        assertThatThrownBy(() -> a.assign(PelArray.ofDoubles(1, 2))).isInstanceOf(PelTrap.class).hasMessageContaining("different extents");
    }

    @Test
    void equalityIsThatOfFloats() {
        assertThat(PelArray.ofDoubles(0.0).contentEquals(PelArray.ofDoubles(-0.0))).isTrue();
        assertThat(PelArray.ofDoubles(Double.NaN).contentEquals(PelArray.ofDoubles(Double.NaN))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void singleElementsAndReplicas(int ranks) {
        Ranks.run(ranks, rank -> {
            Domain domain = Domain.distributed(rank, new long[] {1, 0}, new long[] {5, 6}, new DimDist[] {DimDist.BLOCK, DimDist.BLOCK}, true);
            PelArray a = PelArray.create(domain, ElemType.COMPLEX);
            a.fill(Complex.ONE);
            a.writeElement(new Complex(2, 3), 6, -1);
            assertThat(a.readElement(rank, Ranks.SITE, 1, 6)).isEqualTo(new Complex(2, 3));
            assertThat(a.readElement(rank, Ranks.SITE, 2, 6)).isEqualTo(Complex.ONE);
            PelArray all = a.replicate(rank, Ranks.SITE);
            assertThat(all.get(all.at(1, 6))).isEqualTo(new Complex(2, 3));
            assertThat(all.size()).isEqualTo(35);
            PelArray back = PelArray.create(domain, ElemType.COMPLEX);
            back.assign(all);
            assertThat(back.contentEquals(a)).isTrue();
        });
    }

    @Test
    void axesOfRowsAreAligned() {
        Ranks.run(3, rank -> {
            Domain domain = Domain.distributed(rank, new long[] {0, 1}, new long[] {10, 6}, new DimDist[] {DimDist.BLOCK, DimDist.WHOLE}, false);
            Domain rows = domain.axis(0);
            assertThat(rows.owned().lo()[0]).isEqualTo(domain.owned().lo()[0]);
            assertThat(rows.owned().hi()[0]).isEqualTo(domain.owned().hi()[0]);
            assertThat(domain.axis(1).isDistributed()).isFalse();
            assertThat(domain.axis(0).root()).isSameAs(rows.root());
        });
    }
}
