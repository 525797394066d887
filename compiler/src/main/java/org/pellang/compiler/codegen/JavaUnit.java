package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.loop.LoopApi;
import org.pellang.compiler.ir.Facts;
import org.pellang.compiler.sema.checkpoint.CheckpointStates;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** The Java class that is being generated: the classes it names, its constants, nested records and methods. */
public final class JavaUnit {
    /** The field that holds this rank. */
    public static final String RANK = "rank";

    /**
     * A nested record: {@code record Name(double x, long y) {}}.
     *
     * @param same the expression that compares this with {@code b}
     * @param copy the expression that copies this, or null if it has no mutable component
     */
    record NestedRecord(String name, List<String> components, String same, @Nullable String copy) {}

    /** A {@code private static final} field. */
    record Constant(String type, String name, String initialiser) {}

    private final String packageName;
    private final String name;
    private final TypedProgram program;
    private final Names names = new Names();
    private final Map<String, String> writtenNames = new HashMap<>();
    private final Map<String, String> classes = new HashMap<>();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final List<NestedRecord> records = new ArrayList<>();
    private final List<JavaMethod> methods = new ArrayList<>();
    private final Map<Integer, String> tests = new TreeMap<>();
    private final Map<Integer, String> exports = new TreeMap<>();
    private final JavaTypes types;
    private final FunctionTable functions;
    private final Globals globals;
    private final TaskKinds tasks;
    private final Facts facts;
    private final Set<Var> buffers;
    private @Nullable CheckpointStates checkpoints;

    /**
     * @param name simple name of the class
     * @param program what it is generated from
     */
    public JavaUnit(String name, TypedProgram program) {
        this(ClassText.PACKAGE, name, program);
    }

    /** A class of another package than {@code pel}. */
    JavaUnit(String packageName, String name, TypedProgram program) {
        this.packageName = packageName;
        this.name = name;
        this.program = program;
        names.reserve(name);
        names.reserve(RANK);
        names.reserve("thisRank");
        JavaTypes.JAVA_LANG.forEach(names::reserve);
        RuntimeApi.simpleNames().forEach(names::reserve);
        ExplicitApi.simpleNames().forEach(names::reserve);
        LoopApi.simpleNames().forEach(names::reserve);
        for (String member : List.of("info", "run", "tests", "main", "toString", "hashCode", "getClass", "notify", "wait", "equals")) {
            names.reserve(member);
        }
        this.types = new JavaTypes(this);
        this.globals = new Globals(program, this);
        this.facts = new Facts(program);
        this.buffers = buffers(program);
        this.functions = new FunctionTable(program, names, globals.constants());
        this.tasks = new TaskKinds(this, program);
    }

    /** What declarations tell about variables. */
    public Facts facts() {
        return facts;
    }

    /** The functions that are spawned. */
    TaskKinds tasks() {
        return tasks;
    }

    /** Whether a local is filled by a receive that goes on beside the code: it must be reachable from there. */
    boolean isBuffer(Var variable) {
        return buffers.contains(variable);
    }

    private static Set<Var> buffers(TypedProgram program) {
        Set<Var> found = new HashSet<>();
        TreeWalk.everyExpression(program, e -> {
            if (e instanceof TExpr.ChannelOp c && c.kind() == TExpr.ChannelKind.IRECV) {
                TExpr root = c.message();
                while (root instanceof TExpr.Component x) {
                    root = x.value();
                }
                if (root instanceof TExpr.Read r && !(r.type() instanceof Type.Array)) {
                    found.add(r.variable());
                }
            }
        });
        return found;
    }

    /** What checkpointed loops save. */
    CheckpointStates checkpoints() {
        if (checkpoints == null) {
            checkpoints = CheckpointStates.of(program);
        }
        return checkpoints;
    }

    Globals globals() {
        return globals;
    }

    /** The functions as Java methods. */
    public FunctionTable functions() {
        return functions;
    }

    public String name() {
        return name;
    }

    String packageName() {
        return packageName;
    }

    public TypedProgram program() {
        return program;
    }

    public JavaTypes types() {
        return types;
    }

    /** Names of members; {@code names().inner()} for the locals of a method. */
    public Names names() {
        return names;
    }

    /** The name to write for a class: its simple name, unless that means something else in this unit. */
    public String use(String qualifiedName) {
        String known = writtenNames.get(qualifiedName);
        if (known != null) {
            return known;
        }
        String simple = qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1);
        boolean free = !classes.containsKey(simple) && !simple.equals(name)
                && records.stream().noneMatch(r -> r.name().equals(simple));
        String written = free ? simple : qualifiedName;
        writtenNames.put(qualifiedName, written);
        names.reserve(simple);
        if (free) {
            classes.put(simple, qualifiedName);
        }
        return written;
    }

    /** The names of this unit's text for JavaPoet. */
    JavaNames javaNames() {
        return new JavaNames(packageName, name, classes);
    }

    /** A {@code private static final} constant; the same initialiser gives the same constant. */
    public String constant(String javaType, String hint, String initialiser) {
        String key = javaType + " " + initialiser;
        Constant known = constants.get(key);
        if (known == null) {
            known = new Constant(javaType, names.fresh(hint), initialiser);
            constants.put(key, known);
        }
        return known.name();
    }

    /** The constant for the place of a collective: file, line and construct. */
    public JavaExpr site(Span span, String construct) {
        String arguments = JavaLiteral.string(span.file().name()) + ", " + span.line() + ", " + JavaLiteral.string(construct);
        String type = use(RuntimeApi.SITE);
        return JavaExpr.stable(constant(type, "SITE_" + span.line(), "new " + type + "(" + arguments + ")"));
    }

    /** A nested record; components with their types. */
    void record(String recordName, List<String> components, String same, @Nullable String copy) {
        records.add(new NestedRecord(recordName, components, same, copy));
    }

    /** Adds a method. */
    public void add(JavaMethod method) {
        methods.add(method);
    }

    /** The field that holds this rank; {@code this} must be in scope. */
    public JavaExpr rank() {
        return JavaExpr.stable(RANK);
    }

    /** The method of test {@code number}. */
    void addTest(int number, String method) {
        tests.put(number, method);
    }

    Map<Integer, String> tests() {
        return tests;
    }

    /** The method of exported function {@code number}. */
    void addExport(int number, String method) {
        exports.put(number, method);
    }

    Map<Integer, String> exports() {
        return exports;
    }

    Collection<Constant> constants() {
        return constants.values();
    }

    List<NestedRecord> records() {
        return records;
    }

    List<JavaMethod> methods() {
        return methods;
    }
}
