package org.pellang.launcher.placement;

import java.util.Locale;
import java.util.OptionalLong;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;

/**
 * How the host's memory is divided.
 *
 * @param jvms JVMs on this host
 * @param heapPerJvm bytes of heap of each, {@code -Xms} = {@code -Xmx}
 * @param perRank bytes of heap for each rank
 */
public record HeapPlan(int jvms, long heapPerJvm, long perRank) {

    /** What a JVM needs besides its heap: code, class data, stacks of its own threads. */
    static final long OUTSIDE_HEAP = 48L << 20;

    /** Stack and buffers of a rank that is a thread. */
    static final long THREAD_RANK = 2L << 20;

    /** Below this a rank cannot do anything useful. */
    static final long LEAST_PER_RANK = 16L << 20;

    /** Without a wish the ranks of a host get this share of its memory together; the rest is for shared segments, files and others. */
    private static final double DEFAULT_SHARE = 0.5;

    /** A default heap need not be larger than this. */
    private static final long DEFAULT_MOST = 64L << 30;

    /** Divides the memory of the one host that all ranks run on (of several that MPI uses, of the fullest), or refuses with the numbers. */
    public static HeapPlan of(JobSpec spec, HostMemory memory) throws LaunchRefused {
        int largest = spec.places().stream().mapToInt(JobSpec.Place::ranks).max().orElse(0);
        int ranks = spec.engine().isMpi() && largest > 0 ? largest : spec.ranks();
        boolean threads = spec.engine() == Engine.THREADS;
        return of("this host", ranks, threads ? 1 : ranks, threads ? ranks : 1, spec.heapPerRank(), memory);
    }

    /**
     * Divides the memory of a host.
     *
     * @param host for the refusal
     * @param ranks there
     * @param jvms there
     * @param most ranks of the JVM that has most of them
     * @param heap bytes that the user wants for each rank
     */
    public static HeapPlan of(String host, int ranks, int jvms, int most, OptionalLong heap, HostMemory memory) throws LaunchRefused {
        long outside = jvms * OUTSIDE_HEAP + (most > 1 ? ranks * THREAD_RANK : 0);
        long wish = heap.orElseGet(() -> Math.min((long) (memory.total() * DEFAULT_SHARE), DEFAULT_MOST) / ranks);
        // Whole MiB, so that -Xmx says exactly what is planned; the JVM itself wants some MiB.
        long perRank = Math.max(heap.isPresent() ? 1L << 20 : LEAST_PER_RANK, wish) >> 20 << 20;
        long perJvm = Math.max(perRank * most, 8L << 20);
        long needed = jvms * perJvm + outside;
        if (perRank > Long.MAX_VALUE / (2L * ranks * jvms) || needed > memory.total()) {
            throw new LaunchRefused("%d ranks with %s of heap each need %s on %s, but %s is %s; use fewer ranks or a smaller --heap"
                    .formatted(ranks, size(perRank), size(needed), host, memory.limitedBy(), size(memory.total())));
        }
        return new HeapPlan(jvms, perJvm, perRank);
    }

    /** Bytes for people: {@code 512 MiB}, {@code 1.5 GiB}. */
    public static String size(long bytes) {
        if (bytes < 0) {
            return "more than 8 EiB";
        }
        return bytes >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
                : (bytes >> 20) + " MiB";
    }
}
