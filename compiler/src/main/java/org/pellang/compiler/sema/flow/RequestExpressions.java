package org.pellang.compiler.sema.flow;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.flow.RequestState.Start;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Which requests a value holds, and which buffers expressions touch. */
final class RequestExpressions {
    private final RequestCheck check;
    private final RequestFlow flow;

    RequestExpressions(RequestCheck check, RequestFlow flow) {
        this.check = check;
        this.flow = flow;
    }

    /** Evaluates: touches, waits and starts are done in {@code state}. Gives the requests in the value. */
    Set<Start> value(TExpr e, RequestState state) {
        return switch (e) {
            case TExpr.Read r -> {
                touch(r.span(), r.variable(), null, false, state);
                yield RequestCheck.holdsRequests(r.type()) ? Set.copyOf(state.of(r.variable())) : Set.of();
            }
            case TExpr.Element x -> part(x, x.array(), state);
            case TExpr.Slice x -> part(x, x.array(), state);
            case TExpr.ChannelOp c -> channel(c, state);
            case TExpr.IntrinsicCall c -> intrinsic(c, state);
            case TExpr.Call c -> call(c, state);
            case TExpr.Conditional c -> {
                value(c.condition(), state);
                yield union(value(c.then(), state), value(c.otherwise(), state));
            }
            case TExpr.Reduce r -> comprehension(r.iteration(), r.element(), state);
            case TExpr.Scan r -> comprehension(r.iteration(), r.element(), state);
            case TExpr.ArrayComprehension r -> comprehension(r.iteration(), r.element(), state);
            default -> {
                Set<Start> all = new HashSet<>();
                TreeWalk.children(e).forEach(c -> all.addAll(value(c, state)));
                yield RequestCheck.holdsRequests(e.type()) ? all : Set.of();
            }
        };
    }

    private static Set<Start> union(Set<Start> a, Set<Start> b) {
        Set<Start> all = new HashSet<>(a);
        all.addAll(b);
        return all;
    }

    private Set<Start> part(TExpr part, TExpr whole, RequestState state) {
        TreeWalk.children(part).stream().filter(c -> c != whole).forEach(c -> value(c, state));
        if (whole instanceof TExpr.Read r) {
            touch(part.span(), r.variable(), part, false, state);
            return RequestCheck.holdsRequests(part.type()) ? Set.copyOf(state.of(r.variable())) : Set.of();
        }
        return value(whole, state);
    }

    private Set<Start> comprehension(Iteration it, TExpr element, RequestState state) {
        iteration(it, state);
        value(element, state);
        return Set.of();
    }

    /** The head of a loop: gives the requests in what it runs over. */
    Set<Start> iteration(Iteration it, RequestState state) {
        Set<Start> space = value(it.space(), state);
        it.lets().forEach(l -> value(l.value(), state));
        if (it.filter() != null) {
            value(it.filter(), state);
        }
        return space;
    }

    void subscripts(Place place, RequestState state) {
        switch (place) {
            case Place.Variable _ -> {}
            case Place.Component c -> subscripts(c.value(), state);
            case Place.Element e -> {
                subscripts(e.array(), state);
                e.subscripts().forEach(s -> value(s, state));
            }
            case Place.Slice s -> {
                subscripts(s.array(), state);
                subscripts(s.subscripts(), state);
            }
        }
    }

    private void subscripts(List<TExpr.TSub> subs, RequestState state) {
        for (TExpr.TSub s : subs) {
            if (s.index() != null) {
                value(s.index(), state);
            }
            if (s.range() != null) {
                value(s.range(), state);
            }
        }
    }

    private Set<Start> channel(TExpr.ChannelOp c, RequestState state) {
        TExpr message = c.message();
        if (c.peer() != null) {
            value(c.peer(), state);
        }
        boolean receives = c.kind() == TExpr.ChannelKind.IRECV;
        if (message == null) {
            return Set.of();
        }
        if (!receives) {
            value(message, state);
            boolean inPlace = message instanceof TExpr.Read && (message.type() instanceof Type.Array || message.type() instanceof Type.ListOf);
            Var root = Assigned.root(message);
            return c.kind() == TExpr.ChannelKind.SEND ? Set.of()
                    : Set.of(new Start(c.span(), false, inPlace && root != null ? Set.of(root) : Set.of(), null, null));
        }
        TExpr part = null;
        for (TExpr e = message; e != null; ) {
            TExpr whole = switch (e) {
                case TExpr.Element x -> x.array();
                case TExpr.Slice x -> x.array();
                case TExpr.Component x -> x.value();
                default -> null;
            };
            part = whole instanceof TExpr.Read && !(e instanceof TExpr.Component) ? e : part;
            if (whole != null) {
                TExpr inner = whole;
                TreeWalk.children(e).stream().filter(x -> x != inner).forEach(x -> value(x, state));
            }
            e = whole;
        }
        Var root = Assigned.root(message);
        if (root == null) {
            return Set.of();
        }
        Start start = new Start(c.span(), true, Set.of(root), part, null);
        if (part == null) {
            touch(message.span(), root, null, true, state);
        }
        return Set.of(start);
    }

    private Set<Start> intrinsic(TExpr.IntrinsicCall c, RequestState state) {
        switch (c.intrinsic()) {
            case LEN, DOMAIN_OF, DOMAINS_OF -> {
                c.arguments().stream().filter(a -> !(a instanceof TExpr.Read)).forEach(a -> value(a, state));
                return Set.of();
            }
            case WAIT -> {
                c.arguments().forEach(a -> state.complete(value(a, state)));
                return Set.of();
            }
            case PUSH -> {
                Var list = Assigned.root(c.arguments().getFirst());
                Set<Start> pushed = value(c.arguments().get(1), state);
                if (list != null) {
                    touch(c.span(), list, null, true, state);
                    state.add(list, pushed);
                }
                return Set.of();
            }
            default -> {
                Set<Start> all = new HashSet<>();
                c.arguments().forEach(a -> all.addAll(value(a, state)));
                Var changed = Assigned.changesFirst(c.intrinsic()) ? Assigned.root(c.arguments().getFirst()) : null;
                if (changed != null) {
                    touch(c.span(), changed, null, true, state);
                }
                return RequestCheck.holdsRequests(c.type()) ? all : Set.of();
            }
        }
    }

    private Set<Start> call(TExpr.Call c, RequestState state) {
        TFunction f = check.function(c.function());
        RequestSummary summary = check.summary(c.function());
        List<Set<Start>> given = c.arguments().stream().map(a -> value(a, state)).toList();
        for (int k = 0; k < given.size(); k++) {
            Var root = Assigned.root(c.arguments().get(k));
            if (f.params().get(k).kind() == Var.Kind.MUT_PARAM && root != null) {
                touch(c.arguments().get(k).span(), root, c.arguments().get(k) instanceof TExpr.Read ? null : c.arguments().get(k), true, state);
            }
            if (!summary.kept().contains(f.params().get(k))) {
                state.complete(given.get(k));
            }
        }
        summary.reads().forEach(v -> touch(c.span(), v, null, false, state));
        summary.writes().forEach(v -> touch(c.span(), v, null, true, state));
        for (Var v : Set.copyOf(state.held.keySet())) {
            boolean seen = summary.reads().contains(v) || summary.writes().contains(v);
            if (v.kind().global() && RequestCheck.holdsRequests(v.type()) && seen && !summary.kept().contains(v)) {
                state.complete(state.of(v));
            }
        }
        summary.added().forEach((v, starts) -> {
            Var target = v.kind().global() ? v : root(f, c, v);
            if (target != null) {
                state.add(target, here(starts, f, c));
            }
        });
        Set<Start> result = new HashSet<>(here(summary.result(), f, c));
        summary.result().forEach(s -> {
            int k = s.given() == null ? -1 : f.params().indexOf(s.given());
            if (k >= 0) {
                result.addAll(given.get(k));
            } else if (s.given() != null) {
                result.addAll(state.of(s.given()));
            }
        });
        return result;
    }

    private static @Nullable Var root(TFunction f, TExpr.Call c, Var param) {
        int k = f.params().indexOf(param);
        return k < 0 ? null : Assigned.root(c.arguments().get(k));
    }

    /** Requests that a function started, as its caller sees them. */
    private static Set<Start> here(Set<Start> starts, TFunction f, TExpr.Call c) {
        Set<Start> mine = new HashSet<>();
        for (Start s : starts) {
            if (s.given() == null) {
                Set<Var> buffers = new HashSet<>();
                s.buffers().stream().map(b -> b.kind().global() ? b : root(f, c, b)).filter(Objects::nonNull).forEach(buffers::add);
                mine.add(new Start(c.span(), s.receive(), buffers, null, null));
            }
        }
        return mine;
    }

    /** A use of a variable, or of a part of it: an error if it is in flight. */
    void touch(Span at, Var v, @Nullable TExpr part, boolean write, RequestState state) {
        if (!flow.reports()) {
            return;
        }
        for (Start s : state.all()) {
            if (s.buffers().contains(v) && (write || s.receive()) && !Parts.apart(part, s.part())) {
                check.touched(at, v, s, write);
            }
        }
    }
}
