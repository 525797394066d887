package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.sema.typed.Work;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.DistSyntax;
import org.pellang.compiler.syntax.Expr;

/** Heads of loops and comprehensions: the space, the indices, the clauses. */
final class Iterations {
    private static final List<String> PLACES = List.of("block", "cyclic", "blockcyclic", "*");

    private final Session s;

    Iterations(Session session) {
        this.s = session;
    }

    /** The head of a loop or comprehension in front of which nothing can be declared. */
    Iteration head(
            Span span,
            boolean parallel,
            Expr.Index index,
            Expr space,
            @Nullable DistSyntax dist,
            List<Expr.LetClause> lets,
            @Nullable Expr filter,
            Scope outer,
            Scope inner) {
        return head(span, parallel, index, space, dist, lets, filter, outer, inner, null);
    }

    /**
     * Types a head; {@code before} takes declarations that have to stand in front of the loop.
     * The space is looked up in {@code outer}; indices and lets are declared in {@code inner}. After an error the
     * space is {@link TExpr.Bad} and the indices are declared all the same.
     */
    Iteration head(
            Span span,
            boolean parallel,
            Expr.Index index,
            Expr space,
            @Nullable DistSyntax dist,
            List<Expr.LetClause> lets,
            @Nullable Expr filter,
            Scope outer,
            Scope inner,
            @Nullable List<TStmt> before) {
        Work work = parallel && dist != null ? schedule(dist, outer) : null;
        boolean supported = dist == null || work != null || placed(dist);
        Elements pairs = parallel ? Pairs.of(s, space, outer) : null;
        if (pairs != null) {
            Iteration elements = overElements(span, index, space.span(), pairs, supported && work == null ? dist : null, lets, filter, outer, inner);
            return work == null ? elements : elements.with(work);
        }
        TExpr down = parallel ? s.domains.ascending(space, outer) : s.domains.descending(space, outer);
        Shuffles.Written written = parallel ? Shuffles.of(space) : null;
        Shuffles.Typed shuffled = written == null ? null : s.shuffles.typed(written, outer);
        TExpr set = down != null ? down : written != null ? shuffledSpace(written, shuffled) : space(space, outer);
        if (parallel && Elements.isSequence(set.type()) && Elements.canStand(set, before)) {
            Elements all = Elements.of(s, set, before);
            Iteration elements = overElements(span, index, set.span(), all, supported && work == null ? dist : null, lets, filter, outer, inner);
            return work == null ? elements : elements.with(work);
        }
        if (dist != null && supported && work == null) {
            set = s.domains.dealt(set, dist, outer);
        }
        List<Type> types = supported ? indexTypes(set, parallel, index) : null;
        if (types == null) {
            set = Session.bad(set.span());
        }
        List<Var> indices = new ArrayList<>();
        for (int i = 0; i < index.names().size(); i++) {
            Type t = types == null ? Scalar.ERROR : types.get(i);
            Var.Kind kind = parallel ? Var.Kind.FORALL_INDEX : Var.Kind.FOR_INDEX;
            indices.add(s.names.declareLocal(s.newVar(index.names().get(i), kind, t), inner));
        }
        List<Iteration.Let> typed = new ArrayList<>();
        for (Expr.LetClause let : lets) {
            typed.add(let(let, inner));
        }
        TExpr condition = filter == null ? null : s.expressions.condition(filter, inner, "`if`");
        if (written != null && shuffled != null && indices.size() == 1) {
            condition = s.shuffles.filter(shuffled, written.span(), indices.getFirst(), condition);
        }
        return new Iteration(span, parallel, indices, set, typed, condition, work == null ? Work.BLOCK : work);
    }

    private static TExpr shuffledSpace(Shuffles.Written written, Shuffles.@Nullable Typed typed) {
        return typed == null ? Session.bad(written.span()) : typed.domain();
    }

    /** {@code forall x in a}: over the indices of the array, each iteration with its element. */
    private Iteration overElements(
            Span span, Expr.Index index, Span set, Elements elements, @Nullable DistSyntax dist, List<Expr.LetClause> lets, @Nullable Expr filter,
            Scope outer, Scope inner) {
        List<Type> types = elements(elements.type(), index, set, null);
        List<Var> names = new ArrayList<>();
        for (int i = 0; i < index.names().size(); i++) {
            names.add(s.names.declareLocal(s.newVar(index.names().get(i), Var.Kind.COMPREHENSION_LET, types == null ? Scalar.ERROR : types.get(i)), inner));
        }
        List<Iteration.Let> typed = new ArrayList<>();
        if (elements.element() instanceof TExpr.TupleNew t && t.elements().size() == names.size()) {
            for (int i = 0; i < names.size(); i++) {
                typed.add(new Iteration.Let(index.span(), List.of(names.get(i)), t.elements().get(i)));
            }
        } else {
            typed.add(new Iteration.Let(index.span(), List.copyOf(names), elements.element()));
        }
        lets.forEach(let -> typed.add(let(let, inner)));
        TExpr space = types == null ? Session.bad(set) : dist == null ? elements.space() : s.domains.dealt(elements.space(), dist, outer);
        TExpr condition = filter == null ? null : s.expressions.condition(filter, inner, "`if`");
        return new Iteration(span, true, elements.indices(), space, typed, condition);
    }

    /** Whether a head could not be typed. */
    static boolean isBad(Iteration it) {
        TExpr filter = it.filter();
        return it.space().type().isError()
                || it.lets().stream().anyMatch(l -> l.value().type().isError())
                || (filter != null && filter.type().isError());
    }

    /** {@code dist dynamic(64)}, {@code guided(16)}, {@code steal(4)}; null: it is a distribution. */
    private @Nullable Work schedule(DistSyntax dist, Scope scope) {
        Work.Kind kind = switch (dist.axes().getFirst().kind()) {
            case "dynamic" -> Work.Kind.DYNAMIC;
            case "guided" -> Work.Kind.GUIDED;
            case "steal" -> Work.Kind.STEAL;
            default -> null;
        };
        if (kind == null || dist.perAxis()) {
            return null;
        }
        Expr argument = dist.axes().getFirst().argument();
        TExpr amount = argument == null ? null : s.domains.index(argument, scope, "a number of iterations");
        Long value = amount == null ? null : s.folding.intValue(amount);
        if (amount != null && value != null && value < 1) {
            s.report(Diagnostic.error("PEL0206", amount.span(), "a chunk has at least one iteration").under("this is " + value));
        }
        return new Work(kind, amount, Work.Unit.ANY, null);
    }

    /** Whether a clause says where each index runs, and not only how work is handed out. */
    private boolean placed(DistSyntax dist) {
        boolean ok = dist.axes().stream().allMatch(a -> PLACES.contains(a.kind()));
        if (!ok) {
            s.domains.distribution(dist, dist.axes().size(), false);
        }
        return ok;
    }

    private TExpr space(Expr e, Scope scope) {
        return s.expressions.value(e, scope, null);
    }

    /** Whether it is written as a range or is the name of a domain: in brackets such are the axes of a space. */
    boolean isIndexSet(Expr e, Scope scope) {
        return e instanceof Expr.Range
                || (e instanceof Expr.Name n
                        && s.names.find(n.name(), scope) instanceof Symbol.Variable v
                        && v.var().type() instanceof Type.Domain);
    }

    private @Nullable List<Type> indexTypes(TExpr set, boolean parallel, Expr.Index index) {
        int names = index.names().size();
        return switch (set.type()) {
            case Type.Domain d -> d.axes() == names ? java.util.Collections.nCopies(names, (Type) Scalar.INT) : miscount(d, index);
            case Type.Array a -> parallel ? notDomain(set) : elements(a.element(), index, set.span(), set.type());
            case Type.ListOf l -> parallel ? notDomain(set) : elements(l.element(), index, set.span(), set.type());
            case Type.Scalar t when t == Scalar.STRING && !parallel -> elements(t, index, set.span(), set.type());
            case Type.Scalar t when t == Scalar.ERROR -> null;
            case Type.Scalar t -> notSpace(set);
            case Type.Tuple t -> notSpace(set);
            case Type.Record r -> notSpace(set);
            case Type.MapOf m -> parallel ? notDomain(set) : elements(m.pair(), index, set.span(), set.type());
            case Type.Function f -> notSpace(set);
            case Type.Channel c -> notSpace(set);
            case Type.Future f -> notSpace(set);
            case Type.Request r -> notSpace(set);
            case Type.Team t -> notSpace(set);
        };
    }

    private @Nullable List<Type> miscount(Type.Domain d, Expr.Index index) {
        if (index.names().isEmpty()) {
            return null;
        }
        String names = d.axes() == 1 ? "i" : d.axes() == 2 ? "(i, j)" : "(i, j, k)";
        s.report(Diagnostic.error("PEL0213", index.span(), "the domain has " + Words.count(d.axes(), "axis") + ", the loop names "
                        + Words.count(index.names().size(), "index"))
                .under("write " + names));
        return null;
    }

    private @Nullable List<Type> notDomain(TExpr set) {
        Diagnostic d = Diagnostic.error("PEL0219", set.span(), "a `forall` runs over a domain or range, not over " + Words.a(set.type()))
                .under("this is " + Words.a(set.type()));
        boolean named = set instanceof TExpr.Read;
        if (set.type() instanceof Type.MapOf) {
            s.report(d.note("with `for` instead of `forall` every rank goes through the entries")
                    .note("a loop divides them: `forall (k, v) in " + set.span().text() + " reduce sum total { total += v }`"));
            return null;
        }
        s.report(
                !named ? d.note("give it a name first: `let items = " + set.span().text() + "`, then `forall .. in items`")
                : set.type() instanceof Type.Array
                        ? d.fix("run over its indices", set.span(), set.span().text() + ".domain")
                        : d.fix("run over its indices", set.span(), "0..<len(" + set.span().text() + ")"));
        return null;
    }

    private @Nullable List<Type> notSpace(TExpr set) {
        Diagnostic d = Diagnostic.error("PEL0219", set.span(), "a loop cannot run over " + Words.a(set.type()))
                .under("this is " + Words.a(set.type()));
        String text = set.span().text();
        boolean axes = set.type() instanceof Type.Tuple t && t.elements().stream().allMatch(x -> x instanceof Type.Domain || x == Scalar.INT);
        s.report(set.type() == Scalar.INT ? d.fix("count from 0", set.span(), "0..<" + text)
                : axes && text.startsWith("(") && text.endsWith(")")
                        ? d.fix("axes stand side by side in brackets", set.span(), "[" + text.substring(1, text.length() - 1) + "]")
                        : d);
        return null;
    }

    private @Nullable List<Type> elements(Type element, Expr.Index index, Span set, @Nullable Type type) {
        int names = index.names().size();
        if (names == 1) {
            return List.of(element.asValue());
        }
        if (names == 0) {
            return null;
        }
        if (element instanceof Type.Tuple t && t.elements().size() == names) {
            return t.elements().stream().map(Type::asValue).toList();
        }
        Diagnostic d = Diagnostic.error("PEL0213", index.span(), "the elements are " + element + ", the loop names " + Words.count(names, "variable"));
        s.report(type == null ? d.label(set, "these elements") : d.label(set, "this is " + Words.a(type)));
        return null;
    }

    private Iteration.Let let(Expr.LetClause clause, Scope scope) {
        TExpr value = s.expressions.value(clause.value(), scope, null);
        List<Expr.Ident> names = clause.names();
        List<Type> types = s.declarations.parts(value, names);
        List<Var> vars = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            vars.add(s.names.declareLocal(s.newVar(names.get(i), Var.Kind.COMPREHENSION_LET, types.get(i)), scope));
        }
        return new Iteration.Let(clause.span(), vars, value);
    }
}
