package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/** Some ranks, in their order in the team. They meet in collectives, each team for itself. Used by the rank whose turn it is. */
final class Team {
    private static final class Meeting {
        final Span site;
        final String kind;
        final Object[] operands;
        int present;
        Object @Nullable [] results;

        Meeting(Span site, String kind, int ranks) {
            this.site = site;
            this.kind = kind;
            this.operands = new Object[ranks];
        }
    }

    final List<Machine> machines;
    /** The team that was split; null for the one of all ranks. */
    final @Nullable Team parent;
    /** What the team has printed in an open {@code on}. */
    final List<String> lines = new ArrayList<>();

    private final Job job;
    private final Map<Integer, Meeting> meetings = new HashMap<>();
    private final Map<Machine, Integer> meetingsOf = new HashMap<>();

    Team(Job job, @Nullable Team parent, List<Machine> machines) {
        this.job = job;
        this.parent = parent;
        this.machines = machines;
    }

    int size() {
        return machines.size();
    }

    /** A rank's number in the team. */
    int number(Machine machine) {
        return machines.indexOf(machine);
    }

    int lowestRank() {
        return machines.stream().mapToInt(m -> m.rank).min().orElse(0);
    }

    /** Whether it is {@code other} or was split from it, directly or not. */
    boolean within(Team other) {
        return this == other || (parent != null && parent.within(other));
    }

    /** A line of {@code print}: seen when the {@code on} ends. */
    void print(String line) {
        if (parent == null) {
            job.output.print(line);
        } else {
            lines.add(line);
        }
    }

    /** All ranks of the team meet here; {@code action} maps their operands, in order, to their results and runs once. */
    Object meet(Machine machine, Span site, String kind, Object operand, UnaryOperator<Object[]> action) {
        if (machine.loop != null) {
            throw new InterpreterFault(InterpreterFault.Kind.COLLECTIVE_IN_LOOP, site, kind + " in a divided loop");
        }
        int mine = number(machine);
        int number = meetingsOf.merge(machine, 1, Integer::sum);
        Meeting meeting = meetings.computeIfAbsent(number, n -> new Meeting(site, kind, size()));
        if (!meeting.site.equals(site) || !meeting.kind.equals(kind)) {
            throw new InterpreterFault(
                    InterpreterFault.Kind.MISMATCH, site, "rank " + mine + " comes to " + kind + ", others to " + meeting.kind + " at " + meeting.site);
        }
        meeting.operands[mine] = operand;
        if (++meeting.present == size()) {
            meeting.results = action.apply(meeting.operands);
            meetings.remove(number);
        } else {
            job.waitUntil(machine.rank, () -> meeting.results != null, kind + " at " + site);
        }
        Object[] results = meeting.results;
        if (results == null) {
            throw new IllegalStateException("a meeting without results");
        }
        return results[mine];
    }

    /** {@code split(color, key)} of one rank: its new team, or none. */
    TeamValue split(Machine machine, Span site, long color, long key) {
        return (TeamValue) meet(machine, site, "split", new long[] {color, key}, all -> {
            Map<Long, List<Integer>> groups = new HashMap<>();
            for (int r = 0; r < all.length; r++) {
                groups.computeIfAbsent(((long[]) all[r])[0], c -> new ArrayList<>()).add(r);
            }
            Object[] results = new Object[all.length];
            groups.forEach((c, group) -> {
                group.sort(Comparator.comparingLong((Integer r) -> ((long[]) all[r])[1]).thenComparing(r -> r));
                Team team = c == TeamValue.NONE ? null : new Team(job, this, group.stream().map(machines::get).toList());
                group.forEach(r -> results[r] = new TeamValue(team, this));
            });
            return results;
        });
    }
}
