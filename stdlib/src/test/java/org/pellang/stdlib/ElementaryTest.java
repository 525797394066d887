package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementaryTest {
    private static final double[] SPECIAL = {
        0.0, -0.0, 1.0, -1.0, 2.0, 0.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE,
        -Double.MAX_VALUE, 708.0, 709.9, -745.3, 1e-300, Double.MIN_NORMAL, 3.0, 1e22, Math.PI, -Math.PI / 2, 20.0, 0.55, 6.0
    };

    /** A function of arrays. */
    private interface OnArray {
        void apply(double[] a, int count);
    }

    private static double value(String function, double x, double y) {
        return switch (function) {
            case "exp" -> MathFunctions.exp(x);
            case "log" -> MathFunctions.log(x);
            case "log2" -> MathFunctions.log2(x);
            case "log10" -> MathFunctions.log10(x);
            case "sin" -> MathFunctions.sin(x);
            case "cos" -> MathFunctions.cos(x);
            case "tan" -> MathFunctions.tan(x);
            case "tanh" -> MathFunctions.tanh(x);
            case "erf" -> SpecialFunctions.erf(x);
            case "pow" -> MathFunctions.pow(x, y);
            default -> throw new AssertionError(function);
        };
    }

    private static OnArray onArray(String function, double exponent) {
        return switch (function) {
            case "exp" -> VectorElementary::expPass;
            case "log" -> VectorElementary::logPass;
            case "sin" -> VectorAngles::sinPass;
            case "cos" -> VectorAngles::cosPass;
            case "tan" -> VectorAngles::tanPass;
            case "tanh" -> VectorElementary::tanhPass;
            case "erf" -> VectorElementary::erfPass;
            case "pow" -> (a, count) -> {
                double[] exponents = new double[count];
                Arrays.fill(exponents, exponent);
                VectorElementary.powPass(a, exponents, count);
            };
            default -> throw new AssertionError(function);
        };
    }

    /** The table holds function, arguments, and the true value as a sum of two floats (300 bits rounded twice). */
    @Test
    void errorsAreBelowOneUnitInTheLastPlace() {
        Map<String, Double> worst = new TreeMap<>();
        for (String[] row : Table.rows("elementary.tsv")) {
            double high = Table.ofBits(row[3]);
            double actual = value(row[0], Table.ofBits(row[1]), Table.ofBits(row[2]));
            double error = Math.abs((actual - high) - Table.ofBits(row[4])) / Math.ulp(high);
            worst.merge(row[0], error, Math::max);
        }
        assertThat(worst).hasSize(10).allSatisfy((function, error) -> assertThat(error).as(function).isLessThan(1.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "log", "sin", "cos", "tan", "tanh", "erf", "pow"})
    void manyArgumentsAtOnceGiveTheSameBits(String function) {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 4000; round++) {
            double[] arguments = new double[1 + random.nextInt(17)];
            for (int k = 0; k < arguments.length; k++) {
                arguments[k] = switch (round % 4) {
                    case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
                    case 1 -> random.nextDouble(-700, 700);
                    case 2 -> random.nextDouble(-2, 2);
                    default -> random.nextDouble(0, 30);
                };
            }
            double exponent = round % 3 == 0 ? round % 7 - 3 : random.nextDouble(-9, 9);
            double[] results = arguments.clone();
            onArray(function, exponent).apply(results, results.length);
            double[] expected = Arrays.stream(arguments).map(x -> value(function, x, exponent)).toArray();
            assertThat(results).as("%s of %s", function, Arrays.toString(arguments)).isEqualTo(expected);
        }
    }

    /** The limits of C and IEEE 754. */
    @Test
    void limits() {
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(MathFunctions.exp(infinity)).isEqualTo(infinity);
        assertThat(MathFunctions.exp(-infinity)).isZero();
        assertThat(MathFunctions.exp(-745.2)).isZero();
        assertThat(MathFunctions.exp(709.79)).isEqualTo(infinity);
        assertThat(MathFunctions.exp(-740.0)).isPositive().isLessThan(Double.MIN_NORMAL);
        assertThat(MathFunctions.log(0.0)).isEqualTo(-infinity);
        assertThat(MathFunctions.log(-1.0)).isNaN();
        assertThat(MathFunctions.log10(1000.0)).isEqualTo(3.0);
        assertThat(MathFunctions.sin(-0.0)).isEqualTo(-0.0);
        assertThat(MathFunctions.sin(infinity)).isNaN();
        assertThat(MathFunctions.tan(-0.0)).isEqualTo(-0.0);
        assertThat(MathFunctions.tanh(-infinity)).isEqualTo(-1.0);
        assertThat(SpecialFunctions.erf(7.0)).isEqualTo(1.0);
        assertThat(MathFunctions.pow(1.0, Double.NaN)).isEqualTo(1.0);
        assertThat(MathFunctions.pow(Double.NaN, 0.0)).isEqualTo(1.0);
        assertThat(MathFunctions.pow(-8.0, 3.0)).isEqualTo(-512.0);
        assertThat(MathFunctions.pow(-8.0, 0.5)).isNaN();
        assertThat(MathFunctions.pow(0.0, -1.0)).isEqualTo(infinity);
        assertThat(MathFunctions.pow(2.0, -1074.0)).isEqualTo(Double.MIN_VALUE);
        assertThat(MathFunctions.pow(2.0, 1024.0)).isEqualTo(infinity);
    }

    @Test
    void wholePowersOfSmallNumbersAreExact() {
        DoubleUnaryOperator cube = x -> MathFunctions.pow(x, 3.0);
        for (int k = -200; k <= 200; k++) {
            assertThat(cube.applyAsDouble(k)).isEqualTo((double) k * k * k);
        }
    }
}
