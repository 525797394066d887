package org.pellang.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Which way dependencies point, as docs/architecture.md draws it: between modules, inside the compiler and inside the runtime. Written as tables
 * of what each part may use.
 */
final class ArrowsTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.pellang");

    /** Each module's package and the modules that it may use. */
    private static final Map<String, Set<String>> MODULES = Map.of(
            "grammar", Set.of(),
            "compiler", Set.of("grammar"),
            "runtime", Set.of(),
            "stdlib", Set.of("runtime"),
            "launcher", Set.of("runtime"),
            "cli", Set.of("compiler", "launcher", "runtime", "stdlib"));

    /** The compiler's chain: each part may use those before it. */
    private static final List<String> COMPILER =
            List.of("source", "diagnostic", "syntax", "sema", "ir", "opt", "codegen", "build");

    /** The runtime's chain: parts of one line do not matter to each other, each may use the lines before. */
    private static final List<Set<String>> RUNTIME = List.of(
            Set.of("wire", "memory", "trace"), Set.of("transport"), Set.of("progress"), Set.of("", "collective", "task"),
            Set.of("value", "array", "loop", "explicit"), Set.of("checkpoint"), Set.of("bootstrap", "tune"), Set.of("embed"));

    /** Words of the API that every part of the runtime may say: values and exceptions without behaviour of their own. */
    private static final Set<String> VOCABULARY = Set.of("CommException", "Op", "PelTrap", "Received", "Request", "Site", "Status");

    @Test
    void modules() {
        assertThat(wrong("org.pellang.", (from, to) -> from.equals(to) || MODULES.getOrDefault(from, Set.of("runtime", "stdlib", "cli")).contains(to)))
                .isEmpty();
    }

    @Test
    void insideTheCompiler() {
        assertThat(wrong("org.pellang.compiler.", (from, to) -> {
                    int source = COMPILER.indexOf(from);
                    int target = COMPILER.indexOf(to);
                    // The facade uses everything; the interpreter walks the typed tree, beside the chain.
                    boolean facade = from.isEmpty();
                    boolean interpreter = from.equals("interpreter") && (to.equals("interpreter") || target >= 0 && target <= COMPILER.indexOf("sema"));
                    // The formatter and the documentation read texts and trees only.
                    boolean texts = Set.of("format", "doc").contains(from) && (to.equals(from) || target >= 0 && target <= COMPILER.indexOf("syntax"));
                    return facade || interpreter || texts || source >= 0 && target >= 0 && target <= source;
                }))
                .isEmpty();
    }

    @Test
    void insideTheRuntime() {
        assertThat(wrong("org.pellang.runtime.", (from, to) -> line(to) <= line(from))).isEmpty();
    }

    @Test
    void theRuntimeUsesNothingButTheJdk() {
        Set<String> foreign = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (type.getPackageName().startsWith("org.pellang.runtime") || type.getPackageName().startsWith("org.pellang.stdlib")) {
                for (Dependency d : type.getDirectDependenciesFromSelf()) {
                    String target = d.getTargetClass().getPackageName();
                    if (!target.isEmpty() && !target.startsWith("java") && !target.startsWith("org.pellang.") && !target.startsWith("org.jspecify")
                            && !target.startsWith("jdk.") && !d.getTargetClass().isPrimitive()) {
                        foreign.add(type.getName() + " -> " + d.getTargetClass().getName());
                    }
                }
            }
        }
        assertThat(foreign).isEmpty();
    }

    @Test
    void onlyTheCodeGeneratorKnowsJavaPoet() {
        Set<String> packages = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (type.getDirectDependenciesFromSelf().stream().anyMatch(d -> d.getTargetClass().getPackageName().startsWith("com.palantir"))) {
                packages.add(type.getPackageName());
            }
        }
        assertThat(packages).containsExactly("org.pellang.compiler.codegen");
    }

    @Test
    void onlyTheCommandLineTalksAndExits() {
        Set<String> talkers = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String name = type.getPackageName();
            if (name.startsWith("org.pellang.compiler") || name.startsWith("org.pellang.launcher") || name.startsWith("org.pellang.grammar")) {
                type.getAccessesFromSelf().stream()
                        .filter(a -> a.getTargetOwner().getName().equals("java.lang.System")
                                && Set.of("out", "err", "exit").contains(a.getTarget().getName()))
                        .forEach(a -> talkers.add(type.getName() + " -> System." + a.getTarget().getName()));
            }
        }
        assertThat(talkers).isEmpty();
    }

    private static int line(String part) {
        for (int i = 0; i < RUNTIME.size(); i++) {
            if (RUNTIME.get(i).contains(part)) {
                return i;
            }
        }
        return RUNTIME.size();
    }

    private interface Allowed {
        boolean use(String from, String to);
    }

    private static Set<String> wrong(String prefix, Allowed allowed) {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (Dependency d : type.getDirectDependenciesFromSelf()) {
                String from = part(type, prefix);
                String to = part(d.getTargetClass(), prefix);
                boolean word = to.isEmpty() && VOCABULARY.contains(d.getTargetClass().getBaseComponentType().getSimpleName());
                if (!word && !from.equals("-") && !to.equals("-") && !from.equals(to) && !allowed.use(from, to)) {
                    wrong.add(type.getName() + " -> " + d.getTargetClass().getName());
                }
            }
        }
        return wrong;
    }

    // The part of the package name after the prefix; empty for the package itself, "-" for classes elsewhere.
    private static String part(JavaClass type, String prefix) {
        String name = type.getPackageName() + ".";
        if (!name.startsWith(prefix)) {
            return "-";
        }
        String rest = name.substring(prefix.length());
        return rest.isEmpty() ? "" : rest.substring(0, rest.indexOf('.'));
    }
}
