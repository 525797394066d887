package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Random programs that start, await and lose requests, and touch their buffers, under conditions that nobody knows: as text, and by all their paths, with loops that run up
 * to twice. What goes wrong on some path is what the compiler must report.
 */
final class RequestPaths {
    private static final String HEAD = """
            channel c: [2] int
            config peer = 0
            config k = 1
            var b0, b1: [2] int
            fn done(q: request) { wait(q) }
            fn twice(q: request, n: int) {
              if n > 0 { wait(q) } else { wait_all(q) }
            }
            fn look() { note("{b0}") }
            c.send([1, 2], to: peer)
            note("{c.recv(from: peer)}")
            fn work() {
            """;

    private final Dice dice;
    private final Set<String> wrong = new LinkedHashSet<>();
    private final List<Node> body;
    private int names;

    /** One statement. */
    private sealed interface Node {
        /** {@code let q = c.isend(b, ..)}, or with {@code irecv}, or without {@code let} for a variable that exists. */
        record Start(String name, boolean receives, int buffer, boolean declares) implements Node {}

        record Wait(String name, String text) implements Node {}

        record Touch(int buffer, boolean writes, String text) implements Node {}

        record If(List<Node> then, List<Node> otherwise) implements Node {}

        record Loop(String counter, List<Node> body) implements Node {}

        record Leave(String word) implements Node {}
    }

    /** A request that is under way. */
    private record Open(boolean receives, int buffer) {}

    /** Which requests the variables hold that are under way, and where control goes next. */
    private record State(Map<String, Open> open, String next) {
        State going(String where) {
            return new State(open, where);
        }
    }

    RequestPaths(long seed) {
        this.dice = new Dice(seed);
        this.body = block(new ArrayList<>(), 3, false, dice.between(2, 6));
    }

    /** The program. */
    String text() {
        StringBuilder out = new StringBuilder(HEAD);
        body.forEach(n -> write(n, "  ", out));
        return out.append("}\nwork()\n").toString();
    }

    /** Codes of what goes wrong on some path. */
    Set<String> wrong() {
        wrong.clear();
        run(body, Set.of(new State(Map.of(), "")));
        return wrong;
    }

    /** Nobody can wait for it any more; it stays under way. */
    private void lose(String name, Map<String, Open> open) {
        Open request = open.remove(name);
        if (request != null) {
            wrong.add("PEL0410");
            open.put(name + " lost " + request, request);
        }
    }

    private List<Node> block(List<String> outer, int depth, boolean loop, int length) {
        List<String> known = new ArrayList<>(outer);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            nodes.add(node(known, depth, loop, i == length - 1));
        }
        return nodes;
    }

    private Node node(List<String> known, int depth, boolean loop, boolean last) {
        int what = dice.below(depth == 0 ? 9 : 13);
        if (last && depth < 3 && dice.chance(15)) {
            return new Node.Leave(loop ? dice.pick("break", "continue", "return") : "return");
        }
        if (what < 3) {
            String name = "q" + names++;
            known.add(name);
            return new Node.Start(name, dice.chance(50), dice.below(2), true);
        }
        if (what < 6 && !known.isEmpty()) {
            String name = dice.pick(known);
            if (dice.chance(12)) {
                return new Node.Start(name, dice.chance(50), dice.below(2), false);
            }
            return new Node.Wait(name, dice.pick("wait(%s)", "wait(%s)", "done(%s)", "wait_all(%s)", "twice(%s, k)").formatted(name));
        }
        if (what < 9) {
            int buffer = dice.below(2);
            return switch (dice.below(4)) {
                case 0, 1 -> new Node.Touch(buffer, false, "note(\"{b%d}\")".formatted(buffer));
                case 2 -> new Node.Touch(0, false, "look()");
                default -> new Node.Touch(buffer, true, "b%d[k & 1] = 1".formatted(buffer));
            };
        }
        if (what < 11) {
            return new Node.If(block(known, depth - 1, loop, dice.between(1, 2)), dice.chance(40) ? block(known, depth - 1, loop, dice.between(1, 2)) : List.of());
        }
        return new Node.Loop("w" + names++, block(known, depth - 1, true, dice.between(1, 3)));
    }

    private void write(Node node, String indent, StringBuilder out) {
        switch (node) {
            case Node.Start s -> out.append(indent).append(s.declares ? "var " : "").append(s.name).append(" = c.")
                    .append(s.receives ? "irecv" : "isend").append("(b").append(s.buffer).append(s.receives ? ", from: peer)\n" : ", to: peer)\n");
            case Node.Wait w -> out.append(indent).append(w.text).append('\n');
            case Node.Touch t -> out.append(indent).append(t.text).append('\n');
            case Node.Leave l -> out.append(indent).append(l.word).append('\n');
            case Node.If i -> {
                out.append(indent).append("if k > 2 {\n");
                i.then.forEach(n -> write(n, indent + "  ", out));
                if (!i.otherwise.isEmpty()) {
                    out.append(indent).append("} else {\n");
                    i.otherwise.forEach(n -> write(n, indent + "  ", out));
                }
                out.append(indent).append("}\n");
            }
            case Node.Loop l -> {
                out.append(indent).append("var ").append(l.counter).append(" = 0\n");
                out.append(indent).append("while ").append(l.counter).append(" < k {\n");
                out.append(indent).append("  ").append(l.counter).append(" += 1\n");
                l.body.forEach(n -> write(n, indent + "  ", out));
                out.append(indent).append("}\n");
            }
        }
    }

    /** Where control may be behind a block; what was declared in it is gone. */
    private Set<State> run(List<Node> nodes, Set<State> before) {
        Set<State> now = before;
        Set<String> declared = new HashSet<>();
        for (Node node : nodes) {
            Set<State> after = new LinkedHashSet<>();
            for (State s : now) {
                after.addAll(s.next.isEmpty() ? step(node, s) : Set.of(s));
            }
            now = after;
            if (node instanceof Node.Start s && s.declares) {
                declared.add(s.name);
            }
        }
        Set<State> left = new LinkedHashSet<>();
        for (State s : now) {
            Map<String, Open> open = new HashMap<>(s.open);
            declared.forEach(name -> lose(name, open));
            left.add(new State(open, s.next));
        }
        return left;
    }

    private Set<State> step(Node node, State s) {
        return switch (node) {
            case Node.Start start -> {
                Map<String, Open> open = new HashMap<>(s.open);
                lose(start.name, open);
                open.put(start.name, new Open(start.receives, start.buffer));
                // To send is to read, to receive is to write.
                touched(s.open, start.buffer, start.receives);
                yield Set.of(new State(open, ""));
            }
            case Node.Wait w -> {
                Map<String, Open> open = new HashMap<>(s.open);
                open.remove(w.name);
                yield Set.of(new State(open, ""));
            }
            case Node.Touch t -> {
                touched(s.open, t.buffer, t.writes);
                yield Set.of(s);
            }
            case Node.Leave l -> Set.of(s.going(l.word));
            case Node.If i -> {
                Set<State> both = new LinkedHashSet<>(run(i.then, Set.of(s)));
                both.addAll(run(i.otherwise, Set.of(s)));
                yield both;
            }
            case Node.Loop l -> loop(l, s);
        };
    }

    private Set<State> loop(Node.Loop l, State s) {
        Set<State> out = new LinkedHashSet<>(Set.of(s));
        Set<State> heads = Set.of(s);
        for (int round = 0; round < 2; round++) {
            Set<State> next = new LinkedHashSet<>();
            for (State end : run(l.body, heads)) {
                if (end.next.equals("return")) {
                    out.add(end);
                } else {
                    out.add(end.going(""));
                    if (!end.next.equals("break")) {
                        next.add(end.going(""));
                    }
                }
            }
            heads = next;
        }
        return out;
    }

    private void touched(Map<String, Open> open, int buffer, boolean writes) {
        for (Open o : open.values()) {
            if (o.buffer == buffer && (writes || o.receives)) {
                wrong.add("PEL0411");
            }
        }
    }
}
