package org.pellang.benchmarks.parts;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleBinaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pellang.stdlib.MathFunctions;
import org.pellang.stdlib.VectorCalls;

/** Nanoseconds per argument of the elementary functions, as vector loops and as sequential code call them, beside {@link StrictMath}; with the ranks' JVM flag. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {
    "--add-modules=jdk.incubator.vector", "-XX:CompileCommand=quiet", "-XX:CompileCommand=dontinline,org.pellang.stdlib.Vector*::*Pass"
})
public class MathParts {
    private static final int COUNT = 1024;
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    @Param({"exp", "exp2", "expm1", "log", "log10", "log1p", "asin", "acos", "atan", "atan2", "sinh", "cosh", "asinh", "acosh", "atanh", "cbrt", "hypot"})
    private String function = "";

    private final double[] x = new double[COUNT];
    private final double[] y = new double[COUNT];
    private final double[] result = new double[COUNT];
    private final double[] lanes = new double[SPECIES.length()];
    private final double[] others = new double[SPECIES.length()];

    /** A function of vectors. */
    private interface OnVectors {
        DoubleVector apply(DoubleVector x, DoubleVector y, double[] lanes, double[] others);
    }

    private OnVectors vector = (a, _, _, _) -> a;
    private DoubleBinaryOperator scalar = (a, _) -> a;
    private DoubleBinaryOperator strict = (a, _) -> a;

    @Setup
    public void fill() {
        boolean unit = function.equals("asin") || function.equals("acos") || function.equals("atanh");
        boolean above = function.equals("acosh") || function.startsWith("log");
        SplittableRandom random = new SplittableRandom(3);
        for (int k = 0; k < COUNT; k++) {
            x[k] = unit ? random.nextDouble(-1, 1) : above ? random.nextDouble(1, 9) : random.nextDouble(-9, 9);
            y[k] = random.nextDouble(-9, 9);
        }
        vector = switch (function) {
            case "exp" -> (a, _, l, _) -> VectorCalls.exp(a, l);
            case "exp2" -> (a, _, l, _) -> VectorCalls.exp2(a, l);
            case "expm1" -> (a, _, l, _) -> VectorCalls.expm1(a, l);
            case "log" -> (a, _, l, _) -> VectorCalls.log(a, l);
            case "log10" -> (a, _, l, _) -> VectorCalls.log10(a, l);
            case "log1p" -> (a, _, l, _) -> VectorCalls.log1p(a, l);
            case "asin" -> (a, _, l, _) -> VectorCalls.asin(a, l);
            case "acos" -> (a, _, l, _) -> VectorCalls.acos(a, l);
            case "atan" -> (a, _, l, _) -> VectorCalls.atan(a, l);
            case "sinh" -> (a, _, l, _) -> VectorCalls.sinh(a, l);
            case "cosh" -> (a, _, l, _) -> VectorCalls.cosh(a, l);
            case "asinh" -> (a, _, l, _) -> VectorCalls.asinh(a, l);
            case "acosh" -> (a, _, l, _) -> VectorCalls.acosh(a, l);
            case "atanh" -> (a, _, l, _) -> VectorCalls.atanh(a, l);
            case "cbrt" -> (a, _, l, _) -> VectorCalls.cbrt(a, l);
            case "atan2" -> VectorCalls::atan2;
            case "hypot" -> VectorCalls::hypot;
            default -> throw new IllegalStateException(function);
        };
        scalar = switch (function) {
            case "exp" -> (a, _) -> MathFunctions.exp(a);
            case "exp2" -> (a, _) -> MathFunctions.exp2(a);
            case "expm1" -> (a, _) -> MathFunctions.expm1(a);
            case "log" -> (a, _) -> MathFunctions.log(a);
            case "log10" -> (a, _) -> MathFunctions.log10(a);
            case "log1p" -> (a, _) -> MathFunctions.log1p(a);
            case "asin" -> (a, _) -> MathFunctions.asin(a);
            case "acos" -> (a, _) -> MathFunctions.acos(a);
            case "atan" -> (a, _) -> MathFunctions.atan(a);
            case "sinh" -> (a, _) -> MathFunctions.sinh(a);
            case "cosh" -> (a, _) -> MathFunctions.cosh(a);
            case "asinh" -> (a, _) -> MathFunctions.asinh(a);
            case "acosh" -> (a, _) -> MathFunctions.acosh(a);
            case "atanh" -> (a, _) -> MathFunctions.atanh(a);
            case "cbrt" -> (a, _) -> MathFunctions.cbrt(a);
            case "atan2" -> MathFunctions::atan2;
            case "hypot" -> MathFunctions::hypot;
            default -> throw new IllegalStateException(function);
        };
        strict = strict(function);
    }

    /** What StrictMath does not have is made of what it has, as is usual. */
    private static DoubleBinaryOperator strict(String function) {
        return switch (function) {
            case "exp" -> (a, _) -> StrictMath.exp(a);
            case "exp2" -> (a, _) -> StrictMath.pow(2.0, a);
            case "expm1" -> (a, _) -> StrictMath.expm1(a);
            case "log" -> (a, _) -> StrictMath.log(a);
            case "log10" -> (a, _) -> StrictMath.log10(a);
            case "log1p" -> (a, _) -> StrictMath.log1p(a);
            case "asin" -> (a, _) -> StrictMath.asin(a);
            case "acos" -> (a, _) -> StrictMath.acos(a);
            case "atan" -> (a, _) -> StrictMath.atan(a);
            case "sinh" -> (a, _) -> StrictMath.sinh(a);
            case "cosh" -> (a, _) -> StrictMath.cosh(a);
            case "asinh" -> (a, _) -> Math.copySign(StrictMath.log1p(Math.abs(a) + a * a / (1.0 + Math.sqrt(1.0 + a * a))), a);
            case "acosh" -> (a, _) -> StrictMath.log1p(a - 1.0 + Math.sqrt(2.0 * (a - 1.0) + (a - 1.0) * (a - 1.0)));
            case "atanh" -> (a, _) -> Math.copySign(0.5 * StrictMath.log1p(2.0 * Math.abs(a) / (1.0 - Math.abs(a))), a);
            case "cbrt" -> (a, _) -> StrictMath.cbrt(a);
            case "atan2" -> StrictMath::atan2;
            case "hypot" -> StrictMath::hypot;
            default -> throw new IllegalStateException(function);
        };
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public double[] vectors() {
        for (int k = 0; k < COUNT; k += SPECIES.length()) {
            vector.apply(DoubleVector.fromArray(SPECIES, x, k), DoubleVector.fromArray(SPECIES, y, k), lanes, others).intoArray(result, k);
        }
        return result;
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public double[] scalars() {
        return each(scalar);
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public double[] strictMath() {
        return each(strict);
    }

    private double[] each(DoubleBinaryOperator f) {
        for (int k = 0; k < COUNT; k++) {
            result[k] = f.applyAsDouble(x[k], y[k]);
        }
        return result;
    }
}
