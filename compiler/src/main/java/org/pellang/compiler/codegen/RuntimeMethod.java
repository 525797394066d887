package org.pellang.compiler.codegen;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A method or constructor of the runtime or the standard library that generated code calls.
 *
 * @param owner qualified name of its class
 * @param name its name; {@code new} for a constructor
 * @param params simple names of the parameter types, erased: {@code long}, {@code double[]}, {@code Object...}
 * @param result simple name of the erased result type; empty for a constructor
 * @param isStatic whether it is called on the class
 */
public record RuntimeMethod(String owner, String name, List<String> params, String result, boolean isStatic) {

    /** Reads {@code "static int at(long, long)"}, {@code "int at(long)"} or {@code "new(long[], long[])"}. */
    public static RuntimeMethod of(String owner, String signature) {
        int open = signature.indexOf('(');
        List<String> words = List.of(signature.substring(0, open).trim().split(" +"));
        String inside = signature.substring(open + 1, signature.lastIndexOf(')')).trim();
        List<String> params = inside.isEmpty() ? List.of() : List.of(inside.split(" *, *"));
        String name = words.getLast();
        String result = words.size() > 1 ? words.get(words.size() - 2) : "";
        return new RuntimeMethod(owner, name, params, result, words.getFirst().equals("static"));
    }

    /** A call of an instance method. */
    public JavaExpr on(JavaExpr receiver, JavaExpr... arguments) {
        return JavaExpr.primary(receiver.receiver() + "." + name + "(" + list(Arrays.asList(arguments)) + ")");
    }

    /** A call of a static method or constructor. */
    public JavaExpr call(JavaUnit unit, JavaExpr... arguments) {
        return call(unit, Arrays.asList(arguments));
    }

    /** A call of a static method or constructor. */
    public JavaExpr call(JavaUnit unit, List<JavaExpr> arguments) {
        String type = unit.use(owner);
        String callee = name.equals("new") ? "new " + type : type + "." + name;
        return JavaExpr.primary(callee + "(" + list(arguments) + ")");
    }

    private static String list(List<JavaExpr> arguments) {
        return arguments.stream().map(JavaExpr::text).collect(Collectors.joining(", "));
    }
}
