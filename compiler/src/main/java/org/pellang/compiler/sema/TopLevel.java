package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Item;
import org.pellang.compiler.syntax.Stmt;
import org.pellang.compiler.syntax.TypeSyntax;

/** Declares what is visible in the whole program before its statements are checked: records, functions, operators, modules. */
final class TopLevel {
    private final Session s;
    private final List<Symbol.Function> functions;

    TopLevel(Session session, List<Symbol.Function> functions) {
        this.s = session;
        this.functions = functions;
    }

    void declare(List<Item> items, Scope scope) {
        records(items, scope);
        for (Item item : items) {
            switch (item) {
                case Item.Function f -> function(Symbol.Function.of(f));
                case Item.Op op -> function(operator(op));
                case Item.Use use -> {}
                case Item.Extern e -> s.externs.declare(e, scope);
                case Item.RecordDecl r -> {}
                case Item.Test t -> {}
                case Stmt statement -> announce(statement);
            }
        }
    }

    private Symbol.Function operator(Item.Op op) {
        if (op.params().size() != 2) {
            s.report(Diagnostic.error("PEL0209", op.name().span(), "an operator has two parameters, not " + op.params().size()));
        }
        return Symbol.Function.of(op);
    }

    private void function(Symbol.Function f) {
        Symbol before = s.globals.own(f.name.name());
        if (before != null) {
            s.report(Names.again(f.name.name(), f.name.span(), Names.spanOf(before), "first declared here")
                    .note("functions are not overloaded; a parameter without type takes arguments of any type"));
            return;
        }
        s.globals.put(f.name.name(), f);
        functions.add(f);
    }

    private void announce(Stmt statement) {
        switch (statement) {
            case Stmt.VarDecl v -> v.names().forEach(this::announce);
            case Stmt.Config c -> announce(c.name());
            case Stmt.DomainDecl d -> announce(d.name());
            case Stmt.ChannelDecl c -> announce(c.name());
            default -> {}
        }
    }

    private void announce(Expr.Ident name) {
        s.globals.announce(name.name(), name.span());
    }

    /** Records may name each other in any order, but not contain themselves. */
    private void records(List<Item> items, Scope scope) {
        Map<String, Item.RecordDecl> declared = new LinkedHashMap<>();
        for (Item item : items) {
            if (item instanceof Item.RecordDecl r) {
                Item.RecordDecl before = declared.putIfAbsent(r.name().name(), r);
                if (before != null) {
                    s.report(Names.again(r.name().name(), r.name().span(), before.name().span(), "first declared here"));
                }
            }
        }
        Set<String> open = new HashSet<>();
        declared.values().forEach(r -> record(r, declared, open, scope));
    }

    private void record(Item.RecordDecl r, Map<String, Item.RecordDecl> declared, Set<String> open, Scope scope) {
        String name = r.name().name();
        if (s.globals.own(name) instanceof Symbol.RecordType) {
            return;
        }
        open.add(name);
        List<Type.Field> fields = new ArrayList<>();
        Map<String, Span> seen = new LinkedHashMap<>();
        for (Item.Field f : r.fields()) {
            Type t = fieldType(f.type(), declared, open, scope);
            List<Long> extents = t instanceof Type.Array && f.type() instanceof TypeSyntax.Array a ? extents(a, scope) : List.of();
            for (Expr.Ident id : f.names()) {
                Span before = seen.putIfAbsent(id.name(), id.span());
                if (before != null) {
                    s.report(Names.again(id.name(), id.span(), before, "the first field of this name"));
                    continue;
                }
                fields.add(new Type.Field(id.name(), t, extents));
            }
        }
        open.remove(name);
        Type.Record type = new Type.Record(name, List.copyOf(fields));
        s.records.add(type);
        s.globals.put(name, new Symbol.RecordType(type, r.name().span()));
    }

    private Type fieldType(TypeSyntax t, Map<String, Item.RecordDecl> declared, Set<String> open, Scope scope) {
        for (Item.RecordDecl other : mentioned(t, declared)) {
            if (open.contains(other.name().name())) {
                s.report(Diagnostic.error("PEL0228", t.span(), "the record `" + other.name().name() + "` contains itself")
                        .under("a record is a value: it would have no end")
                        .note("keep the parts in an array and refer to them by index"));
                return Type.Scalar.ERROR;
            }
            record(other, declared, open, scope);
        }
        if (t instanceof TypeSyntax.Array a && !constantExtents(a)) {
            return Type.Scalar.ERROR;
        }
        Type type = s.types.plain(t, scope);
        boolean spread = type instanceof Type.Array a && !a.distribution().isLocal();
        if (spread || type instanceof Type.Function || type instanceof Type.Domain || type.isHandle()) {
            s.report(Diagnostic.error("PEL0228", t.span(), "a field cannot have the type " + type)
                    .note("a field is a number, bool, string, vector, tuple, record, list, or an array that every rank holds whole"));
            return Type.Scalar.ERROR;
        }
        return type;
    }

    /** The extents of an array field: constants, or open. */
    private List<Long> extents(TypeSyntax.Array a, Scope scope) {
        List<Long> extents = new ArrayList<>();
        for (Expr e : a.extents()) {
            if (e instanceof Expr.Name n && n.name().equals("_")) {
                return List.of();
            }
            TExpr value = s.expressions.check(e, scope, Type.Scalar.INT);
            Long known = value.type() == Type.Scalar.INT ? s.folding.intValue(value) : null;
            extents.add(known == null ? 0L : Math.max(0L, known));
        }
        return extents;
    }

    /** Records come before everything else: their extents are numbers. */
    private boolean constantExtents(TypeSyntax.Array a) {
        boolean all = true;
        long open = a.extents().stream().filter(e -> e instanceof Expr.Name n && n.name().equals("_")).count();
        if (open > 0 && open < a.extents().size()) {
            s.report(Diagnostic.error("PEL0228", a.span(), "either all extents of a field are open (`_`) or none"));
            return false;
        }
        for (Expr e : a.extents()) {
            if (!isConstant(e) && !(e instanceof Expr.Name n && n.name().equals("_"))) {
                s.report(Diagnostic.error("PEL0228", e.span(), "the extent of a field must be a number")
                        .note("leave it open, `[_] T`, if it is known only when the program runs"));
                all = false;
            }
        }
        return all;
    }

    private static boolean isConstant(Expr e) {
        return switch (e) {
            case Expr.IntLiteral _ -> true;
            case Expr.Binary b -> isConstant(b.left()) && isConstant(b.right());
            default -> false;
        };
    }

    /** The records that a type names. */
    private static List<Item.RecordDecl> mentioned(TypeSyntax t, Map<String, Item.RecordDecl> declared) {
        List<Item.RecordDecl> found = new ArrayList<>();
        switch (t) {
            case TypeSyntax.Named n -> {
                Item.RecordDecl r = declared.get(n.name());
                if (r != null) {
                    found.add(r);
                }
            }
            case TypeSyntax.ListOf l -> found.addAll(mentioned(l.element(), declared));
            case TypeSyntax.Array a -> found.addAll(mentioned(a.element(), declared));
            case TypeSyntax.Tuple x -> x.elements().forEach(e -> found.addAll(mentioned(e, declared)));
            case TypeSyntax.MapOf m -> {
                found.addAll(mentioned(m.key(), declared));
                found.addAll(mentioned(m.value(), declared));
            }
            case TypeSyntax.Missing _, TypeSyntax.Function _, TypeSyntax.Future _, TypeSyntax.Channel _ -> {}
        }
        return found;
    }
}
