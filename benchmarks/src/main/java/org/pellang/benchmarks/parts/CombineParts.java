package org.pellang.benchmarks.parts;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pellang.runtime.Op;
import org.pellang.runtime.collective.AlgorithmTable;
import org.pellang.runtime.collective.Collective;
import org.pellang.runtime.collective.Combine;
import org.pellang.runtime.collective.Situation;

/** What reductions do besides sending: operators on arrays, and the choice of an algorithm. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CombineParts {
    @Param({"1", "1024", "65536"})
    private int elements;

    private final AlgorithmTable table = AlgorithmTable.of();
    private double[] left = {};
    private double[] right = {};

    @Setup
    public void fill() {
        left = new double[elements];
        right = new double[elements];
    }

    @Benchmark
    public double[] sum() {
        Combine.intoLeft(Op.SUM, left, 0, right, 0, elements);
        return left;
    }

    @Benchmark
    public double[] max() {
        Combine.intoLeft(Op.MAX, left, 0, right, 0, elements);
        return left;
    }

    @Benchmark
    public Object choice() {
        return table.choose(Collective.ALLREDUCE, new Situation(8L * elements, elements, 4, true, 1, false));
    }
}
