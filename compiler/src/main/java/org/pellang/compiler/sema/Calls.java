package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Param;

/** Calls: finds out what is called. */
final class Calls {
    private final Session s;

    Calls(Session session) {
        this.s = session;
    }

    TExpr call(Expr.Call c, Scope scope, @Nullable Type expected) {
        if (c.callee() instanceof Expr.Name n) {
            return named(s.names.resolve(n, scope), n, c, scope, expected);
        }
        if (c.callee() instanceof Expr.Member m) {
            return member(m, c, scope, expected);
        }
        return value(s.expressions.value(c.callee(), scope, null), c, scope);
    }

    private TExpr named(@Nullable Symbol symbol, Expr.Name n, Expr.Call c, Scope scope, @Nullable Type expected) {
        return switch (symbol) {
            case null -> ignored(c, scope);
            case Symbol.Variable v -> variable(v.var(), n, c, scope);
            case Symbol.Function f -> function(f, n.span(), c, scope);
            case Symbol.RecordType r -> record(r.type(), c, scope);
            case Symbol.Library l -> s.libraryCalls.call(l, c, scope);
            case Symbol.BuiltIn b -> s.builtIns.call(b.name(), n.span(), c, scope, expected);
            case Symbol.Number x -> notFunction(n.span(), "a number", c, scope);
            case Symbol.Module m -> notFunction(n.span(), "a module", c, scope);
        };
    }

    private TExpr ignored(Expr.Call c, Scope scope) {
        s.arguments.checkAll(c.arguments(), scope);
        return Session.bad(c.span());
    }

    private TExpr notFunction(Span at, String what, Expr.Call c, Scope scope) {
        s.arguments.checkAll(c.arguments(), scope);
        return s.bad(
                c.span(),
                Diagnostic.error("PEL0208", at, "`" + at.text() + "` is " + what + " and cannot be called").under("not a function"));
    }

    private TExpr variable(Var var, Expr.Name n, Expr.Call c, Scope scope) {
        if (var.type().isError()) {
            return ignored(c, scope);
        }
        if (var.type() instanceof Type.Function) {
            return value(Names.read(var, n.span()), c, scope);
        }
        s.arguments.checkAll(c.arguments(), scope);
        Diagnostic d = Diagnostic.error("PEL0208", n.span(), "`" + n.name() + "` is " + Words.a(var.type()) + " and cannot be called")
                .under("not a function")
                .label(var.span(), "declared here");
        if (s.names.beyondProgram(n.name()) != null) {
            d = d.note("the variable hides `" + n.name() + "` of the standard library; give it another name");
        }
        return s.bad(c.span(), var.type() instanceof Type.Array ? d.note("elements are selected in brackets: `" + n.name() + "[..]`") : d);
    }

    private TExpr value(TExpr callee, Expr.Call c, Scope scope) {
        if (!(callee.type() instanceof Type.Function f)) {
            return callee.type().isError()
                    ? ignored(c, scope)
                    : notFunction(c.callee().span(), Words.a(callee.type()), c, scope);
        }
        if (f.params().size() != c.arguments().size() || c.arguments().stream().anyMatch(a -> a.label() != null)) {
            s.arguments.checkAll(c.arguments(), scope);
            return s.bad(
                    c.span(),
                    Diagnostic.error("PEL0209", c.span(), "the function value takes " + Words.count(f.params().size(), "argument")
                                    + " without labels")
                            .note("its type is `" + f + "`"));
        }
        List<TExpr> arguments = new ArrayList<>();
        for (int i = 0; i < f.params().size(); i++) {
            Type t = f.params().get(i);
            arguments.add(s.coercion.to(s.expressions.value(c.arguments().get(i).value(), scope, t), t, "the argument"));
        }
        return arguments.stream().anyMatch(a -> a.type().isError())
                ? new TExpr.Bad(c.span(), f.result())
                : new TExpr.CallValue(c.span(), f.result().asValue(), callee, arguments);
    }

    private TExpr function(Symbol.Function f, Span at, Expr.Call c, Scope scope) {
        if (c.arguments().size() == 1 && c.arguments().getFirst().value() instanceof Expr.Comprehension e) {
            f.used = true;
            return s.comprehensions.reduce(f.name.name(), at, e, c.span(), scope);
        }
        f.used = true;
        if (f.operator && f.params.size() == 2 && c.arguments().size() == 1 && c.arguments().getFirst().label() == null && f.params.getLast().defaultValue() == null) {
            return ofAll(f, at, c, scope);
        }
        List<String> names = f.params.stream().map(p -> p.name().name()).toList();
        List<Boolean> optional = f.params.stream().map(p -> p.defaultValue() != null).toList();
        var target = new Arguments.Target(f.name.name(), names, optional, f.signature());
        List<Expr.@Nullable Argument> given = s.arguments.match(target, c.arguments(), c.span());
        if (given == null) {
            return ignored(c, scope);
        }
        Map<String, Symbol> functions = functions(f, given, scope);
        List<Expr.@Nullable Argument> slots = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            if (!functions.containsKey(names.get(i))) {
                slots.add(given.get(i));
            }
        }
        return functions.isEmpty() ? specialised(f, slots, c, scope) : specialised(f.with(functions), slots, c, scope);
    }

    /** An operator of the program over all elements of an array, list or range. */
    private TExpr ofAll(Symbol.Function f, Span at, Expr.Call c, Scope scope) {
        TExpr x = s.expressions.value(c.arguments().getFirst().value(), scope, null);
        if (x.type().isError()) {
            return Session.bad(c.span());
        }
        boolean sequence = x.type() instanceof Type.Array || x.type() instanceof Type.ListOf || x.type() instanceof Type.Domain d && d.axes() == 1;
        return sequence
                ? s.comprehensions.reduceAll(f.name.name(), at, x, c.span(), scope)
                : s.bad(c.span(), Diagnostic.error("PEL0209", c.span(), "`" + f.name.name() + "` takes two values, or an array, list or range whose elements it combines")
                        .label(f.name.span(), "declared here"));
    }

    /** The arguments that are functions whose types only their calls tell, by the parameters without type that they are given for. */
    private Map<String, Symbol> functions(Symbol.Function f, List<Expr.@Nullable Argument> given, Scope scope) {
        Map<String, Symbol> all = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            Param p = f.params.get(i);
            Expr.Argument a = given.get(i);
            Symbol symbol = a != null && a.value() instanceof Expr.Name n && p.type() == null && !p.mutable() ? s.names.find(n.name(), scope) : null;
            boolean open = switch (symbol) {
                case null -> false;
                case Symbol.Function g -> g.params.stream().anyMatch(x -> x.type() == null) && g.params.stream().noneMatch(Param::mutable);
                case Symbol.Library l -> l.overloads().size() > 1;
                case Symbol.BuiltIn b -> !b.name().equals("world");
                case Symbol.Variable _, Symbol.RecordType _, Symbol.Number _, Symbol.Module _ -> false;
            };
            if (open && symbol != null) {
                all.put(p.name().name(), symbol);
            }
            if (open && symbol instanceof Symbol.Function g) {
                g.used = true;
            }
        }
        return all;
    }

    private TExpr specialised(Symbol.Function f, List<Expr.@Nullable Argument> slots, Expr.Call c, Scope scope) {
        List<TExpr> values = new ArrayList<>();
        List<Type> places = new ArrayList<>();
        List<Type> params = s.instances.parameters(f, scope.frame.visibleGlobals, (i, declared) -> {
            Type wanted = declared == null ? null : declared.type();
            Expr.Argument argument = slots.get(i);
            if (f.params.get(i).mutable() && argument != null) {
                Place place = s.places.place(argument.value(), scope);
                values.add(place == null ? Session.bad(argument.span()) : s.mutable.of(place, c, scope));
                places.add(place == null ? Scalar.ERROR : place.type());
                return places.getLast();
            }
            TExpr value = argument(f.params.get(i), argument, wanted, scope);
            values.add(value);
            places.add(value.type());
            return value.type();
        });
        Functions.Instance instance = values.stream().anyMatch(v -> v.type().isError())
                ? null
                : s.instances.instance(f, params, c.span(), scope.frame);
        if (instance == null) {
            return Session.bad(c.span());
        }
        List<TExpr> fitted = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            fitted.add(fit(f.params.get(i), values.get(i), places.get(i), params.get(i)));
        }
        return fitted.stream().anyMatch(v -> v.type().isError()) || instance.result().isError()
                ? new TExpr.Bad(c.span(), instance.result())
                : new TExpr.Call(c.span(), instance.result().asValue(), instance.id, fitted);
    }

    private TExpr argument(Param p, Expr.@Nullable Argument given, @Nullable Type wanted, Scope scope) {
        if (given != null) {
            return s.expressions.value(given.value(), scope, wanted);
        }
        Expr byDefault = p.defaultValue();
        Frame frame = new Frame(Frame.Kind.FUNCTION, null, null, scope.frame.visibleGlobals);
        return byDefault == null
                ? Session.bad(p.span())
                : s.globals.in(p.span().file(), () -> s.expressions.value(byDefault, Scope.of(frame), wanted));
    }

    private TExpr fit(Param p, TExpr value, Type place, Type param) {
        String what = "`" + p.name().name() + "`";
        if (value.type().isError() || (p.mutable() && place.equals(param))) {
            return value;
        }
        if (!p.mutable()) {
            return s.coercion.to(value, param, what);
        }
        return s.bad(
                value.span(),
                Diagnostic.error("PEL0226", value.span(), "`mut " + p.name().name() + "` must be " + Words.a(param) + ", not "
                                + Words.a(place))
                        .under("this is " + Words.a(place))
                        .note("what a function changes is passed as it is, without conversion"));
    }

    private TExpr record(Type.Record r, Expr.Call c, Scope scope) {
        List<String> names = r.fields().stream().map(Type.Field::name).toList();
        StringBuilder head = new StringBuilder(r.name()).append('(');
        r.fields().forEach(f -> head.append(head.length() > r.name().length() + 1 ? ", " : "").append(f.name()).append(": ").append(f.type()));
        var target = Arguments.Target.of(r.name(), head.append(')').toString(), names.toArray(String[]::new));
        List<Expr.@Nullable Argument> slots = s.arguments.match(target, c.arguments(), c.span());
        if (slots == null) {
            s.arguments.checkAll(c.arguments(), scope);
            return new TExpr.Bad(c.span(), r);
        }
        List<TExpr> fields = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Expr.Argument a = slots.get(i);
            Type t = r.fields().get(i).type();
            TExpr value = a == null ? Session.bad(c.span()) : s.expressions.value(a.value(), scope, t.asValue());
            fields.add(field(r.fields().get(i), value));
        }
        return fields.stream().anyMatch(f -> f.type().isError())
                ? new TExpr.Bad(c.span(), r)
                : new TExpr.RecordNew(c.span(), r, fields);
    }

    /** The value of a field: an array must have the declared extents; a single value fills it. */
    private TExpr field(Type.Field f, TExpr value) {
        if (!(f.type() instanceof Type.Array a) || f.extents().isEmpty() || value.type().isError()) {
            return s.coercion.to(value, f.type(), "the field `" + f.name() + "`");
        }
        TExpr element = value.type() instanceof Type.Array ? null : s.coercion.fit(value, a.element());
        if (element != null) {
            return new TExpr.ArrayFill(value.span(), a, Domains.ofExtents(f.extents(), value.span()), element);
        }
        List<TExpr> arguments = new ArrayList<>();
        if (a.axes() > 1 && value instanceof TExpr.ArrayNew n && n.extents() == null) {
            arguments.add(new TExpr.ArrayNew(n.span(), a, n.elements().stream().map(x -> s.coercion.to(x, a.element(), "an element")).toList(),
                    f.extents().stream().map(k -> (TExpr) new TExpr.Constant(n.span(), Type.Scalar.INT, k)).toList()));
        } else {
            arguments.add(s.coercion.to(value, a, "the field `" + f.name() + "`"));
        }
        if (arguments.getFirst().type().isError()) {
            return arguments.getFirst();
        }
        f.extents().forEach(k -> arguments.add(new TExpr.Constant(value.span(), Type.Scalar.INT, k)));
        return new TExpr.IntrinsicCall(value.span(), a, Intrinsic.SHAPED, arguments);
    }

    private TExpr member(Expr.Member m, Expr.Call c, Scope scope, @Nullable Type expected) {
        Symbol.Module module = s.members.module(m.object(), scope);
        if (module != null && s.modules.isModule(module.name())) {
            return named(s.members.declared(module, m, scope), new Expr.Name(m.nameSpan(), m.name()), c, scope, expected);
        }
        if (module != null) {
            Symbol own = s.library.inModule(module.name(), m.name());
            Symbol symbol = own != null ? own : s.names.beyondProgram(m.name());
            Expr.Name name = new Expr.Name(m.nameSpan(), m.name());
            return symbol == null ? named(s.names.resolve(name, scope), name, c, scope, expected) : named(symbol, name, c, scope, expected);
        }
        TExpr object = s.expressions.value(m.object(), scope, null);
        if (object.type().isError()) {
            return ignored(c, scope);
        }
        if (object.type() instanceof Type.Channel channel) {
            return s.channels.call(object, channel, m, c, scope);
        }
        if (object.type() instanceof Type.Team) {
            return s.teams.call(object, m, c, scope);
        }
        if (object.type() instanceof Type.Future future) {
            return s.tasks.call(object, future, m, c, scope);
        }
        if (object.type() instanceof Type.Domain d) {
            return s.arrayFunctions.ofDomain(object, d, m, c, scope);
        }
        Members.Found found = Members.find(object.type(), m.name());
        if (found == null) {
            s.arguments.checkAll(c.arguments(), scope);
            Diagnostic d = Members.unknown(object.type(), m);
            boolean grows = object.type() instanceof Type.Array && m.name().equals("push");
            Symbol free = grows || Members.isCount(m.name()) ? null : s.names.find(m.name(), scope);
            return s.bad(
                    c.span(),
                    free instanceof Symbol.Function || free instanceof Symbol.Library || free instanceof Symbol.BuiltIn
                            ? d.note("`" + m.name() + "` is a function: write `" + m.name() + "(" + m.object().span().text() + ", ..)`")
                            : d);
        }
        return value(
                new TExpr.Component(m.span(), found.type().asValue(), object, found.index(), m.name()), c, scope);
    }
}
