package org.pellang.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static byte[] text() {
        return Manifest.seal(List.of(
                Manifest.factLine("argument", "--name=a b\\n\nc"),
                Manifest.factLine("argument", ""),
                Manifest.factLine("number", "7"),
                Manifest.factLine("ranks", "3"),
                Manifest.loopLine(Frame.of(0, 1, 5, 12, Map.of(0, 1L, 2, 4L))),
                Manifest.loopLine(Frame.of(2, 4, 9, 13, Map.of())),
                Manifest.valueLine(1, "t", -1, new byte[] {1, -1}),
                Manifest.valueLine(1, "empty", -1, new byte[0]),
                Manifest.valueLine(1, "mine", 2, new byte[] {5}),
                Manifest.arrayLine(0, "u", -1, new Manifest.Stored("loop0.u.npy", 128, 800, "'<f8' [10,10]")),
                Manifest.sumLine("loop0.u.npy", 0, 0xcafe)));
    }

    @Test
    void thereAndBack() throws Manifest.Damaged {
        Manifest m = Manifest.parse(text());
        assertThat(m.facts().get("argument")).containsExactly("--name=a b\\n\nc", "");
        assertThat(m.number()).isEqualTo(7);
        assertThat(m.ranks()).isEqualTo(3);
        assertThat(m.loops()).containsExactly(new Manifest.Loop(0, 1, 5, 12, Map.of(0, 1L, 2, 4L)), new Manifest.Loop(2, 4, 9, 13, Map.of()));
        assertThat(m.value(1, "t", 2)).containsExactly(1, -1);
        assertThat(m.value(1, "empty", 0)).isEmpty();
        assertThat(m.value(1, "mine", 2)).containsExactly(5);
        assertThat(m.value(1, "mine", 1)).isNull();
        assertThat(m.array(0, "u", 1)).isEqualTo(new Manifest.Stored("loop0.u.npy", 128, 800, "'<f8' [10,10]"));
        assertThat(m.sums().get("loop0.u.npy")[0]).isEqualTo(0xcafe);
        assertThat(m.byRank()).isTrue();
    }

    /** Every single changed byte and every shorter text is noticed. */
    @Test
    void anyDamageIsNoticed() {
        byte[] good = text();
        for (int k = 0; k < good.length; k++) {
            byte[] changed = good.clone();
            changed[k] ^= 4;
            assertThatThrownBy(() -> Manifest.parse(changed)).as("byte %d", k).isInstanceOf(Manifest.Damaged.class);
            byte[] cut = java.util.Arrays.copyOf(good, k);
            assertThatThrownBy(() -> Manifest.parse(cut)).as("cut at %d", k).isInstanceOf(Manifest.Damaged.class);
        }
        assertThatThrownBy(() -> Manifest.parse("pel-checkpoint 2\n".getBytes(StandardCharsets.UTF_8))).isInstanceOf(Manifest.Damaged.class);
    }
}
