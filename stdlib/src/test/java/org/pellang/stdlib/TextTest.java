package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.value.PelList;

class TextTest {
    private static final String MIXED = "a😀bä";

    @Test
    void countsCodePoints() {
        assertThat(Text.len(MIXED)).isEqualTo(4);
        assertThat(Text.index(MIXED, 1)).isEqualTo("😀");
        assertThat(Text.index(MIXED, 3)).isEqualTo("ä");
        assertThat(Text.slice(MIXED, 1, 3)).isEqualTo("😀b");
        assertThat(Text.slice("abc", 1, 1)).isEmpty();
        assertThat(Text.find(MIXED, "b")).isEqualTo(2);
        assertThat(Text.find("banana", "an", 2)).isEqualTo(3);
        assertThat(Text.find("banana", "x")).isEqualTo(-1);
        assertThat(Text.reversed(MIXED)).isEqualTo("äb😀a");
        assertThatThrownBy(() -> Text.index("abc", 3)).isInstanceOf(PelTrap.class).hasMessageContaining("0..<3");
        assertThatThrownBy(() -> Text.slice("abc", 2, 1)).isInstanceOf(PelTrap.class);
    }

    @Test
    void splitsAndJoins() {
        assertThat(Format.show(Text.split("a,,b,", ","))).isEqualTo("[\"a\", \"\", \"b\", \"\"]");
        assertThat(Format.show(Text.words("  to\tbe \n or"))).isEqualTo("[\"to\", \"be\", \"or\"]");
        assertThat(Format.show(Text.words(" "))).isEqualTo("[]");
        assertThat(Format.show(Text.splitLines("a\r\nb\n"))).isEqualTo("[\"a\", \"b\"]");
        assertThat(Text.join(Text.split("a b c", " "), "-")).isEqualTo("a-b-c");
        assertThat(Text.join(PelList.of("x", "y"), ", ")).isEqualTo("x, y");
        assertThat(Text.occurrences("aaaa", "aa")).isEqualTo(2);
    }

    @Test
    void parsesNumbers() {
        assertThat(Text.parseInt(" -1_000 ")).isEqualTo(-1000);
        assertThat(Text.parseInt("0xFF")).isEqualTo(255);
        assertThat(Text.parseInt("-0b101")).isEqualTo(-5);
        assertThat(Text.parseInt("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        for (String bad : new String[] {"", "-", "1.0", "_1", "1_", "1__0", "9223372036854775808", "0x", "٣", "1 2"}) {
            assertThatThrownBy(() -> Text.parseInt(bad)).as(bad).isInstanceOf(PelTrap.class).hasMessageContaining("parse_int");
        }
        assertThat(Text.parseFloat("1e-3")).isEqualTo(0.001);
        assertThat(Text.parseFloat("-inf")).isEqualTo(Double.NEGATIVE_INFINITY);
        for (String bad : new String[] {"", "1f", "0x1p3", "1..2", "--1", "1 2"}) {
            assertThatThrownBy(() -> Text.parseFloat(bad)).as(bad).isInstanceOf(PelTrap.class);
        }
    }

    @Test
    void ordersByCodePoints() {
        assertThat(Text.compare("\uFFFD", "😀")).isNegative();
        assertThat(Text.compare("ab", "abc")).isNegative();
        assertThat(Text.compare("b", "abc")).isPositive();
        assertThat(Text.ord("😀")).isEqualTo(0x1F600);
        assertThat(Text.chr(0x1F600)).isEqualTo("😀");
        assertThatThrownBy(() -> Text.chr(0xD800)).isInstanceOf(PelTrap.class);
        assertThatThrownBy(() -> Text.ord("ab")).isInstanceOf(PelTrap.class);
    }
}
