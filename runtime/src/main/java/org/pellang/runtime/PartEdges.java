package org.pellang.runtime;

import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.collective.Started;

/**
 * Parts that go to and come from other ranks, each of a length of its own, in one call: chunk after chunk of each. A part of one or more full chunks ends
 * with a shorter, possibly empty one, so that lengths that differ on both sides are noticed.
 */
final class PartEdges {
    private final CollectiveCalls comm;
    private final Started started;
    private final List<Edge> in = new ArrayList<>();
    private final List<Edge> out = new ArrayList<>();

    /** @param slot number of the edge among those between the two ranks */
    private record Edge(int peer, int slot, Part part) {}

    PartEdges(CollectiveCalls comm, Started started) {
        this.comm = comm;
        this.started = started;
    }

    /** The part gets what comes from that rank; negative: nothing. */
    PartEdges from(int peer, int slot, Part part) {
        in.add(new Edge(peer, slot, part));
        return this;
    }

    /** The part goes to that rank; negative: nowhere. */
    PartEdges to(int peer, int slot, Part part) {
        out.add(new Edge(peer, slot, part));
        return this;
    }

    /** @param slots more than the largest of all ranks */
    Request start(String name, int slots) {
        int first = started.reserve(slots);
        long turns = 1;
        for (List<Edge> edges : List.of(in, out)) {
            for (Edge edge : edges) {
                turns = Math.max(turns, edge.part.count() / chunk(edge) + 1);
            }
        }
        return Turns.start(comm.endpoint, Math.toIntExact(turns), turn -> start(started.numbered(first), name, slots, turn));
    }

    private Request start(Started now, String name, int slots, int turn) {
        List<Edge> taking = new ArrayList<>();
        List<Started.Edge> from = chunks(in, turn, taking, false);
        List<Started.Edge> to = chunks(out, turn, new ArrayList<>(), true);
        Request request = now.edges(name, slots, from.toArray(Started.Edge[]::new), to.toArray(Started.Edge[]::new));
        return new AfterRequest(request, status -> {
            for (int k = 0; k < taking.size(); k++) {
                Started.Edge came = from.get(k);
                taking.get(k).part.unpack(turn * chunk(taking.get(k)), came.len(), came.buf(), 0);
            }
        });
    }

    private List<Started.Edge> chunks(List<Edge> edges, int turn, List<Edge> which, boolean pack) {
        List<Started.Edge> chunks = new ArrayList<>();
        for (Edge edge : edges) {
            long from = turn * chunk(edge);
            if (edge.peer >= 0 && from <= edge.part.count()) {
                int n = (int) Math.min(chunk(edge), edge.part.count() - from);
                Object buf = pack ? PartMessages.slice(edge.part, from, n) : edge.part.kind().allocate(n);
                chunks.add(new Started.Edge(edge.peer, edge.slot, buf, 0, n));
                which.add(edge);
            }
        }
        return chunks;
    }

    private long chunk(Edge edge) {
        return comm.turnBytes / edge.part.kind().bytes();
    }
}
