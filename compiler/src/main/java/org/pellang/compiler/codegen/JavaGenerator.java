package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pellang.compiler.codegen.loop.LoopGenerator;
import org.pellang.compiler.ir.IrProgram;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.TypedProgram.TTest;
import org.pellang.compiler.sema.typed.Var;

/**
 * Writes a program as one Java class {@code pel.Name} that implements the runtime's PelProgram. Globals are instance fields, groups of top-level
 * statements and functions are methods, so that no method nears the 8000 bytecodes beyond which HotSpot does not compile. Each test is a nested
 * program of its own, {@code pel.Name$Test1}, which evaluates the declarations that the test needs and then its body.
 */
public final class JavaGenerator {
    /** Top-level statements share a method until it has this many lines. */
    private static final int LINES_PER_METHOD = 60;

    private final TypedProgram program;
    private final JavaUnit unit;
    private final ParallelConstructs parallel;

    private JavaGenerator(TypedProgram program, JavaUnit unit, ParallelConstructs parallel) {
        this.program = program;
        this.unit = unit;
        this.parallel = parallel;
    }

    /** The Java files of a program. */
    public static List<JavaSourceFile> generate(IrProgram ir) {
        return generate(ir.program(), new LoopGenerator(ir));
    }

    /**
     * The same in a package {@code pel.javaPackage}, with a class {@code Call1}, {@code Call2}, ... for each function that Java may call.
     *
     * @param suffix of the class's name
     */
    public static List<JavaSourceFile> generate(IrProgram ir, String javaPackage, String suffix) {
        JavaUnit unit = new JavaUnit(ExportWriter.packageName(javaPackage), ClassName.of(ir.program()) + suffix, ir.program());
        return generate(unit, ir.program(), new LoopGenerator(ir));
    }

    static List<JavaSourceFile> generate(TypedProgram program, ParallelConstructs parallel) {
        return generate(new JavaUnit(ClassName.of(program), program), program, parallel);
    }

    private static List<JavaSourceFile> generate(JavaUnit unit, TypedProgram program, ParallelConstructs parallel) {
        JavaGenerator generator = new JavaGenerator(program, unit, parallel);
        List<String> parts = generator.parts();
        program.functions().forEach(generator::function);
        for (int k = 0; k < program.tests().size(); k++) {
            generator.test(program.tests().get(k), k + 1);
        }
        Exports.of(program).functions().forEach(generator::export);
        return List.of(new ClassText(unit, parts).file());
    }

    /** Qualified name of the class that runs test {@code number} (from 1). */
    public static String testClass(String programClass, int number) {
        return programClass + "$Test" + number;
    }

    private Scope scope(Names names, Type result) {
        return new Scope(unit, names, new SequentialAccess(unit, names, ""), parallel, result, "");
    }

    /** The top-level statements as methods; returns their names in order. */
    private List<String> parts() {
        List<String> methods = new ArrayList<>();
        List<TStmt> left = program.body();
        int next = 0;
        while (next < left.size()) {
            Names names = unit.names().inner();
            StatementWriter writer = new StatementWriter(scope(names, Type.Scalar.VOID), true);
            JavaBody body = new JavaBody();
            int first = next;
            while (next < left.size() && (next == first || body.size() < LINES_PER_METHOD)) {
                topLevel(left.get(next), writer, body);
                next++;
            }
            if (!body.isEmpty()) {
                String name = unit.names().fresh("part_" + left.get(first).span().line());
                unit.add(new JavaMethod("private void", name, List.of(), body));
                methods.add(name);
            }
        }
        return methods;
    }

    private void topLevel(TStmt s, StatementWriter writer, JavaBody out) {
        if (s instanceof TStmt.Declare d && unit.globals().isConstant(d.variable())) {
            return;
        }
        if (s instanceof TStmt.Declare d && d.variable().kind() == Var.Kind.CONFIG) {
            new ConfigWriter(writer.expressions()).declare(d, out);
            return;
        }
        writer.statement(s, out);
    }

    private void function(TFunction f) {
        Names names = unit.names().inner();
        SequentialAccess access = new SequentialAccess(unit, names, "");
        List<String> params = new ArrayList<>();
        for (Var p : f.params()) {
            String name = names.fresh(p.name());
            String type = unit.types().of(p.type());
            if (FunctionTable.byHolder(p)) {
                params.add((type.contains("<") ? type.substring(0, type.indexOf('<')) : type) + "[] " + name);
                access.bind(p, JavaExpr.primary(name + "[0]"));
            } else {
                params.add(type + " " + name);
                access.bind(p, JavaExpr.stable(name));
            }
        }
        JavaBody body = new JavaBody().at(f.declared());
        new StatementWriter(new Scope(unit, names, access, parallel, f.result(), "")).block(f.body(), body);
        if (f.result() != Type.Scalar.VOID && Completion.completes(f.body())) {
            body.line("throw new " + unit.use(RuntimeApi.PEL_TRAP) + "("
                    + JavaLiteral.string("function " + f.name() + " ended without a value") + ");");
        }
        String head = "private " + (unit.functions().isStatic(f.id()) ? "static " : "") + unit.types().of(f.result());
        unit.add(new JavaMethod(head, unit.functions().name(f.id()), params, body));
    }

    private void test(TTest test, int number) {
        Names names = unit.names().inner();
        StatementWriter writer = new StatementWriter(scope(names, Type.Scalar.VOID));
        JavaBody body = new JavaBody().at(test.span());
        declare(needed(test.body().statements(), Set.of()), writer, body);
        writer.block(test.body(), body);
        String method = unit.names().fresh("test_" + test.span().line());
        unit.add(new JavaMethod("private void", method, List.of(), body));
        unit.addTest(number, method);
    }

    private void export(Exports.Export export) {
        Names names = unit.names().inner();
        StatementWriter writer = new StatementWriter(scope(names, Type.Scalar.VOID));
        JavaBody body = new JavaBody().at(export.function().declared());
        declare(needed(List.of(), Set.of(export.function().id())), writer, body);
        new ExportWriter(unit, names).write(export, body);
    }

    private void declare(Set<Var> needed, StatementWriter writer, JavaBody body) {
        for (TStmt s : program.body()) {
            boolean declares = switch (s) {
                case TStmt.Declare d -> needed.contains(d.variable());
                case TStmt.DeclareTuple t -> t.variables().stream().anyMatch(needed::contains);
                default -> false;
            };
            if (declares) {
                topLevel(s, writer, body);
            }
        }
    }

    /** The globals that statements and functions read or write, directly or through functions and initial values. */
    private Set<Var> needed(List<TStmt> body, Set<Integer> called) {
        Set<Var> globals = new LinkedHashSet<>();
        Set<Integer> functions = new HashSet<>(called);
        body.forEach(s -> mentions(s, globals, functions));
        for (int before = -1; before != globals.size() + functions.size(); ) {
            before = globals.size() + functions.size();
            for (int f : List.copyOf(functions)) {
                program.functions().get(f).body().statements().forEach(s -> mentions(s, globals, functions));
            }
            for (TStmt s : program.body()) {
                boolean wanted = switch (s) {
                    case TStmt.Declare d -> globals.contains(d.variable());
                    case TStmt.DeclareTuple t -> t.variables().stream().anyMatch(globals::contains);
                    default -> false;
                };
                if (wanted) {
                    mentions(s, globals, functions);
                }
            }
        }
        return globals;
    }

    private static void mentions(TStmt root, Set<Var> globals, Set<Integer> functions) {
        Trees.walkStatements(root, s -> roots(s, globals, functions));
        Trees.walk(root, e -> {
            if (e instanceof TExpr.Read r && r.variable().kind().global()) {
                globals.add(r.variable());
            }
            Trees.function(e).ifPresent(functions::add);
        });
    }

    private static void roots(TStmt s, Set<Var> globals, Set<Integer> functions) {
        List<Var> roots = switch (s) {
            case TStmt.Assign a -> List.of(a.place().root());
            case TStmt.Update u -> List.of(u.place().root());
            case TStmt.MultiAssign m -> m.places().stream().map(p -> p.root()).toList();
            case TStmt.Swap w -> List.of(w.left().root(), w.right().root());
            case TStmt.RemoteStore r -> List.of(r.place().root());
            case TStmt.Forall f -> {
                f.reductions().forEach(r -> {
                    if (r.op() instanceof ReduceOp.User u) {
                        functions.add(u.function());
                    }
                });
                yield f.reductions().stream().map(TStmt.Reduction::variable).toList();
            }
            default -> List.of();
        };
        roots.stream().filter(v -> v.kind().global()).forEach(globals::add);
    }
}
