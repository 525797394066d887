package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.value.Complex;
import org.pellang.runtime.value.PelList;
import org.pellang.runtime.value.Vec3;

class FormatTest {
    record Near(double d, long c) {}

    record Tuple_ID(long a, double b) {}

    record Clash(long int_, String name) {}

    @Test
    void agreesWithPython() {
        List<String> wrong = new ArrayList<>();
        for (String[] row : Table.rows("format.tsv")) {
            String actual = attempt(row[0], row[1], row[2]);
            if (!actual.equals(row[3])) {
                wrong.add(String.join(" | ", row) + " but was " + actual);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String attempt(String kind, String value, String spec) {
        try {
            return switch (kind) {
                case "f" -> Format.format(Table.ofBits(value), spec);
                case "i" -> Format.format(Long.parseLong(value), spec);
                default -> Format.format(value, spec);
            };
        } catch (PelTrap refused) {
            return "!";
        }
    }

    @Test
    void showsCompoundValues() {
        assertThat(Format.show(new Tuple_ID(1, 2.0))).isEqualTo("(1, 2.0)");
        assertThat(Format.show(new Near(0.5, 3))).isEqualTo("Near(d=0.5, c=3)");
        assertThat(Format.show(new Clash(1, "a\"b"))).isEqualTo("Clash(int=1, name=\"a\\\"b\")");
        assertThat(Format.show(new Vec3(1, 2, 3))).isEqualTo("vec3(1.0, 2.0, 3.0)");
        assertThat(Format.show(new Complex(1, 2))).isEqualTo("(1.0+2.0i)");
        assertThat(Format.show(new Complex(0.5, -0.0))).isEqualTo("(0.5-0.0i)");
        assertThat(Format.show(PelList.of("x", "y"))).isEqualTo("[\"x\", \"y\"]");
        assertThat(Format.show((Object) "plain")).isEqualTo("plain");
        assertThat(Format.show((Object) true)).isEqualTo("true");
    }

    @Test
    void formatsCompoundValuesByTheirFloats() {
        assertThat(Format.format(new Complex(1, -2), ".2f")).isEqualTo("(1.00-2.00i)");
        assertThat(Format.format(new Tuple_ID(1, 2.0 / 3), ">14.3f")).isEqualTo("    (1, 0.667)");
    }

    @Test
    void formatsBools() {
        assertThat(Format.format(true, "")).isEqualTo("true");
        assertThat(Format.format(false, ">7")).isEqualTo("  false");
        assertThat(Format.format(true, "03d")).isEqualTo("001");
    }

    @Test
    void printsShortestFloat32() {
        assertThat(Format.repr(0.1f)).isEqualTo("0.1");
        assertThat(Format.repr(16777216f)).isEqualTo("16777216.0");
        assertThat(Format.repr(1e-45f)).isEqualTo("1e-45");
        assertThat(Format.format(0.1f, "8")).isEqualTo("     0.1");
        assertThat(Format.format(0.1f, ".10f")).isEqualTo("0.1000000015");
    }

    @Test
    void checksSpecifications() {
        assertThat(Format.check(".3f", 'f')).isNull();
        assertThat(Format.check(">8", 's')).isNull();
        assertThat(Format.check("x", 'f')).contains("'x' does not fit a float");
        assertThat(Format.check(".3", 'i')).contains("precision");
        assertThat(Format.check("d", 's')).contains("string");
        assertThat(Format.check("=5", 'o')).contains("numbers only");
        assertThatThrownBy(() -> Format.format(1.0, "5.f")).isInstanceOf(PelTrap.class).hasMessageContaining("precision");
    }
}
