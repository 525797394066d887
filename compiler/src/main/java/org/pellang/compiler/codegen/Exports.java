package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/**
 * The functions of a program that Java may call, and why it may not call others.
 *
 * @param functions in the order of the program
 * @param refused the others
 */
record Exports(List<Export> functions, List<Refused> refused) {

    /**
     * A function.
     *
     * @param number from 1
     * @param javaName of its method
     */
    record Export(int number, String javaName, TFunction function, @Nullable String doc) {}

    /** A function that Java cannot call, and why. */
    record Refused(String name, String reason) {}

    static Exports of(TypedProgram program) {
        List<Export> functions = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        Names names = new Names();
        List.of("on", "getClass", "hashCode", "equals", "toString", "notify", "notifyAll", "wait", "clone", "finalize").forEach(names::reserve);
        program.configs().forEach(c -> names.reserve(setter(c.variable().name())));
        for (TypedProgram.TExport e : program.exports()) {
            String reason = reason(program, e.function());
            if (reason == null) {
                functions.add(new Export(functions.size() + 1, names.fresh(camel(e.name())), program.functions().get(e.function().orElseThrow()), e.doc()));
            } else {
                refused.add(new Refused(e.name(), reason));
            }
        }
        return new Exports(List.copyOf(functions), List.copyOf(refused));
    }

    /** {@code withMaxSteps} for the option {@code max_steps}. */
    static String setter(String config) {
        return "with" + capital(camel(config));
    }

    /** {@code closePrice} for {@code close_price}. */
    static String camel(String name) {
        StringBuilder text = new StringBuilder();
        for (String word : name.split("_")) {
            text.append(text.isEmpty() ? word : capital(word));
        }
        return text.isEmpty() ? name : text.toString();
    }

    static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static @Nullable String reason(TypedProgram program, OptionalInt function) {
        if (function.isEmpty()) {
            return "a parameter has no type";
        }
        TFunction f = program.functions().get(function.getAsInt());
        for (Var p : f.params()) {
            boolean mutable = p.kind() == Var.Kind.MUT_PARAM;
            if (mutable && !(p.type() instanceof Type.Array)) {
                return "the mut parameter " + p.name() + " is no array";
            }
            if (p.type() instanceof Type.Array a && !a.distribution().isLocal()) {
                return "the parameter " + p.name() + " is a distributed array";
            }
            if (!isVisible(p.type())) {
                return "Java has no type for " + p.type() + " (" + p.name() + ")";
            }
        }
        boolean spread = f.result() instanceof Type.Array;
        boolean visible = f.result() == Type.Scalar.VOID || (spread ? isElement(((Type.Array) f.result()).element()) : isVisible(f.result()));
        return visible ? null : "Java has no type for the result, " + f.result();
    }

    private static boolean isVisible(Type type) {
        return switch (type) {
            case Type.Scalar s -> s != Type.Scalar.VOID && s != Type.Scalar.ERROR;
            case Type.Array a -> a.distribution().isLocal() && isElement(a.element());
            case Type.ListOf l -> isElement(l.element());
            case Type.MapOf m -> !m.distributed() && isElement(m.key()) && isElement(m.value());
            case Type.Tuple t -> t.elements().stream().allMatch(Exports::isVisible);
            case Type.Record r -> r.fields().stream().allMatch(f -> isVisible(f.type()));
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> false;
        };
    }

    private static boolean isElement(Type type) {
        return type instanceof Type.Scalar s && s != Type.Scalar.VOID && s != Type.Scalar.ERROR;
    }

    /** Whether Java sees an array as a Java array: one axis, numbers, bools or strings. */
    static boolean isJavaArray(Type.Array a) {
        return a.axes() == 1 && a.element() instanceof Type.Scalar s && s != Type.Scalar.COMPLEX && !s.isVector();
    }
}
