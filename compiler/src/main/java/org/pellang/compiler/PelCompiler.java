package org.pellang.compiler;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.build.JarBuilder;
import org.pellang.compiler.build.JavaCompilation;
import org.pellang.compiler.build.LineRewriter;
import org.pellang.compiler.codegen.FacadeGenerator;
import org.pellang.compiler.codegen.JavaGenerator;
import org.pellang.compiler.codegen.JavaSourceFile;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.ir.CostCheck;
import org.pellang.compiler.ir.IrPrinter;
import org.pellang.compiler.ir.IrProgram;
import org.pellang.compiler.ir.Lowering;
import org.pellang.compiler.ir.comm.CommReport;
import org.pellang.compiler.opt.Optimizer;
import org.pellang.compiler.sema.Checker;
import org.pellang.compiler.sema.KnownLibrary;
import org.pellang.compiler.sema.ModuleSource;
import org.pellang.compiler.sema.TestResults;
import org.pellang.compiler.sema.checkpoint.CheckpointCheck;
import org.pellang.compiler.sema.checkpoint.StateReport;
import org.pellang.compiler.sema.dependence.AliasCheck;
import org.pellang.compiler.sema.dependence.BoundsCheck;
import org.pellang.compiler.sema.dependence.OffloadCheck;
import org.pellang.compiler.sema.dependence.RaceCheck;
import org.pellang.compiler.sema.flow.ExplicitCheck;
import org.pellang.compiler.sema.flow.UniformityCheck;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Parser;
import org.pellang.compiler.syntax.Program;
import org.pellang.compiler.syntax.SyntaxPrinter;
import org.pellang.compiler.syntax.TokenPrinter;

/**
 * The compiler: a flat list of passes from a text to a jar. A user's error is a diagnostic in the result; an exception
 * ({@link org.pellang.compiler.diagnostic.CompilerBug} among them) is a fault of the compiler.
 */
public final class PelCompiler {
    /** See {@link Goal.TestJar}. */
    public static final String RESULT_MARK = TestResults.MARK;

    private static final long STACK_BYTES = 512L << 20;

    private final ModuleSource modules;
    private final KnownLibrary library;
    private final List<Path> classPath;
    private final List<Path> userPath;
    private final String version;

    /**
     * @param modules the standard library's declarations
     * @param classPath jars or class folders of the runtime and the standard library, against which generated Java is compiled
     * @param version written into jars
     */
    public PelCompiler(ModuleSource modules, List<Path> classPath, String version) {
        this(modules, classPath, List.of(), version);
    }

    /**
     * A compiler of programs that call Java of the user.
     *
     * @param userPath absolute; jars and class folders that {@code extern java} may name; the jar's manifest names them, so that they are found when it runs
     */
    public PelCompiler(ModuleSource modules, List<Path> classPath, List<Path> userPath, String version) {
        this.modules = modules;
        this.library = new KnownLibrary(modules);
        List<Path> all = new ArrayList<>(classPath);
        all.addAll(userPath);
        this.classPath = List.copyOf(all);
        this.userPath = List.copyOf(userPath);
        this.version = version;
    }

    /** Forms of a program on its way that can be printed. */
    public enum Stage {
        TOKENS, AST, TYPED, IR, IR_OPT, JAVA,
        /** One line per divided loop: its form, and why not a better one. */
        VECTOR_REPORT,
        /** One line per element access that is checked at run time. */
        BOUNDS_REPORT,
        /** What each checkpointed loop saves. */
        CHECKPOINT_REPORT
    }

    /** What is wanted of a text. */
    public sealed interface Goal {
        /** Messages only. */
        record Check() implements Goal {}

        /** A jar that runs the program. */
        record Jar() implements Goal {}

        /** A jar that runs the test of this name instead, and prints its results in the end: {@link #RESULT_MARK}, name, {@code =}, value. */
        record TestJar(String test) implements Goal {}

        /**
         * What divided loops move, as UTF-8.
         *
         * @param ranks for so many ranks; 0: formulas only
         * @param configs values of configs by name, others are as declared
         */
        record CommReport(int ranks, Map<String, Long> configs) implements Goal {}

        /** The text of a stage, as UTF-8. */
        record Emit(Stage stage) implements Goal {}

        /**
         * An archive with the source of the Java class through which Java calls the program's functions; of a program without such functions it is empty. Classes that
         * {@code extern java} names need not exist yet if the modules say so ({@link ModuleSource#trustsJava}).
         */
        record Facade(String javaPackage) implements Goal {}

        /** A jar that runs the program, and has the classes that the facade of this package calls. */
        record Exports(String javaPackage) implements Goal {}
    }

    /** A pass and its time. */
    public record Timing(String pass, Duration time) {}

    /** A test that the program declares, and at how many ranks it is to run. */
    public record Test(String name, List<Integer> ranks) {}

    /**
     * What came out.
     *
     * @param diagnostics by place; with an error among them there is no product, unless a stage before the check was asked for
     * @param product the jar, or the text of a stage; null if there is none
     * @param tests the program's tests
     * @param timings passes in order
     */
    public record Result(List<Diagnostic> diagnostics, byte @Nullable [] product, List<Test> tests, List<Timing> timings) {}

    /** Compiles one program. Never throws for an error in the program. */
    public Result compile(SourceFile source, Goal goal) {
        return compile(source, goal, modules);
    }

    /** Compiles one program with the modules that {@code available} finds. */
    public Result compile(SourceFile source, Goal goal, ModuleSource available) {
        FutureTask<Result> run = new FutureTask<>(() -> new Run(goal, available).compile(source));
        // The passes, javac among them, go down the trees recursively: a thousand nested operators need more than a thread's usual stack.
        Thread thread = Thread.ofPlatform().name("pelc").daemon().stackSize(STACK_BYTES).start(run);
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw fault(e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("compilation was interrupted", e);
        }
    }

    /** Errors of the JVM are thrown as they are. */
    private static RuntimeException fault(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException fault ? fault : new CompilerBug("compilation failed", e);
    }

    private final class Run {
        private final Goal goal;
        private final ModuleSource modules;
        private final Diagnostics diagnostics = new Diagnostics();
        private final List<Timing> timings = new ArrayList<>();
        private List<Test> tests = List.of();

        Run(Goal goal, ModuleSource modules) {
            this.goal = goal;
            this.modules = modules;
        }

        Result compile(SourceFile source) {
            if (wants(Stage.TOKENS)) {
                return done(pass("tokens", () -> TokenPrinter.print(source)));
            }
            Program program = pass("parse", () -> Parser.parse(source, diagnostics));
            if (wants(Stage.AST)) {
                return done(SyntaxPrinter.print(program));
            }
            TypedProgram typed = pass("check", () -> Checker.check(program, library, modules, diagnostics, javaPackage() != null));
            tests = typed.tests().stream().map(t -> new Test(t.name(), t.ranks())).toList();
            if (wants(Stage.TYPED)) {
                return done(TreePrinter.print(typed));
            }
            // The analyses look at what could be typed, so that one run shows as many independent errors as it can.
            if (!diagnostics.hasSyntaxErrors()) {
                pass("uniformity", () -> UniformityCheck.check(typed, diagnostics));
                pass("explicit level", () -> ExplicitCheck.check(typed, diagnostics));
                pass("aliases", () -> AliasCheck.check(typed, diagnostics));
                pass("checkpoints", () -> CheckpointCheck.check(typed, diagnostics));
                pass("races", () -> RaceCheck.check(typed, diagnostics));
                pass("offload", () -> OffloadCheck.check(typed, diagnostics));
                BoundsCheck.Found bounds = pass("bounds", () -> BoundsCheck.check(typed, diagnostics));
                if (wants(Stage.BOUNDS_REPORT) && !diagnostics.hasErrors()) {
                    return done(bounds.report());
                }
            }
            if (diagnostics.hasErrors()) {
                return result(null);
            }
            if (goal instanceof Goal.Facade(String javaPackage)) {
                return result(pass("facade", () -> JarBuilder.sources(FacadeGenerator.generate(typed, javaPackage).stream().toList())));
            }
            if (wants(Stage.CHECKPOINT_REPORT)) {
                return done(StateReport.print(typed));
            }
            TypedProgram run = goal instanceof Goal.TestJar ? TestResults.printed(typed) : typed;
            IrProgram ir = pass("lower", () -> Lowering.lower(run));
            pass("costs", () -> CostCheck.check(ir, diagnostics));
            if (goal instanceof Goal.Check) {
                return result(null);
            }
            if (wants(Stage.IR)) {
                return done(IrPrinter.print(ir));
            }
            IrProgram optimized = pass("optimize", () -> Optimizer.optimize(ir));
            if (wants(Stage.IR_OPT)) {
                return done(IrPrinter.print(optimized));
            }
            if (wants(Stage.VECTOR_REPORT)) {
                return done(IrPrinter.vectorReport(optimized));
            }
            if (goal instanceof Goal.CommReport(int ranks, Map<String, Long> configs)) {
                return done(CommReport.text(optimized, ranks, configs));
            }
            List<JavaSourceFile> java = pass("generate", () -> generate(optimized));
            if (wants(Stage.JAVA)) {
                return done(String.join("\n", java.stream().map(JavaSourceFile::text).toList()));
            }
            return jar(source, typed, java);
        }

        private List<JavaSourceFile> generate(IrProgram ir) {
            if (!(goal instanceof Goal.Exports(String javaPackage))) {
                return JavaGenerator.generate(ir);
            }
            List<JavaSourceFile> java = new ArrayList<>(JavaGenerator.generate(ir, javaPackage, ""));
            // A JVM of the user may lack the module with vectors: the same without them.
            java.addAll(JavaGenerator.generate(Optimizer.withoutVectors(ir), javaPackage, "_Plain"));
            return java;
        }

        private @Nullable String javaPackage() {
            return switch (goal) {
                case Goal.Facade(String name) -> name;
                case Goal.Exports(String name) -> name;
                case Goal.Check(), Goal.Jar(), Goal.TestJar(_), Goal.Emit(_), Goal.CommReport(_, _) -> null;
            };
        }

        private boolean wants(Stage stage) {
            return goal instanceof Goal.Emit(Stage wanted) && wanted == stage;
        }

        private Result jar(SourceFile source, TypedProgram typed, List<JavaSourceFile> java) {
            Map<String, byte[]> classes;
            long start = System.nanoTime();
            try {
                classes = JavaCompilation.compile(java, classPath);
            } catch (JavaCompilation.TooLarge e) {
                diagnostics.add(Diagnostic.error("PEL0092", new Span(source, 0, 0), "the program is too large for one Java class")
                        .note("javac says: " + e.getMessage())
                        .note("split long functions and long literals into several functions"));
                return result(null);
            }
            timings.add(new Timing("javac", Duration.ofNanos(System.nanoTime() - start)));
            Map<String, byte[]> rewritten = pass("lines", () -> withPelLines(sourceAttribute(source, typed.modules()), java, classes));
            return result(pass("jar", () -> JarBuilder.jar(mainClass(java.getFirst().name()), version, rewritten, userPath)));
        }

        private String mainClass(String program) {
            if (!(goal instanceof Goal.TestJar(String test))) {
                return program;
            }
            for (int k = 0; k < tests.size(); k++) {
                if (tests.get(k).name().equals(test)) {
                    return JavaGenerator.testClass(program, k + 1);
                }
            }
            throw new IllegalArgumentException("no test named " + test);
        }

        private <T> T pass(String name, Supplier<T> work) {
            long start = System.nanoTime();
            T result = work.get();
            timings.add(new Timing(name, Duration.ofNanos(System.nanoTime() - start)));
            return result;
        }

        private void pass(String name, Runnable work) {
            pass(name, () -> {
                work.run();
                return true;
            });
        }

        private Result done(String text) {
            return result(text.getBytes(StandardCharsets.UTF_8));
        }

        private Result result(byte @Nullable [] product) {
            return new Result(diagnostics.sorted(), product, tests, List.copyOf(timings));
        }
    }

    /** The name of the main file; with modules {@code main.pel|shapes.pel:120}: lines above 120 of the tables are those of the module. */
    private static String sourceAttribute(SourceFile source, List<SourceFile> modules) {
        StringBuilder text = new StringBuilder(base(source));
        modules.stream().sorted(java.util.Comparator.comparingInt(SourceFile::linesBefore))
                .forEach(m -> text.append('|').append(base(m)).append(':').append(m.linesBefore()));
        return text.toString();
    }

    private static String base(SourceFile file) {
        return file.name().substring(Math.max(file.name().lastIndexOf('/'), file.name().lastIndexOf('\\')) + 1);
    }

    private static Map<String, byte[]> withPelLines(String file, List<JavaSourceFile> java, Map<String, byte[]> classes) {
        Map<String, byte[]> out = new TreeMap<>();
        for (JavaSourceFile source : java) {
            classes.forEach((name, bytes) -> {
                if (name.equals(source.name()) || name.startsWith(source.name() + "$")) {
                    out.put(name, LineRewriter.rewrite(bytes, file, source.lineTable()));
                }
            });
        }
        return out;
    }
}
