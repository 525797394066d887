package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ExternFunction;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;

/** Constructs that are known by name. */
final class Intrinsics {
    private static final Object NOTHING = Boolean.TRUE;

    private final Machine machine;
    private final LineFunctions lines;

    Intrinsics(Machine machine) {
        this.machine = machine;
        this.lines = new LineFunctions(machine);
    }

    Object call(TExpr.IntrinsicCall e) {
        List<TExpr> args = e.arguments();
        return switch (e.intrinsic()) {
            case RANK -> (long) team(e).number(machine);
            case SIZE -> (long) team(e).size();
            case WORLD -> new TeamValue(machine.world(), null);
            case SPLIT -> split(e);
            case WAIT -> {
                args.forEach(a -> await(machine.eval(a), e.span()));
                yield NOTHING;
            }
            case AWAIT -> ((FutureValue) machine.eval(args.getFirst())).value();
            case HOST -> machine.job.library.host();
            case THREADS -> 1L;
            case CLOCK -> Shared.once(machine, e.span(), "clock", this::clock);
            case LOCAL_CLOCK -> clock();
            case PRINT -> print(e);
            case PRINTALL -> printall(e);
            case NOTE -> {
                machine.job.output.note(machine.text(args.getFirst()));
                yield NOTHING;
            }
            case ABORT -> {
                long code = machine.integer(args.getFirst());
                int exit = (int) (code & 255);
                throw new JobEnd(exit == 0 ? 1 : exit, "rank " + machine.rank + " called abort(" + code + ") at " + e.span());
            }
            case SHOW -> Show.show(machine.job.library, machine.expressions().printable(machine.eval(args.getFirst()), e.span()));
            case FORMAT -> {
                Object value = machine.expressions().printable(machine.eval(args.getFirst()), e.span());
                yield Show.format(machine.job.library, value, (String) machine.eval(args.getLast()));
            }
            case LEN -> {
                Object value = machine.eval(args.getFirst());
                yield value instanceof MapValue m ? new MapFunctions(machine).size(m, e.span()) : length(value);
            }
            case DOMAIN_OF -> ((ArrayValue) machine.eval(args.getFirst())).domain;
            case DOMAINS_OF -> domains(e);
            case INNER -> machine.domain(args.getFirst()).inner(machine.integer(args.get(1)));
            case FROM -> machine.domain(args.getFirst()).from(args.stream().skip(1).mapToLong(machine::integer).toArray());
            case AXIS -> machine.domain(args.getFirst()).axis((int) machine.integer(args.get(1)));
            case STRIDE -> machine.domain(args.getFirst()).by(machine.integer(args.get(1)));
            case COPY -> {
                ArrayValue a = array(args.getFirst());
                yield a.shared() && machine.loop == null ? Shared.copy(machine, a, e.span()) : a.copy();
            }
            case SHAPED -> {
                ArrayValue a = array(args.getFirst());
                long[] wanted = args.stream().skip(1).mapToLong(machine::integer).toArray();
                if (!fits(a.domain, wanted)) {
                    throw new Trap(e.span(), "an array with extents " + java.util.Arrays.toString(wanted).replace("-1", "_") + " is needed, not one over " + a.domain);
                }
                yield a;
            }
            case FILL -> fill(e);
            case REDISTRIBUTE -> machine.eval(args.getFirst());
            case REPLICATE -> {
                ArrayValue a = array(args.getFirst());
                yield a.shared() ? Shared.replicate(machine, a, e.span()) : a.copy();
            }
            case SAVE -> {
                String path = machine.text(args.getFirst());
                ArrayValue a = array(args.get(1));
                yield Shared.once(machine, e.span(), "save", () -> ArrayText.save(path, a));
            }
            case LOAD -> load(e);
            case PLOT_IMAGE, PLOT_LINE -> plot(e);
            case MIN -> extreme(BinaryOp.MIN, args);
            case MAX -> extreme(BinaryOp.MAX, args);
            case CLAMP -> clamp(args);
            case ABS -> switch (machine.eval(args.getFirst())) {
                case Long x -> Math.abs(x);
                case Float x -> Math.abs(x);
                case Object x -> Math.abs((Double) x);
            };
            case SIGN -> switch (machine.eval(args.getFirst())) {
                case Long x -> (long) Long.signum(x);
                case Float x -> Math.signum(x);
                case Object x -> Math.signum((Double) x);
            };
            case SPLAT -> VectorValue.splat(e.type() == Type.Scalar.VEC2 ? 2 : e.type() == Type.Scalar.VEC3 ? 3 : 4, (Double) machine.eval(args.getFirst()));
            case PUSH -> {
                Places.Changing list = machine.statements().places().changing(args.getFirst());
                Object item = Values.copy(machine.eval(args.get(1)));
                ((ListValue) list.value()).items.add(item);
                list.done().run();
                yield NOTHING;
            }
            case POP -> {
                Places.Changing list = machine.statements().places().changing(args.getFirst());
                List<Object> items = ((ListValue) list.value()).items;
                if (items.isEmpty()) {
                    throw new Trap(e.span(), "pop of an empty list");
                }
                Object last = items.removeLast();
                list.done().run();
                yield last;
            }
            case ZIP, ENUMERATE, REVERSED, SORTED, ARGSORT, DISTINCT, SORT, MERGE, SPLIT_AT, SEARCH -> lines.call(e);
            case CHANNEL -> new ChannelValue((int) machine.integer(args.get(1)), machine.text(args.getFirst()),
                    args.subList(2, args.size()).stream().mapToLong(machine::integer).toArray());
            case TO_LIST -> ListValue.of(List.of(((ArrayValue) Values.copy(array(args.getFirst()))).data));
            case LOWEST -> machine.domain(args.getFirst()).lowest();
            case UNIQUE -> machine.eval(args.getFirst());
            case INSPECT -> throw new IllegalStateException("an inspector in the typed tree");
            case SHUFFLED -> shuffled(machine.domain(args.getFirst()), args);
            case IN_SHUFFLE -> {
                IndexSet set = machine.domain(args.getFirst());
                long element = (machine.integer(args.get(1)) - set.lo()[0]) / set.step()[0];
                long at = new ShuffledOrder(machine.integer(args.get(2)), set.extent(0)).position(element);
                yield at >= machine.integer(args.get(3)) && at < machine.integer(args.get(4));
            }
            case HAS, REMOVE, TOP, ENTRIES -> new MapFunctions(machine).call(e);
            case LINES -> lines(e);
        };
    }

    private ArrayValue shuffled(IndexSet set, List<TExpr> args) {
        long n = set.extent(0);
        int[] at = new ShuffledOrder(machine.integer(args.get(1)), n).positions();
        long first = Math.clamp(machine.integer(args.get(2)), 0, n);
        long last = Math.clamp(machine.integer(args.get(3)), first, n);
        Object[] order = new Object[(int) (last - first)];
        for (int k = 0; k < at.length; k++) {
            if (at[k] >= first && at[k] < last) {
                order[(int) (at[k] - first)] = set.lo()[0] + k * set.step()[0];
            }
        }
        return new ArrayValue(Type.Scalar.INT, IndexSet.range(0, order.length - 1L), order);
    }

    private Team team(TExpr.IntrinsicCall e) {
        return e.arguments().isEmpty() ? machine.team : ((TeamValue) machine.eval(e.arguments().getFirst())).member(machine.team, e.span());
    }

    private TeamValue split(TExpr.IntrinsicCall e) {
        Team team = ((TeamValue) machine.eval(e.arguments().getFirst())).member(machine.team, e.span());
        long color = machine.integer(e.arguments().get(1));
        long key = machine.integer(e.arguments().get(2));
        if (color < 0 && color != TeamValue.NONE) {
            throw new Trap(e.span(), "a color is 0 or more, or `none`, not " + color);
        }
        return machine.job.split(team, machine, e.span(), color, key);
    }

    private void await(Object request, Span site) {
        if (request instanceof ListValue list) {
            list.items.forEach(q -> await(q, site));
            return;
        }
        RequestValue q = (RequestValue) request;
        machine.job.await(machine, q, "wait at " + site);
        Object message = q.take();
        if (message != null && q.buffer != null && q.type != null) {
            machine.statements().places().assign(q.buffer, q.type, message, site);
        }
    }

    private Double clock() {
        return (System.nanoTime() - machine.job.started) / 1e9;
    }

    private ArrayValue array(TExpr e) {
        return (ArrayValue) machine.eval(e);
    }

    private Object print(TExpr.IntrinsicCall e) {
        return machine.job.meet(machine, e.span(), "print", machine.text(e.arguments().getFirst()), lines -> {
            for (Object line : lines) {
                if (!line.equals(lines[0])) {
                    throw new InterpreterFault(InterpreterFault.Kind.VARYING_PRINT, e.span(), "\"" + lines[0] + "\" and \"" + line + "\"");
                }
            }
            machine.team.print((String) lines[0]);
            return lines;
        });
    }

    private Object printall(TExpr.IntrinsicCall e) {
        return machine.job.meet(machine, e.span(), "printall", machine.text(e.arguments().getFirst()), lines -> {
            for (Object line : lines) {
                machine.team.print((String) line);
            }
            return lines;
        });
    }

    private static Object length(Object value) {
        return switch (value) {
            case ArrayValue a -> a.domain.extent(0);
            case ListValue l -> (long) l.items.size();
            case IndexSet d -> d.size();
            case String s -> (long) s.codePointCount(0, s.length());
            default -> throw new IllegalStateException("len of " + value);
        };
    }

    private Object domains(TExpr.IntrinsicCall e) {
        IndexSet domain = array(e.arguments().getFirst()).domain;
        Object[] axes = new Object[domain.axes()];
        Arrays.setAll(axes, domain::axis);
        return new StructValue(e.type(), axes);
    }

    /** The library reads the files; the lines become one array that all ranks share. */
    private Object lines(TExpr.IntrinsicCall e) {
        String path = machine.text(e.arguments().getFirst());
        Type.Array local = new Type.Array(Type.Scalar.STRING, 1, org.pellang.compiler.sema.type.Distribution.LOCAL);
        ExternFunction read = new ExternFunction("lines", "org.pellang.stdlib.Files", "lines", List.of(Type.Scalar.STRING), local, false, true);
        return Shared.once(machine, e.span(), "lines", () -> {
            ArrayValue all = (ArrayValue) machine.job.library.call(machine, read, List.of(path), e.span());
            long[] lo = {0};
            long[] hi = {all.data.length - 1L};
            return new ArrayValue(all.element, new IndexSet(new IndexSet.Root(lo, hi, new long[] {Ownership.BLOCK}, false), lo, hi, new long[] {1}), all.data);
        });
    }

    /** Whether a domain has these extents; -1 fits every extent. */
    private static boolean fits(IndexSet domain, long[] wanted) {
        boolean fits = domain.axes() == wanted.length;
        for (int d = 0; fits && d < wanted.length; d++) {
            fits = wanted[d] == -1 || domain.extent(d) == wanted[d];
        }
        return fits;
    }

    private Object fill(TExpr.IntrinsicCall e) {
        Places.Changing place = machine.statements().places().changing(e.arguments().getFirst());
        ArrayValue a = (ArrayValue) place.value();
        Object value = Arithmetic.stored(machine.eval(e.arguments().get(1)), a.element);
        if (machine.loop != null && machine.loop.known(machine, a)) {
            throw new InterpreterFault(InterpreterFault.Kind.OUTER_CHANGE, e.span(), "an iteration fills an array that is not its own");
        }
        if (a.shared()) {
            return Shared.once(machine, e.span(), "fill", () -> filled(a, value));
        }
        filled(a, value);
        place.done().run();
        return NOTHING;
    }

    private static Object filled(ArrayValue a, Object value) {
        for (int k = 0; k < a.data.length; k++) {
            a.data[k] = Values.copy(value);
        }
        return NOTHING;
    }

    private Object load(TExpr.IntrinsicCall e) {
        Type.Array type = (Type.Array) e.type();
        String path = machine.text(e.arguments().getFirst());
        long[] blocks = e.arguments().stream().skip(1).mapToLong(machine::integer).toArray();
        if (type.distribution().isLocal()) {
            return machine.job.meet(machine, e.span(), "load", path, paths -> {
                ArrayValue loaded = ArrayText.load(path, type, blocks);
                Arrays.setAll(paths, r -> loaded.copy());
                return paths;
            });
        }
        return Shared.once(machine, e.span(), "load", () -> ArrayText.load(path, type, blocks));
    }

    private Object plot(TExpr.IntrinsicCall e) {
        List<Object> values = new ArrayList<>();
        for (TExpr argument : e.arguments()) {
            values.add(machine.expressions().printable(machine.eval(argument), argument.span()));
        }
        String method = e.intrinsic() == Intrinsic.PLOT_IMAGE ? "plotImage" : "plotLine";
        return Shared.once(machine, e.span(), method, () -> machine.job.library.plot(method, e.arguments().stream().map(TExpr::type).toList(), values, e.span()));
    }

    private Object extreme(BinaryOp op, List<TExpr> args) {
        Object result = machine.eval(args.getFirst());
        for (TExpr arg : args.subList(1, args.size())) {
            result = Arithmetic.binary(op, result, machine.eval(arg));
        }
        return result;
    }

    private Object clamp(List<TExpr> args) {
        Object x = machine.eval(args.get(0));
        Object low = machine.eval(args.get(1));
        Object high = machine.eval(args.get(2));
        if (Arithmetic.compare(TExpr.CompareOp.GT, low, high)) {
            throw new Trap(null, "clamp: lower bound " + low + " is above upper bound " + high);
        }
        return Arithmetic.binary(BinaryOp.MIN, Arithmetic.binary(BinaryOp.MAX, x, low), high);
    }
}
