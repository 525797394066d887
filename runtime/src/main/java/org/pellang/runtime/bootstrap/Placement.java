package org.pellang.runtime.bootstrap;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which JVM runs which ranks: JVM 0 the first ones, and so on.
 *
 * @param counts ranks of each JVM, each 1 or more
 * @param hosts number of each JVM's host: JVMs on one host share memory
 * @param me number of this JVM
 */
@SuppressWarnings("ArrayRecordComponent")
record Placement(int[] counts, int[] hosts, int me) {
    Placement {
        if (counts.length != hosts.length) {
            throw new IllegalArgumentException(counts.length + " JVMs on " + hosts.length + " hosts");
        }
    }

    /** Each JVM on a host of its own. */
    Placement(int[] counts, int me) {
        this(counts, IntStream.range(0, counts.length).toArray(), me);
    }

    /** Number of JVMs. */
    int jvms() {
        return counts.length;
    }

    /** Number of ranks. */
    int ranks() {
        return Arrays.stream(counts).sum();
    }

    /** First rank of a JVM. */
    int first(int jvm) {
        return Arrays.stream(counts, 0, jvm).sum();
    }

    /** The ranks of a JVM. */
    int[] ranksOf(int jvm) {
        int[] ranks = new int[counts[jvm]];
        int first = first(jvm);
        Arrays.setAll(ranks, k -> first + k);
        return ranks;
    }

    /** The ranks of all JVMs on this host, in order. */
    int[] ranksOnHost() {
        return IntStream.range(0, ranks()).filter(r -> hosts[jvmOf(r)] == hosts[me]).toArray();
    }

    /** Whether other JVMs of the job run on this host. */
    boolean sharesHost() {
        return ranksOnHost().length > counts[me];
    }

    /** The JVM of a rank. */
    int jvmOf(int rank) {
        int jvm = 0;
        for (int end = counts[0]; rank >= end; end += counts[jvm]) {
            jvm++;
        }
        return jvm;
    }

    /** How many ranks further one is on another host; in another JVM if there is one host. */
    int distance() {
        int[] here = new int[Arrays.stream(hosts).max().orElse(0) + 1];
        for (int k = 0; k < counts.length; k++) {
            here[hosts[k]] += counts[k];
        }
        boolean several = Arrays.stream(here).filter(n -> n > 0).count() > 1;
        return Arrays.stream(several ? here : counts).max().orElse(1);
    }

    /** The number of each rank's host. */
    int[] hostOfRanks() {
        return IntStream.range(0, ranks()).map(r -> hosts[jvmOf(r)]).toArray();
    }

    /** As many numbers as there are JVMs, from text such as {@code 0,0,1}. @throws NumberFormatException if it is something else */
    static int[] hosts(String text) {
        return List.of(text.split(",")).stream().mapToInt(Integer::parseInt).toArray();
    }

    /** From text such as {@code 2,2,1}. @throws NumberFormatException if it is something else */
    static int[] counts(String text) {
        int[] counts = List.of(text.split(",")).stream().mapToInt(Integer::parseInt).toArray();
        if (counts.length == 0 || Arrays.stream(counts).anyMatch(n -> n < 1)) {
            throw new NumberFormatException("every JVM has a rank");
        }
        return counts;
    }
}
