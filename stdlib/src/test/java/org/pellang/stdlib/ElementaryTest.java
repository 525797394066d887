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
            case "exp2" -> MathFunctions.exp2(x);
            case "expm1" -> MathFunctions.expm1(x);
            case "log" -> MathFunctions.log(x);
            case "log2" -> MathFunctions.log2(x);
            case "log10" -> MathFunctions.log10(x);
            case "log1p" -> MathFunctions.log1p(x);
            case "sin" -> MathFunctions.sin(x);
            case "cos" -> MathFunctions.cos(x);
            case "tan" -> MathFunctions.tan(x);
            case "asin" -> MathFunctions.asin(x);
            case "acos" -> MathFunctions.acos(x);
            case "atan" -> MathFunctions.atan(x);
            case "sinh" -> MathFunctions.sinh(x);
            case "cosh" -> MathFunctions.cosh(x);
            case "tanh" -> MathFunctions.tanh(x);
            case "asinh" -> MathFunctions.asinh(x);
            case "acosh" -> MathFunctions.acosh(x);
            case "atanh" -> MathFunctions.atanh(x);
            case "cbrt" -> MathFunctions.cbrt(x);
            case "erf" -> SpecialFunctions.erf(x);
            case "erfc" -> SpecialFunctions.erfc(x);
            case "pow" -> MathFunctions.pow(x, y);
            case "atan2" -> MathFunctions.atan2(x, y);
            case "hypot" -> MathFunctions.hypot(x, y);
            default -> throw new AssertionError(function);
        };
    }

    private static OnArray onArray(String function, double[] second) {
        return switch (function) {
            case "exp" -> VectorElementary::expPass;
            case "exp2" -> VectorExponentials::exp2Pass;
            case "expm1" -> VectorExponentials::expm1Pass;
            case "log" -> VectorElementary::logPass;
            case "log2" -> VectorExponentials::log2Pass;
            case "log10" -> VectorExponentials::log10Pass;
            case "log1p" -> VectorExponentials::log1pPass;
            case "sin" -> VectorAngles::sinPass;
            case "cos" -> VectorAngles::cosPass;
            case "tan" -> VectorAngles::tanPass;
            case "asin" -> VectorArcs::asinPass;
            case "acos" -> VectorArcs::acosPass;
            case "atan" -> VectorArcs::atanPass;
            case "sinh" -> VectorHyperbolic::sinhPass;
            case "cosh" -> VectorHyperbolic::coshPass;
            case "tanh" -> VectorElementary::tanhPass;
            case "asinh" -> VectorHyperbolic::asinhPass;
            case "acosh" -> VectorHyperbolic::acoshPass;
            case "atanh" -> VectorHyperbolic::atanhPass;
            case "cbrt" -> VectorRoots::cbrtPass;
            case "erf" -> VectorElementary::erfPass;
            case "erfc" -> VectorErrorFunction::erfcPass;
            case "pow" -> (a, count) -> VectorElementary.powPass(a, second, count);
            case "atan2" -> (a, count) -> VectorArcs.atan2Pass(a, second, count);
            case "hypot" -> (a, count) -> VectorRoots.hypotPass(a, second, count);
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
        assertThat(worst).hasSize(25).allSatisfy((function, error) -> assertThat(error).as(function).isLessThan(1.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh",
        "atanh", "cbrt", "erf", "erfc", "pow", "atan2", "hypot"
    })
    void manyArgumentsAtOnceGiveTheSameBits(String function) {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 4000; round++) {
            double[] arguments = arguments(random, round, 1 + random.nextInt(17));
            double[] second = arguments(random, round / 2, arguments.length);
            double[] results = arguments.clone();
            onArray(function, second.clone()).apply(results, results.length);
            double[] expected = new double[arguments.length];
            Arrays.setAll(expected, k -> value(function, arguments[k], second[k]));
            assertThat(results).as("%s of %s, %s", function, Arrays.toString(arguments), Arrays.toString(second)).isEqualTo(expected);
        }
    }

    private static double[] arguments(SplittableRandom random, int round, int count) {
        double[] arguments = new double[count];
        for (int k = 0; k < count; k++) {
            arguments[k] = switch (round % 5) {
                case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
                case 1 -> random.nextDouble(-700, 700);
                case 2 -> random.nextDouble(-2, 2);
                case 3 -> random.nextInt(-3, 4);
                default -> random.nextDouble(0, 30);
            };
        }
        return arguments;
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

    /** C99, annex F: arguments, the value, and the sign of zeros. */
    @Test
    void limitsOfArcs() {
        double infinity = Double.POSITIVE_INFINITY;
        same(MathFunctions.asin(1.0), Math.PI / 2);
        same(MathFunctions.asin(-0.0), -0.0);
        same(MathFunctions.asin(1.0000000000000002), Double.NaN);
        same(MathFunctions.asin(Double.MIN_VALUE), Double.MIN_VALUE);
        same(MathFunctions.acos(1.0), 0.0);
        same(MathFunctions.acos(-1.0), Math.PI);
        same(MathFunctions.acos(-0.0), Math.PI / 2);
        same(MathFunctions.acos(-2.0), Double.NaN);
        same(MathFunctions.atan(-0.0), -0.0);
        same(MathFunctions.atan(infinity), Math.PI / 2);
        same(MathFunctions.atan(-infinity), -Math.PI / 2);
        same(MathFunctions.atan(Double.NaN), Double.NaN);
        same(MathFunctions.atan(-Double.MIN_VALUE), -Double.MIN_VALUE);
        double[] ends = {0.0, -0.0, 1.0, -1.0, infinity, -infinity, Double.NaN};
        for (double y : ends) {
            for (double x : ends) {
                same(MathFunctions.atan2(y, x), Math.atan2(y, x));
            }
        }
        same(MathFunctions.atan2(Double.MIN_VALUE, -Double.MAX_VALUE), Math.PI);
        same(MathFunctions.atan2(-Double.MIN_VALUE, Double.MAX_VALUE), -0.0);
        same(MathFunctions.atan2(Double.MAX_VALUE, Double.MAX_VALUE), Math.PI / 4);
        same(MathFunctions.atan2(Double.MIN_VALUE, Double.MIN_VALUE), Math.PI / 4);
    }

    @Test
    void limitsOfRootsAndExponentials() {
        double infinity = Double.POSITIVE_INFINITY;
        for (double x : new double[] {0.0, -0.0, infinity, -infinity, Double.NaN}) {
            same(MathFunctions.cbrt(x), x);
            same(MathFunctions.sinh(x), x);
            same(MathFunctions.asinh(x), x);
            same(MathFunctions.hypot(x, 0.0), Math.abs(x));
        }
        for (double x : new double[] {0.0, -0.0, infinity, Double.NaN}) {
            same(MathFunctions.expm1(x), x);
            same(MathFunctions.log1p(x), x);
        }
        for (double x : new double[] {0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, 1e-300}) {
            same(MathFunctions.atanh(x), x);
            same(MathFunctions.sinh(x), x);
            same(MathFunctions.asinh(x), x);
            same(MathFunctions.expm1(x), x);
            same(MathFunctions.log1p(x), x);
            same(MathFunctions.cosh(x), 1.0);
            same(MathFunctions.exp2(x), 1.0);
        }
        for (int k = -1074; k < 1024; k++) {
            same(MathFunctions.exp2(k), Math.scalb(1.0, k));
        }
        for (int k = -150; k <= 150; k++) {
            same(MathFunctions.cbrt((double) k * k * k), k);
        }
        same(MathFunctions.cbrt(Double.MIN_VALUE), 1.7031839360032603e-108);
        same(MathFunctions.exp2(1024.0), infinity);
        same(MathFunctions.exp2(-infinity), 0.0);
        same(MathFunctions.exp2(Double.NaN), Double.NaN);
        same(MathFunctions.hypot(infinity, Double.NaN), infinity);
        same(MathFunctions.hypot(Double.NaN, -infinity), infinity);
        same(MathFunctions.hypot(Double.NaN, 1.0), Double.NaN);
        same(MathFunctions.hypot(3e300, 4e300), 5e300);
        same(MathFunctions.hypot(Double.MAX_VALUE, Double.MAX_VALUE), infinity);
        same(MathFunctions.hypot(Double.MIN_VALUE, Double.MIN_VALUE), Double.MIN_VALUE);
        same(MathFunctions.expm1(-infinity), -1.0);
        same(MathFunctions.expm1(-800.0), -1.0);
        same(MathFunctions.expm1(800.0), infinity);
        same(MathFunctions.log1p(-1.0), -infinity);
        same(MathFunctions.log1p(-1.5), Double.NaN);
        same(MathFunctions.cosh(-infinity), infinity);
        same(MathFunctions.cosh(Double.NaN), Double.NaN);
        same(MathFunctions.sinh(711.0), infinity);
        same(MathFunctions.acosh(1.0), 0.0);
        same(MathFunctions.acosh(0.9), Double.NaN);
        same(MathFunctions.acosh(-infinity), Double.NaN);
        same(MathFunctions.acosh(infinity), infinity);
        same(MathFunctions.atanh(1.0), infinity);
        same(MathFunctions.atanh(-1.0), -infinity);
        same(MathFunctions.atanh(1.1), Double.NaN);
        same(SpecialFunctions.erfc(0.0), 1.0);
        same(SpecialFunctions.erfc(-infinity), 2.0);
        same(SpecialFunctions.erfc(infinity), 0.0);
        same(SpecialFunctions.erfc(28.0), 0.0);
        same(SpecialFunctions.erfc(Double.NaN), Double.NaN);
        same(SpecialFunctions.erfc(27.226017111108362), Double.MIN_VALUE);
    }

    private static void same(double actual, double expected) {
        assertThat(Double.doubleToLongBits(actual)).as("%s, expected %s", actual, expected).isEqualTo(Double.doubleToLongBits(expected));
    }

    @Test
    void wholePowersOfSmallNumbersAreExact() {
        DoubleUnaryOperator cube = x -> MathFunctions.pow(x, 3.0);
        for (int k = -200; k <= 200; k++) {
            assertThat(cube.applyAsDouble(k)).isEqualTo((double) k * k * k);
        }
    }
}
