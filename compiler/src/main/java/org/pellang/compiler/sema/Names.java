package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Finds what a name means: locals, then the program's top level, then the standard library. */
final class Names {
    private static final List<Symbol.Number> NUMBERS = List.of(
            new Symbol.Number("pi", Math.PI),
            new Symbol.Number("e", Math.E),
            new Symbol.Number("inf", Double.POSITIVE_INFINITY),
            new Symbol.Number("nan", Double.NaN));
    private static final Set<String> TYPE_NAMES = Set.of(
            "int", "float", "bool", "string", "complex", "vec2", "vec3", "vec4", "int32", "int16", "byte", "float32");

    private final Session s;

    Names(Session session) {
        this.s = session;
    }

    /** What {@code name} means here, or null; reports nothing. */
    @Nullable Symbol find(String name, Scope scope) {
        Var local = scope.local(name);
        if (local != null) {
            return new Symbol.Variable(local);
        }
        Symbol bound = scope.frame.bound(name);
        if (bound != null) {
            return bound;
        }
        Scope outer = scope.frame.enclosing;
        if (outer != null) {
            Symbol found = find(name, outer);
            return found instanceof Symbol.Variable v && mustCapture(v.var()) ? captured(v.var(), scope.frame) : found;
        }
        Symbol global = s.globals.get(name);
        return global != null && seen(global, scope) ? global : beyondProgram(name);
    }

    /** Whether a top-level symbol is there when the code of the scope runs; notes that it is read. */
    private boolean seen(Symbol global, Scope scope) {
        if (!(global instanceof Symbol.Variable v)) {
            return true;
        }
        int order = s.globals.order(v.var());
        Functions.Instance reader = scope.frame.specialisation();
        if (order < scope.frame.visibleGlobals && reader != null) {
            reader.reads(v.var(), order);
        }
        return order < scope.frame.visibleGlobals;
    }

    /** What a module declares, or null. */
    @Nullable Symbol ofModule(Symbol.Module module, String name, Scope scope) {
        Symbol found = s.globals.of(module.name(), name);
        return found != null && seen(found, scope) ? found : null;
    }

    private static boolean mustCapture(Var var) {
        return !var.kind().global() || var.kind() == Var.Kind.GLOBAL_VAR || var.kind() == Var.Kind.SHARED;
    }

    private Symbol captured(Var outer, Frame frame) {
        return new Symbol.Variable(frame.captured.computeIfAbsent(
                outer, v -> s.newVar(v.name(), Var.Kind.PARAM, v.type(), v.span())));
    }

    /** A name of the standard library: what a module declares, what the checker knows, constants, modules. */
    @Nullable Symbol beyondProgram(String name) {
        if (BuiltIns.NAMES.contains(name) || TYPE_NAMES.contains(name)) {
            return new Symbol.BuiltIn(name);
        }
        Symbol.Library library = s.library.find(name);
        if (library != null) {
            return library;
        }
        for (Symbol.Number number : NUMBERS) {
            if (number.name().equals(name)) {
                return number;
            }
        }
        return s.library.modules().contains(name) || s.modules.isModule(name) ? new Symbol.Module(name) : null;
    }

    /** Whether no file of the program and no library declares the name, here or further down. */
    boolean isNowhere(String name, Scope scope) {
        return find(name, scope) == null && s.globals.get(name) == null && s.globals.later(name) == null && s.globals.elsewhere(name) == null;
    }

    /** What {@code name} means here; an unknown one is reported and gives null. */
    @Nullable Symbol resolve(Expr.Name name, Scope scope) {
        if (name.name().isEmpty()) {
            return null; // the parser has said that it is missing
        }
        Symbol found = find(name.name(), scope);
        if (found != null) {
            return s.globals.get(name.name()) == found && ambiguous(name.name(), name.span()) ? null : found;
        }
        Symbol elsewhere = s.globals.get(name.name()) == null && s.globals.later(name.name()) == null ? s.globals.elsewhere(name.name()) : null;
        Span declared = elsewhere == null ? null : spanOf(elsewhere);
        s.report(declared == null ? unknown("name", name.name(), name.span(), scope) : Modules.unseen("name", name.name(), name.span(), declared));
        return null;
    }

    /** Whether several of the modules that this file uses declare the name, and it does not itself; reports it. */
    boolean ambiguous(String name, Span at) {
        List<Symbol> used = s.globals.own(name) == null ? s.globals.used(name) : List.of();
        if (used.size() < 2) {
            return false;
        }
        Diagnostic d = Diagnostic.error("PEL0902", at, "`" + name + "` is declared in " + (used.size() == 2 ? "two" : used.size()) + " modules that this file uses")
                .under("which one is not known");
        for (Symbol symbol : used) {
            Span declared = spanOf(symbol);
            if (declared != null) {
                d = d.label(declared, "declared here");
                String module = s.modules.nameOf(declared.file());
                d = module == null ? d : d.fix("the one of `" + module + "`", at, module + "." + name);
            }
        }
        s.report(d.note("write the name of the module in front of it"));
        return true;
    }

    /** The message for an unknown name. */
    Diagnostic unknown(String what, String name, Span span, Scope scope) {
        Symbol global = s.globals.get(name);
        Span later = s.globals.later(name);
        if (global instanceof Symbol.Variable v) {
            later = v.var().span();
        }
        if (later != null) {
            return Diagnostic.error("PEL0104", span, "`" + name + "` is used before its declaration")
                    .under("not declared yet when this runs")
                    .label(later, "declared here")
                    .note("a program runs from top to bottom; a function sees the variables that are declared before its first call");
        }
        Diagnostic d = Diagnostic.error("PEL0101", span, "unknown " + what + " `" + name + "`");
        String elsewhere = Suggest.elsewhere(name);
        if (elsewhere != null) {
            return d.under("not declared").note(elsewhere);
        }
        String near = Suggest.nearest(name, candidates(scope));
        return near == null
                ? d.under("not declared")
                : d.under("did you mean `" + near + "`?").fix("replace it by `" + near + "`", span, near);
    }

    private List<String> candidates(Scope scope) {
        List<String> all = new ArrayList<>(scope.names());
        s.globals.all().forEach(all::add);
        all.addAll(BuiltIns.NAMES);
        all.addAll(TYPE_NAMES);
        all.addAll(s.library.names());
        NUMBERS.forEach(n -> all.add(n.name()));
        return all;
    }

    /** A name that stands as an expression. */
    TExpr value(Expr.Name e, Scope scope, @Nullable Type expected) {
        Symbol symbol = resolve(e, scope);
        return symbol == null ? Session.bad(e.span()) : value(e, symbol, scope, expected);
    }

    /** A name that stands as an expression and means {@code symbol}. */
    TExpr value(Expr.Name e, Symbol symbol, Scope scope, @Nullable Type expected) {
        return switch (symbol) {
            case Symbol.Variable v -> read(v.var(), e.span());
            case Symbol.Number n -> new TExpr.Constant(e.span(), Type.Scalar.FLOAT, n.value());
            case Symbol.Function f -> s.lambdas.named(e.span(), f, scope, expected);
            case Symbol.Library l -> s.lambdas.library(e.span(), l, expected);
            case Symbol.RecordType r -> notValue(e, "a record type", "construct a value: `" + r.type().name() + "(..)`");
            case Symbol.BuiltIn b -> e.name().equals("world")
                    ? Teams.world(e.span())
                    : s.lambdas.builtIn(e.span(), b, expected);
            case Symbol.Module m -> notValue(e, "a module", "name a function of it: `" + m.name() + ".f(..)`");
        };
    }

    private TExpr notValue(Expr.Name e, String what, String note) {
        return s.bad(
                e.span(),
                Diagnostic.error("PEL0201", e.span(), "`" + e.name() + "` is " + what + ", not a value").note(note));
    }

    /** Reads a variable. */
    static TExpr read(Var var, Span span) {
        return var.type().isError() ? Session.bad(span) : new TExpr.Read(span, var.type().asValue(), var);
    }

    /** Declares a local or top-level variable; a name that is taken is reported. */
    Var declare(Expr.Ident name, Var.Kind local, Var.Kind global, Type type, Scope scope) {
        boolean top = scope.isTop();
        Var var = s.newVar(name, top ? global : local, type);
        return top ? declareTop(var) : declareLocal(var, scope);
    }

    /** Declares a variable of a block, loop or function. */
    Var declareLocal(Var var, Scope scope) {
        Var before = scope.visible(var.name());
        if (before != null && !var.name().equals("_")) {
            s.report(again(var.name(), var.span(), before.span(), describe(before)));
        } else if (scope.frame.bound(var.name()) != null) {
            s.report(again(var.name(), var.span(), null, ""));
        }
        scope.declare(var);
        return var;
    }

    private Var declareTop(Var var) {
        Symbol before = s.globals.own(var.name());
        if (before != null) {
            s.report(again(var.name(), var.span(), spanOf(before), "first declared here"));
        }
        s.globals.declare(var);
        return var;
    }

    private static String describe(Var before) {
        return switch (before.kind()) {
            case FORALL_INDEX, FOR_INDEX -> "the loop index is declared here";
            case PARAM, MUT_PARAM -> "the parameter is declared here";
            case GLOBAL_LET, GLOBAL_VAR, SHARED, CONFIG, DOMAIN, CHANNEL, LET, VAR, COMPREHENSION_LET -> "first declared here";
        };
    }

    /** Where a top-level symbol was declared; null for those of the library. */
    static @Nullable Span spanOf(Symbol symbol) {
        return switch (symbol) {
            case Symbol.Variable v -> v.var().span();
            case Symbol.Function f -> f.name.span();
            case Symbol.RecordType r -> r.span();
            case Symbol.Library l -> null;
            case Symbol.BuiltIn b -> null;
            case Symbol.Number n -> null;
            case Symbol.Module m -> null;
        };
    }

    static Diagnostic again(String name, Span span, @Nullable Span first, String label) {
        Diagnostic d = Diagnostic.error("PEL0102", span, "`" + name + "` is declared again")
                .under("a name has one meaning here")
                .note("inside one function or loop nest a name is declared once; choose another name");
        return first == null ? d : d.label(first, label);
    }
}
