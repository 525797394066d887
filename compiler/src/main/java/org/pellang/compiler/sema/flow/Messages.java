package org.pellang.compiler.sema.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Plays the {@link Rehearsal}s of all ranks of small jobs against each other. What goes wrong in jobs of every size tried is reported: ranks that wait for
 * each other for ever (0413), ranks that do not exist (0414). One size alone may be one that the program is not meant for.
 */
final class Messages {
    private static final List<Integer> SIZES = List.of(2, 3, 4, 5);

    private record Line(Var channel, int from, int to) {}

    /** Why a rank does not go on. */
    private record Stuck(int rank, Span span, int on) {}

    private final List<Rehearsal> ranks = new ArrayList<>();
    private final int[] next;
    private final Map<Line, Integer> sent = new HashMap<>();
    private final Map<Line, Integer> posts = new HashMap<>();
    private final List<Map<Integer, Integer>> tickets = new ArrayList<>();
    private final List<Map<Integer, Line>> lines = new ArrayList<>();

    private Messages(List<TStmt> body, int size) {
        for (int r = 0; r < size; r++) {
            ranks.add(Rehearsal.of(body, r, size));
            tickets.add(new HashMap<>());
            lines.add(new HashMap<>());
        }
        this.next = new int[size];
    }

    /** Checks one body. @param known spans that have a message already */
    static void check(List<TStmt> body, Set<Span> known, Diagnostics diagnostics) {
        Map<Span, Set<Long>> outside = new LinkedHashMap<>();
        Stuck first = null;
        boolean always = true;
        for (int size : SIZES) {
            Messages job = new Messages(body, size);
            Map<Span, Set<Long>> here = new LinkedHashMap<>();
            job.ranks.forEach(r -> r.outside.forEach(o ->
                    here.computeIfAbsent(o.span(), s -> new TreeSet<>()).add(o.rank() < 0 ? o.rank() : o.rank() - size)));
            if (size == SIZES.getFirst()) {
                outside.putAll(here);
            }
            // A number such as 9 may be right in a larger job; one that is negative, or moves with the size, is not.
            outside.forEach((span, distances) -> distances.retainAll(here.getOrDefault(span, Set.of())));
            Stuck stuck = job.play();
            always &= stuck != null;
            first = first == null ? stuck : first;
        }
        known.forEach(outside::remove);
        outside.forEach((span, distances) -> {
            if (!distances.isEmpty()) {
                diagnostics.add(Diagnostic.error("PEL0414", span, "rank outside 0..<size()")
                        .under("some rank names one that does not exist, whatever their number is")
                        .note("to wrap around write `(rank() + c) % size()`"));
            }
        });
        if (always && first != null && known.stream().noneMatch(first.span::equals)) {
            diagnostics.add(Diagnostic.error("PEL0413", first.span, "rank " + first.rank + " waits here for rank " + first.on + ", for ever")
                    .under("no message comes")
                    .note("rank " + first.on + " sends none before it waits itself, or ends; a send never blocks: send first, then receive"));
        }
    }

    /** Lets all go on as far as they can; a rank that is stuck for certain, or null. */
    private @Nullable Stuck play() {
        boolean moved = true;
        while (moved) {
            moved = meet();
            for (int r = 0; r < ranks.size(); r++) {
                while (step(r)) {
                    moved = true;
                }
            }
        }
        Set<Integer> hopeless = new TreeSet<>();
        for (int r = 0; r < ranks.size(); r++) {
            if (at(r) != null || ranks.get(r).complete()) {
                hopeless.add(r);
            }
        }
        while (hopeless.removeIf(r -> mayGoOn(r, hopeless))) {
            // until nothing changes
        }
        for (int r : hopeless) {
            if (at(r) instanceof Rehearsal.Step.Wait w) {
                Line line = lines.get(r).get(w.number());
                return line == null ? null : new Stuck(r, w.span(), line.from());
            }
        }
        return null;
    }

    private Rehearsal.@Nullable Step at(int r) {
        List<Rehearsal.Step> steps = ranks.get(r).steps();
        return next[r] < steps.size() ? steps.get(next[r]) : null;
    }

    /** Whether somebody may still help a rank that waits. */
    private boolean mayGoOn(int r, Set<Integer> hopeless) {
        return switch (at(r)) {
            case Rehearsal.Step.Wait w -> {
                Line line = lines.get(r).get(w.number());
                yield line == null || !hopeless.contains(line.from());
            }
            case Rehearsal.Step.Meet _ -> hopeless.stream().allMatch(o -> at(o) instanceof Rehearsal.Step.Meet);
            case Rehearsal.Step.Send _, Rehearsal.Step.Post _ -> true;
            case null -> false;
        };
    }

    private boolean meet() {
        for (int r = 0; r < ranks.size(); r++) {
            if (!(at(r) instanceof Rehearsal.Step.Meet)) {
                return false;
            }
        }
        for (int r = 0; r < ranks.size(); r++) {
            next[r]++;
        }
        return true;
    }

    private boolean step(int r) {
        switch (at(r)) {
            case Rehearsal.Step.Send s -> sent.merge(new Line(s.channel(), r, s.peer()), 1, Integer::sum);
            case Rehearsal.Step.Post p -> {
                Line line = new Line(p.channel(), p.peer(), r);
                lines.get(r).put(p.number(), line);
                tickets.get(r).put(p.number(), posts.merge(line, 1, Integer::sum));
            }
            case Rehearsal.Step.Wait w -> {
                Line line = lines.get(r).get(w.number());
                Integer ticket = tickets.get(r).get(w.number());
                if (line == null || ticket == null || sent.getOrDefault(line, 0) < ticket) {
                    return false;
                }
            }
            case Rehearsal.Step.Meet _ -> {
                return false;
            }
            case null -> {
                return false;
            }
        }
        next[r]++;
        return true;
    }
}
