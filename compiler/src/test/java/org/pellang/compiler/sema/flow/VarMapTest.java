package org.pellang.compiler.sema.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/** The map of flow states beside a hash map. */
final class VarMapTest {
    private static final Span NOWHERE = new Span(SourceFile.of("p.pel", ""), 0, 0);

    private static Var variable(int id) {
        return new Var(id, "v" + id, Var.Kind.VAR, Type.Scalar.INT, NOWHERE);
    }

    private static <T> Map<Var, T> contents(VarMap<T> map) {
        Map<Var, T> all = new HashMap<>();
        map.forEach(all::put);
        return all;
    }

    @Test
    void holdsWhatAHashMapHolds() {
        Random random = new Random(7);
        VarMap<Integer> map = VarMap.empty();
        Map<Var, Integer> expected = new HashMap<>();
        for (int k = 0; k < 3000; k++) {
            Var v = variable(random.nextInt(k < 100 ? 40 : 100_000));
            map = map.with(v, k);
            expected.put(v, k);
        }
        assertThat(contents(map)).isEqualTo(expected);
        VarMap<Integer> whole = map;
        expected.forEach((v, value) -> assertThat(whole.get(v)).isEqualTo(value));
        assertThat(map.get(variable(200_000_000))).isNull();
        assertThat(map.get(variable(Integer.MAX_VALUE))).isNull();
        assertThat(map.with(variable(Integer.MAX_VALUE), 1).get(variable(Integer.MAX_VALUE))).isEqualTo(1);
        assertThat(contents(map.replaced((v, value) -> value % 2 == 0 ? 0 : value)).values()).allMatch(value -> value == 0 || value % 2 == 1);
    }

    @Test
    void anOldMapDoesNotChange() {
        VarMap<Integer> old = VarMap.<Integer>empty().with(variable(1), 1);
        VarMap<Integer> now = old.with(variable(1), 2).with(variable(5000), 3);
        assertThat(contents(old)).containsExactly(Map.entry(variable(1), 1));
        assertThat(contents(now)).containsOnly(Map.entry(variable(1), 2), Map.entry(variable(5000), 3));
    }

    @Test
    void meetingsLookAtDifferencesOnly() {
        VarMap<Integer> base = VarMap.empty();
        for (int k = 0; k < 1000; k++) {
            base = base.with(variable(k), k);
        }
        VarMap<Integer> left = base.with(variable(3), -3).with(variable(70_000), 1);
        VarMap<Integer> right = base.with(variable(900), -900);
        int[] meetings = {0};
        VarMap<Integer> met = left.meet(right, (v, a, b) -> {
            meetings[0]++;
            return a == null ? b : b == null ? a : Integer.valueOf(Math.min(a, b));
        });
        assertThat(meetings[0]).isEqualTo(3);
        assertThat(met.get(variable(3))).isEqualTo(-3);
        assertThat(met.get(variable(900))).isEqualTo(-900);
        assertThat(met.get(variable(70_000))).isEqualTo(1);
        assertThat(base.meet(right, (v, a, b) -> a)).isSameAs(base);
        assertThat(contents(right.meet(left, (v, a, b) -> a == null ? b : b == null ? a : Integer.valueOf(Math.min(a, b))))).isEqualTo(contents(met));
    }
}
