package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.PelList;

class SortingTest {
    @Test
    void sortsAndKeepsTheArgument() {
        PelArray a = PelArray.ofDoubles(3, Double.NaN, -1, 2);
        assertThat(Format.show(Sorting.sorted(a))).isEqualTo("[-1.0, 2.0, 3.0, nan]");
        assertThat(Format.show(a)).isEqualTo("[3.0, nan, -1.0, 2.0]");
        assertThat(Format.show(Sorting.argsort(PelArray.ofLongs(5, 1, 5, 0)))).isEqualTo("[3, 1, 0, 2]");
        assertThat(Format.show(Sorting.reversed(PelArray.ofLongs(1, 2, 3)))).isEqualTo("[3, 2, 1]");
        assertThat(Format.show(Sorting.distinct(PelArray.ofStrings("b", "a", "b")))).isEqualTo("[\"b\", \"a\"]");
        assertThat(Format.show(Sorting.concat(PelArray.ofLongs(1), PelArray.ofLongs()))).isEqualTo("[1]");
    }

    @Test
    void sortsInPlaceByAKey() {
        PelArray a = PelArray.ofStrings("ccc", "a", "bb", "z");
        Sorting.sort(a, arguments -> Text.len((String) arguments[0]));
        assertThat(Format.show(a)).isEqualTo("[\"a\", \"z\", \"bb\", \"ccc\"]");
        PelList<Long> list = PelList.of(3L, 1L, 2L);
        Sorting.sort(list);
        assertThat(list.asList()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void mergeUndoesSplitAt() {
        Random random = new Random(5);
        long[] values = random.longs(500, 0, 100).sorted().toArray();
        PelList<PelArray> parts = Sorting.splitAt(PelArray.ofLongs(values), PelArray.ofLongs(0, 20, 20, 75, 200));
        assertThat(parts.size()).isEqualTo(6);
        assertThat(parts.get(0).size()).isZero();
        assertThat(parts.get(2).size()).isZero();
        for (long x : Elements.longs(parts.get(3))) {
            assertThat(x).isBetween(20L, 74L);
        }
        assertThat(Elements.longs(Sorting.merge(parts))).isEqualTo(values);
        assertThatThrownBy(() -> Sorting.splitAt(PelArray.ofLongs(values), PelArray.ofLongs(9, 3))).isInstanceOf(PelTrap.class);
    }

    @Test
    void mergesStringsOfManyArrays() {
        PelArray merged = Sorting.merge(PelList.of(PelArray.ofStrings("b", "d"), PelArray.ofStrings("a", "e"), PelArray.ofStrings("c")));
        assertThat(Format.show(merged)).isEqualTo("[\"a\", \"b\", \"c\", \"d\", \"e\"]");
    }

    @Test
    void searchFindsTheFirstPlace() {
        PelArray a = PelArray.ofLongs(1, 3, 3, 7);
        assertThat(List.of(Sorting.search(a, 0L), Sorting.search(a, 3L), Sorting.search(a, 4L), Sorting.search(a, 9L))).containsExactly(0L, 1L, 3L, 4L);
    }

    @Test
    void shuffleKeepsTheElements() {
        long[] values = new Random(1).longs(100).toArray();
        PelArray shuffled = Sorting.shuffle(3, PelArray.ofLongs(values));
        List<Long> expected = new ArrayList<>();
        List<Long> actual = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            expected.add(values[i]);
            actual.add((Long) shuffled.get(i));
        }
        assertThat(actual).isNotEqualTo(expected).containsExactlyInAnyOrderElementsOf(expected);
        Collections.sort(expected);
        assertThat(Elements.longs(Sorting.sorted(shuffled))).isEqualTo(expected.stream().mapToLong(Long::longValue).toArray());
    }
}
