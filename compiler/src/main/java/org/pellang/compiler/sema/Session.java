package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** What the parts of one check share: the tables that grow, the sink of messages and the parts themselves. */
final class Session {
    final Globals globals;
    final Library library;
    final Modules modules;
    final Externs externs;
    final Set<Type.Record> records = new LinkedHashSet<>();
    final List<TypedProgram.Config> configs = new ArrayList<>();
    final List<TypedProgram.@Nullable TFunction> functions = new ArrayList<>();
    /** Values of {@code let}s that are literals, for rank lists, divisors and the like. */
    final Map<Var, TExpr> constants = new HashMap<>();

    final Names names = new Names(this);
    final Types types = new Types(this);
    final Coercion coercion = new Coercion(this);
    final Constants folding = new Constants(this);
    final Expressions expressions = new Expressions(this);
    final Operators operators = new Operators(this);
    final OwnFunctions own = new OwnFunctions(this);
    final Texts texts = new Texts(this);
    final Bounds bounds = new Bounds(this);
    final Subscripts subscripts = new Subscripts(this);
    final CheckpointClauses clauses = new CheckpointClauses(this);
    final Members members = new Members(this);
    final MutableArguments mutable = new MutableArguments(this);
    final Places places = new Places(this);
    final Domains domains = new Domains(this);
    final Iterations iterations = new Iterations(this);
    final Shuffles shuffles = new Shuffles(this);
    final Comprehensions comprehensions = new Comprehensions(this);
    final Reductions reductions = new Reductions(this);
    final Calls calls = new Calls(this);
    final Arguments arguments = new Arguments(this);
    final Functions instances = new Functions(this);
    final Lambdas lambdas = new Lambdas(this);
    final LibraryCalls libraryCalls = new LibraryCalls(this);
    final Conversions conversions = new Conversions(this);
    final BuiltIns builtIns = new BuiltIns(this);
    final ArrayFunctions arrayFunctions = new ArrayFunctions(this);
    final Sorting sorting = new Sorting(this);
    final Maps maps = new Maps(this);
    final Collectives collectives = new Collectives(this);
    final Channels channels = new Channels(this);
    final Teams teams = new Teams(this);
    final Windows windows = new Windows(this);
    final Tasks tasks = new Tasks(this);
    final Declarations declarations = new Declarations(this);
    final Statements statements = new Statements(this);
    final Assignments assignments = new Assignments(this);
    final Loops loops = new Loops(this);

    private final Diagnostics diagnostics;
    private @Nullable List<Diagnostic> buffer;
    private final Set<String> reported = new HashSet<>();
    private int nextVar;
    private int errors;

    Session(Library library, Modules modules, ModuleSource classes, Diagnostics diagnostics) {
        this.library = library;
        this.modules = modules;
        this.globals = new Globals(modules);
        this.externs = new Externs(this, classes);
        this.diagnostics = diagnostics;
    }

    /** Adds a message; a second error of the same code at the same place is a repetition from another specialisation. */
    void report(Diagnostic diagnostic) {
        errors += diagnostic.isError() ? 1 : 0;
        if (buffer != null) {
            buffer.add(diagnostic);
            return;
        }
        Span at = diagnostic.primary();
        if (reported.add(diagnostic.code() + '@' + at.file().name() + ':' + at.start() + '-' + at.end())) {
            diagnostics.add(diagnostic);
        }
    }

    /** How many errors were reported, buffered ones included. */
    int errors() {
        return errors;
    }

    /** Runs {@code work} and returns its messages without reporting them. */
    List<Diagnostic> buffered(Runnable work) {
        List<Diagnostic> outer = buffer;
        List<Diagnostic> mine = new ArrayList<>();
        buffer = mine;
        try {
            work.run();
        } finally {
            buffer = outer;
        }
        return mine;
    }

    /** Reports and gives the expression that stands for the error. */
    TExpr bad(Span span, Diagnostic diagnostic) {
        report(diagnostic);
        return bad(span);
    }

    /** The expression that stands for an error that has been reported. */
    static TExpr bad(Span span) {
        return new TExpr.Bad(span, Type.Scalar.ERROR);
    }

    Var newVar(String name, Var.Kind kind, Type type, Span span) {
        return new Var(nextVar++, name, kind, type, span);
    }

    Var newVar(Expr.Ident name, Var.Kind kind, Type type) {
        return newVar(name.name(), kind, type, name.span());
    }
}
