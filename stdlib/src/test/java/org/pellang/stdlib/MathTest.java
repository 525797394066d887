package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.value.Complex;

class MathTest {
    /** Units in the last place; log gamma has zeros below 0 that no double formula resolves, hence an absolute bound there. */
    @Test
    void specialFunctionsAreAccurate() {
        Map<String, Double> worst = new TreeMap<>();
        for (String[] row : Table.rows("special.tsv")) {
            double x = Table.ofBits(row[1]);
            double expected = Table.ofBits(row[2]);
            double actual = switch (row[0]) {
                case "erf" -> SpecialFunctions.erf(x);
                case "erfc" -> SpecialFunctions.erfc(x);
                case "gamma" -> SpecialFunctions.gamma(x);
                case "lgamma" -> SpecialFunctions.lgamma(x);
                default -> throw new AssertionError(row[0]);
            };
            double scale = row[0].equals("lgamma") && x < 0 ? Math.max(Math.abs(expected), 1.0) : Math.abs(expected);
            worst.merge(row[0], Math.abs(actual - expected) / Math.ulp(scale), Math::max);
        }
        assertThat(worst).hasSize(4);
        assertThat(worst.get("erf")).isLessThanOrEqualTo(1.0);
        assertThat(worst.get("erfc")).isLessThanOrEqualTo(1.0);
        assertThat(worst.get("gamma")).isLessThanOrEqualTo(6.0);
        assertThat(worst.get("lgamma")).isLessThanOrEqualTo(5.0);
    }

    @Test
    void specialFunctionsAtTheEdges() {
        assertThat(SpecialFunctions.gamma(24)).isEqualTo(25852016738884976640000.0, within(1e8));
        assertThat(SpecialFunctions.gamma(172)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(SpecialFunctions.gamma(-3)).isNaN();
        assertThat(SpecialFunctions.gamma(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(SpecialFunctions.lgamma(-3)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(SpecialFunctions.erf(Double.POSITIVE_INFINITY)).isEqualTo(1.0);
        assertThat(SpecialFunctions.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2.0);
        assertThat(SpecialFunctions.erf(Double.NaN)).isNaN();
    }

    @Test
    void log2IsExactForPowersOfTwo() {
        for (int k = -1074; k < 1024; k++) {
            assertThat(MathFunctions.log2(Math.scalb(1.0, k))).isEqualTo(k);
        }
        assertThat(MathFunctions.log2(10)).isEqualTo(3.321928094887362, within(5e-16));
        assertThat(MathFunctions.log2(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(MathFunctions.log2(-1)).isNaN();
    }

    @Test
    void squareRootAgreesWithDecimalArithmetic() {
        for (double x : new double[] {2, 3, 0.1, 1e-300, 7e200}) {
            double expected = new BigDecimal(x).sqrt(new MathContext(40)).doubleValue();
            assertThat(MathFunctions.sqrt(x)).isEqualTo(expected);
        }
    }

    @Test
    void roundsAsPython() {
        assertThat(MathFunctions.round(2.5)).isEqualTo(2.0);
        assertThat(MathFunctions.round(3.5)).isEqualTo(4.0);
        assertThat(MathFunctions.round(2.675, 2)).isEqualTo(2.67);
        assertThat(MathFunctions.round(1234.5, -2)).isEqualTo(1200.0);
        assertThat(MathFunctions.trunc(-2.7)).isEqualTo(-2.0);
    }

    @Test
    void floorDivisionOfFloatsAsPython() {
        assertThat(MathFunctions.floorMod(-1.0, 3.0)).isEqualTo(2.0);
        assertThat(MathFunctions.floorMod(1.0, -3.0)).isEqualTo(-2.0);
        assertThat(MathFunctions.floorMod(-0.0, 3.0)).isEqualTo(0.0);
        assertThat(MathFunctions.floorDiv(1.0, 0.1)).isEqualTo(9.0);
        assertThat(MathFunctions.floorDiv(-7.5, 2.0)).isEqualTo(-4.0);
        assertThat(MathFunctions.floorDiv(1.0, 0.0)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void ints() {
        assertThat(IntFunctions.floorDiv(-7, 2)).isEqualTo(-4);
        assertThat(IntFunctions.floorMod(-7, 2)).isEqualTo(1);
        assertThat(IntFunctions.pow(3, 39)).isEqualTo(4052555153018976267L);
        assertThat(IntFunctions.pow(-2, 63)).isEqualTo(Long.MIN_VALUE);
        assertThat(IntFunctions.gcd(-12, 18)).isEqualTo(6);
        assertThat(IntFunctions.lcm(4, 6)).isEqualTo(12);
        assertThat(IntFunctions.shiftRightUnsigned(-1, 60)).isEqualTo(15);
        assertThat(IntFunctions.shiftRight(-8, 100)).isEqualTo(-1);
        assertThat(IntFunctions.shiftLeft(1, 64)).isZero();
        assertThatThrownBy(() -> IntFunctions.floorMod(1, 0)).isInstanceOf(PelTrap.class);
        assertThatThrownBy(() -> IntFunctions.pow(2, -1)).isInstanceOf(PelTrap.class);
        assertThatThrownBy(() -> IntFunctions.shiftLeft(1, -1)).isInstanceOf(PelTrap.class);
    }

    @Test
    void conversionsTrapOutsideTheirRange() {
        assertThat(IntFunctions.toInt(-2.9)).isEqualTo(-2);
        assertThat(IntFunctions.toInt(-0x1p63)).isEqualTo(Long.MIN_VALUE);
        assertThatThrownBy(() -> IntFunctions.toInt(0x1p63)).isInstanceOf(PelTrap.class);
        assertThatThrownBy(() -> IntFunctions.toInt(Double.NaN)).isInstanceOf(PelTrap.class).hasMessageContaining("not a number");
        assertThatThrownBy(() -> IntFunctions.toByte(256)).isInstanceOf(PelTrap.class).hasMessage("byte(256): outside of 0..255");
        assertThatThrownBy(() -> IntFunctions.toFloat32(1e39)).isInstanceOf(PelTrap.class);
        assertThat(IntFunctions.toFloat32(Double.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void closeness() {
        assertThat(MathFunctions.close(1.0, 1.0 + 1e-10, 1e-9)).isTrue();
        assertThat(MathFunctions.close(1.0, 1.001, 1e-9)).isFalse();
        assertThat(MathFunctions.close(Double.POSITIVE_INFINITY, 1.0, 1e-9)).isFalse();
        assertThat(MathFunctions.close(Double.NaN, Double.NaN, 1.0)).isFalse();
    }

    @Test
    void complexLogarithmUndoesExp() {
        Complex z = VectorFunctions.log(VectorFunctions.exp(new Complex(0.5, 1.25)));
        assertThat(z.re()).isEqualTo(0.5, within(1e-15));
        assertThat(z.im()).isEqualTo(1.25, within(1e-15));
    }
}
