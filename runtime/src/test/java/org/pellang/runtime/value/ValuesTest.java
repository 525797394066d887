package org.pellang.runtime.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.pellang.runtime.PelTrap;

class ValuesTest {
    record Inner(String s, Vec3 v) {}

    record Outer(long n, Inner inner, boolean b, Complex z) {}

    @Test
    void codecsKeepBits() {
        Outer value = new Outer(-5, new Inner("größe \u0000", new Vec3(-0.0, Double.NaN, 1e-310)), true, new Complex(1, -2));
        Codec<Object> codec = Codec.ofRecord(Outer.class);
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
        double odd = Double.longBitsToDouble(0x7ff8_0000_0000_1234L);
        assertThat(Double.doubleToRawLongBits(Codec.DOUBLE.decode(Codec.DOUBLE.encode(odd)))).isEqualTo(0x7ff8_0000_0000_1234L);
        PelList<String> list = PelList.of("a", "", "b");
        assertThat(Codec.list(Codec.STRING).decode(Codec.list(Codec.STRING).encode(list))).isEqualTo(list);
    }

    @Test
    void shortMessagesAreRefused() {
        assertThatThrownBy(() -> Codec.LONG.decode(new byte[7])).isInstanceOf(IllegalStateException.class).hasMessageContaining("too short");
        assertThatThrownBy(() -> Codec.STRING.decode(new byte[] {-1, -1, -1, 127})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void listsAreValues() {
        PelList<PelList<Long>> a = new PelList<>();
        a.push(PelList.of(1L));
        PelList<PelList<Long>> b = a.copy();
        b.get(0).push(2L);
        assertThat(a.get(0)).isEqualTo(PelList.of(1L));
        assertThat(b.pop().size()).isEqualTo(2);
        assertThatThrownBy(b::pop).isInstanceOf(PelTrap.class).hasMessage("pop of an empty list");
        assertThatThrownBy(() -> a.get(1)).hasMessage("index 1 outside the list 0..<1");
        a.addAll(a);
        assertThat(a.size()).isEqualTo(2);
    }

    @Test
    void complexArithmetic() {
        Complex a = new Complex(3, -4);
        assertThat(a.abs()).isEqualTo(5);
        assertThat(a.times(a.conj())).isEqualTo(new Complex(25, 0));
        assertThat(a.div(new Complex(0, 2))).isEqualTo(new Complex(-2, -1.5));
        assertThat(new Complex(1e300, 1e300).div(new Complex(1e300, 1e300))).isEqualTo(Complex.ONE);
        assertThat(a.sqrt()).isEqualTo(new Complex(2, -1));
        assertThat(new Complex(-4, 0).sqrt()).isEqualTo(new Complex(0, 2));
        assertThat(Complex.polar(1, Math.PI).re()).isCloseTo(-1, within(1e-15));
        assertThat(new Complex(0, 1).pow(-3).same(new Complex(0, 1))).isTrue();
    }

    @Test
    void vectors() {
        assertThat(new Vec3(1, 0, 0).cross(new Vec3(0, 1, 0))).isEqualTo(new Vec3(0, 0, 1));
        assertThat(new Vec2(3, 4).length()).isEqualTo(5);
        assertThat(new Vec4(1, 2, 3, 4).dot(new Vec4(1, 1, 1, 1))).isEqualTo(10);
        assertThat(new Vec3(0, 0, 2).normalize()).isEqualTo(new Vec3(0, 0, 1));
        assertThat(new Vec2(0.0, 1).same(new Vec2(-0.0, 1))).isTrue();
    }
}
