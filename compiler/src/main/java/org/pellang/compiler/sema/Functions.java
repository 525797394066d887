package org.pellang.compiler.sema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Param;
import org.pellang.compiler.syntax.TypeSyntax;

/**
 * Specialises functions: one instance per list of parameter types. A function whose result is written is checked later, from a
 * list of pending ones; the others are checked at their first use, because the result is needed.
 */
final class Functions {
    private static final int MOST_INSTANCES = 200;
    private static final int DEEPEST = 100;
    private static final int ROUNDS = 4;
    private static final int MOST_ROUNDS = 5000;
    /** Most parts of the parameter types: `f((x, x))` inside `f` doubles them each time. */
    private static final int LARGEST = 500;

    private final Session s;
    private final FunctionBodies bodies;
    private final Map<Symbol.Function, Map<List<Type>, Instance>> instances = new HashMap<>();
    private final Map<Integer, Type> results = new HashMap<>();
    private final Deque<Instance> pending = new ArrayDeque<>();
    private final Deque<Instance> inferring = new ArrayDeque<>();
    private int rounds;

    Functions(Session session) {
        this.s = session;
        this.bodies = new FunctionBodies(session);
    }

    /** A function for one list of parameter types. */
    static final class Instance {
        final int id;
        final Symbol.Function function;
        final Span use;
        private final Map<Var, Integer> reads = new LinkedHashMap<>();
        private final Set<Instance> callees = new LinkedHashSet<>();
        private int visibleGlobals;
        private final List<Type> params;
        private Type result = Scalar.ERROR;
        private boolean open = true;
        private boolean recursive;

        Instance(int id, Symbol.Function function, List<Type> params, Span use, int visibleGlobals) {
            this.id = id;
            this.function = function;
            this.params = params;
            this.use = use;
            this.visibleGlobals = visibleGlobals;
        }

        List<Type> params() {
            return params;
        }

        /** Top-level variables from this number on are not declared yet at the earliest use. */
        int visibleGlobals() {
            return visibleGlobals;
        }

        /** Notes that the body reads a top-level variable. */
        void reads(Var var, int order) {
            reads.put(var, order);
        }

        Type result() {
            return result;
        }

        void result(Type type) {
            this.result = type;
        }
    }

    /** Gives the type of the argument for parameter {@code index}, whose written type is {@code declared} or null. */
    interface ArgumentType {
        Type of(int index, Types.@Nullable Shaped declared);
    }

    /** The types of the parameters for arguments that are typed from left to right. */
    List<Type> parameters(Symbol.Function f, int visibleGlobals, ArgumentType arguments) {
        Scope scope = Scope.of(new Frame(Frame.Kind.FUNCTION, null, null, visibleGlobals));
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < f.params.size(); i++) {
            Param p = f.params.get(i);
            TypeSyntax written = p.type();
            Types.Shaped declared = written == null ? null : s.globals.in(f.name.span().file(), () -> s.types.shaped(written, null, scope));
            Type given = arguments.of(i, declared);
            Type t = parameter(declared, p.mutable() ? given : given.asValue());
            types.add(t);
            scope.declare(s.newVar(p.name(), p.mutable() ? Var.Kind.MUT_PARAM : Var.Kind.PARAM, t));
        }
        return types;
    }

    private static Type parameter(Types.@Nullable Shaped declared, Type argument) {
        if (declared == null) {
            return argument;
        }
        boolean fits = declared.open()
                && declared.type() instanceof Type.Array p
                && argument instanceof Type.Array a
                && a.axes() == p.axes()
                && a.element().equals(p.element());
        return fits ? argument : declared.type();
    }

    /** The declared result of a function by its number; ERROR while it is not known. */
    Type result(int id) {
        return results.getOrDefault(id, Scalar.ERROR);
    }

    /** The instance for arguments of these types; null after a report. */
    @Nullable Instance of(Symbol.Function f, List<Type> arguments, Span use, Frame caller) {
        int visible = Math.min(caller.visibleGlobals, s.globals.declared());
        return instance(f, parameters(f, visible, (i, declared) -> arguments.get(i)), use, caller);
    }

    /** The instance for these parameter types; null if a type is unknown or after a report. */
    @Nullable Instance instance(Symbol.Function f, List<Type> params, Span use, Frame caller) {
        f.used = true;
        if (params.stream().anyMatch(Type::isError)) {
            return null;
        }
        if (size(params, 0) > LARGEST) {
            return tooMany(f, use);
        }
        Map<List<Type>, Instance> known = instances.computeIfAbsent(f, k -> new HashMap<>());
        int visible = Math.min(caller.visibleGlobals, s.globals.declared());
        Instance from = caller.specialisation();
        Instance found = known.get(params);
        if (found != null) {
            if (from != null) {
                from.callees.add(found);
            }
            usedEarlier(found, visible, use);
            return known(found);
        }
        if (known.size() >= MOST_INSTANCES || inferring.size() >= DEEPEST) {
            return tooMany(f, use);
        }
        s.functions.add(null);
        Instance made = new Instance(s.functions.size() - 1, f, params, use, visible);
        known.put(params, made);
        if (from != null) {
            from.callees.add(made);
        }
        start(made);
        return made;
    }

    private @Nullable Instance tooMany(Symbol.Function f, Span use) {
        s.report(Diagnostic.error("PEL0217", use, "`" + f.name.name() + "` is specialised for too many types")
                .label(f.name.span(), "declared here")
                .note("each call with other types makes one more copy; write the types of the parameters"));
        return null;
    }

    /** A use at which fewer variables are declared than at the one that the body was checked for. */
    private void usedEarlier(Instance i, int visible, Span use) {
        if (visible >= i.visibleGlobals) {
            return;
        }
        i.visibleGlobals = visible;
        i.reads.forEach((var, order) -> {
            if (order >= visible) {
                s.report(Diagnostic.error("PEL0104", use, "`" + i.function.name.name() + "` uses `" + var.name() + "` before its declaration")
                        .under("not declared yet when this runs")
                        .label(var.span(), "declared here"));
            }
        });
        i.callees.forEach(callee -> usedEarlier(callee, visible, use));
    }

    private static int size(List<Type> types, int before) {
        int n = before;
        for (Type t : types) {
            if (n > LARGEST) {
                return n;
            }
            n = switch (t) {
                case Type.Tuple x -> size(x.elements(), n + 1);
                case Type.Array x -> size(List.of(x.element()), n + 1);
                case Type.ListOf x -> size(List.of(x.element()), n + 1);
                case Type.Function x -> size(List.of(x.result()), size(x.params(), n + 1));
                case Type.Scalar x -> n + 1;
                case Type.Record x -> n + 1;
                case Type.Domain x -> n + 1;
                case Type.Channel x -> n + 1;
                case Type.MapOf x -> n + 1;
                case Type.Future x -> n + 1;
                case Type.Request x -> n + 1;
                case Type.Team x -> n + 1;
            };
        }
        return n;
    }

    /** A call of an instance whose result is being inferred sees what is known of it so far; the body is checked again. */
    private Instance known(Instance i) {
        if (!i.open || bodies.resultIsKnown(i)) {
            return i;
        }
        i.recursive = true;
        return i;
    }

    private void start(Instance i) {
        if (bodies.resultIsKnown(i)) {
            i.result = s.globals.in(i.function.name.span().file(), () -> bodies.declaredResult(i));
            results.put(i.id, i.result);
            pending.add(i);
            return;
        }
        inferring.push(i);
        List<Diagnostic> messages = new ArrayList<>();
        int size = s.functions.size();
        for (int round = 0; round < ROUNDS; round++) {
            rollback(size);
            rounds++;
            i.recursive = false;
            Type before = i.result;
            messages.clear();
            messages.addAll(s.buffered(() -> i.result = check(i)));
            if (!i.recursive || i.result.equals(before) || i.result.isError() || rounds > MOST_ROUNDS) {
                break;
            }
        }
        inferring.pop();
        i.open = false;
        report(i, messages);
        if (i.recursive && i.result.isError() && messages.stream().noneMatch(Diagnostic::isError)) {
            s.report(Diagnostic.error(
                            "PEL0216", i.function.name.span(), "the result type of `" + i.function.name.name() + "` cannot be inferred")
                    .under("it calls itself on every path")
                    .note("write the result type: `" + i.function.signature() + " -> float`"));
        }
    }

    /** Forgets the instances that a round made which saw a result that was not final. */
    private void rollback(int size) {
        if (s.functions.size() > size) {
            s.functions.subList(size, s.functions.size()).clear();
            instances.values().forEach(known -> known.values().removeIf(x -> x.id >= size));
            pending.removeIf(x -> x.id >= size);
        }
    }

    private void report(Instance i, List<Diagnostic> messages) {
        boolean generic = i.function.params.stream().anyMatch(p -> p.type() == null);
        for (Diagnostic d : messages) {
            s.report(generic ? d.label(i.use, "in the specialisation for this use") : d);
        }
    }

    private Type check(Instance i) {
        return s.globals.in(i.function.name.span().file(), () -> bodies.check(i));
    }

    /** Checks all pending bodies, and those that they need. */
    void finish() {
        while (!pending.isEmpty()) {
            Instance i = pending.removeFirst();
            report(i, s.buffered(() -> check(i)));
            i.open = false;
        }
    }

    /** The instance for the written types of the parameters; null if one has none, or after a report. */
    @Nullable Instance written(Symbol.Function f, Frame top) {
        List<Type> params = writtenTypes(f, top);
        return params.stream().anyMatch(Type::isError) ? null : instance(f, params, f.name.span(), top);
    }

    private List<Type> writtenTypes(Symbol.Function f, Frame top) {
        return parameters(f, top.visibleGlobals, (i, declared) -> declared == null ? Scalar.ERROR : declared.type());
    }

    /** Checks a function that nothing uses: with its written types, or for its names alone. */
    void unused(Symbol.Function f, Frame top) {
        List<Type> params = writtenTypes(f, top);
        if (params.stream().noneMatch(Type::isError)) {
            instance(f, params, f.name.span(), top);
            finish();
            return;
        }
        int size = s.functions.size();
        s.functions.add(null);
        check(new Instance(size, f, params, f.name.span(), top.visibleGlobals));
        pending.clear();
        rollback(size);
    }
}
