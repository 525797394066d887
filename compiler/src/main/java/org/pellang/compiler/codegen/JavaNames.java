package org.pellang.compiler.codegen;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of types in generated text as JavaPoet's references to classes, which is what it writes imports from. A simple name that a unit uses for a class means
 * nothing else in that unit ({@link JavaUnit#use} reserves it), so a name in the text is enough to know.
 */
final class JavaNames {
    private final String packageName;
    private final String unit;
    private final Map<String, String> classes;

    /**
     * @param packageName of the class that is generated
     * @param unit simple name of the class that is generated
     * @param classes qualified names of the classes in use, by the simple names that stand for them
     */
    JavaNames(String packageName, String unit, Map<String, String> classes) {
        this.packageName = packageName;
        this.unit = unit;
        this.classes = classes;
    }

    /** The type {@code "double[]"}, {@code "PelList<Long>"}, {@code "long"}. */
    TypeName type(String text) {
        if (text.endsWith("[]")) {
            return ArrayTypeName.of(type(text.substring(0, text.length() - 2)));
        }
        int open = text.indexOf('<');
        if (open >= 0) {
            TypeName[] arguments = arguments(text.substring(open + 1, text.length() - 1)).stream().map(this::type).toArray(TypeName[]::new);
            return ParameterizedTypeName.get(reference(text.substring(0, open)), arguments);
        }
        return switch (text) {
            case "void" -> TypeName.VOID;
            case "boolean" -> TypeName.BOOLEAN;
            case "byte" -> TypeName.BYTE;
            case "short" -> TypeName.SHORT;
            case "int" -> TypeName.INT;
            case "long" -> TypeName.LONG;
            case "float" -> TypeName.FLOAT;
            case "double" -> TypeName.DOUBLE;
            default -> reference(text);
        };
    }

    private static List<String> arguments(String list) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int k = 0; k < list.length(); k++) {
            char c = list.charAt(k);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0) {
                arguments.add(list.substring(from, k).strip());
                from = k + 1;
            }
        }
        arguments.add(list.substring(from).strip());
        return arguments;
    }

    private com.palantir.javapoet.ClassName reference(String name) {
        com.palantir.javapoet.ClassName used = used(name);
        if (used != null) {
            return used;
        }
        int dot = name.lastIndexOf('.');
        if (dot > 0) {
            com.palantir.javapoet.ClassName outer = used(name.substring(0, dot));
            String simple = name.substring(dot + 1);
            return outer != null ? outer.nestedClass(simple) : com.palantir.javapoet.ClassName.get(name.substring(0, dot), simple);
        }
        com.palantir.javapoet.ClassName self = com.palantir.javapoet.ClassName.get(packageName, unit);
        return JavaTypes.JAVA_LANG.contains(name) ? com.palantir.javapoet.ClassName.get("java.lang", name)
                : name.equals(unit) ? self : self.nestedClass(name);
    }

    private com.palantir.javapoet.@Nullable ClassName used(String simple) {
        String qualified = classes.get(simple);
        return qualified == null ? null
                : com.palantir.javapoet.ClassName.get(qualified.substring(0, qualified.lastIndexOf('.')), simple);
    }

    /** One line of Java, without its end. */
    CodeBlock code(String text) {
        StringBuilder format = new StringBuilder();
        List<Object> arguments = new ArrayList<>();
        int from = 0;
        int k = text.startsWith("//") ? text.length() : 0;
        while (k < text.length()) {
            char c = text.charAt(k);
            if (c == '"' || c == '\'') {
                k = afterLiteral(text, k);
            } else if (Character.isJavaIdentifierStart(c)) {
                int end = afterName(text, k);
                com.palantir.javapoet.ClassName used = k > 0 && text.charAt(k - 1) == '.' ? null : used(text.substring(k, end));
                if (used != null) {
                    format.append("$L$T");
                    arguments.add(text.substring(from, k));
                    arguments.add(used);
                    from = end;
                }
                k = end;
            } else {
                // A number may end in letters: 1L, 0x1p3, 1e5.
                k = Character.isDigit(c) ? afterName(text, k) : k + 1;
            }
        }
        arguments.add(text.substring(from));
        return CodeBlock.of(format.append("$L").toString(), arguments.toArray());
    }

    private static int afterName(String text, int start) {
        int k = start + 1;
        while (k < text.length() && Character.isJavaIdentifierPart(text.charAt(k))) {
            k++;
        }
        return k;
    }

    private static int afterLiteral(String text, int start) {
        int k = start + 1;
        while (k < text.length() && text.charAt(k) != text.charAt(start)) {
            k += text.charAt(k) == '\\' ? 2 : 1;
        }
        return k + 1;
    }
}
