package org.pellang.compiler.interpreter;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ExternFunction;
import org.pellang.compiler.source.Span;

/**
 * Calls static Java methods of the standard library by reflection. The one place where values of the interpreter and of the
 * runtime meet.
 */
final class ExternBridge {
    private static final String RUNTIME = "org.pellang.runtime.";

    private final ClassLoader loader;
    private final JavaValues values;

    ExternBridge(ClassLoader loader) {
        this.loader = loader;
        this.values = new JavaValues(this);
    }

    /** A class by name; its absence is a fault of the set-up. */
    Class<?> type(String name) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the class path has no " + name, e);
        }
    }

    /** {@code Format.format} of a scalar. */
    String format(Object scalar, String spec) {
        return (String) invoke(method("org.pellang.stdlib.Format", "format", Object.class, String.class), scalar, spec);
    }

    /** A power of floats: what {@code **} gives is defined by the library, which tests of the interpreter alone do without. */
    double power(double base, double exponent) {
        String library = "org.pellang.stdlib.MathFunctions";
        return loader.getResource(library.replace('.', '/') + ".class") == null
                ? StrictMath.pow(base, exponent)
                : (double) invoke(method(library, "pow", double.class, double.class), base, exponent);
    }

    /** Name of this machine, as the runtime tells it. */
    String host() {
        return (String) invoke(method(RUNTIME + "Rank", "hostName"), null);
    }

    private Method method(String className, String name, Class<?>... parameters) {
        try {
            return type(className).getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("there is no " + className + "." + name + Arrays.toString(parameters), e);
        }
    }

    Object invoke(Method method, @Nullable Object target, Object... arguments) {
        try {
            boolean isStatic = java.lang.reflect.Modifier.isStatic(method.getModifiers());
            Object[] all = isStatic ? prepend(target, arguments) : arguments;
            Object result = method.invoke(isStatic ? null : target, isStatic ? all : arguments);
            return result == null ? Boolean.TRUE : result;
        } catch (InvocationTargetException e) {
            throw trap(e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object[] prepend(@Nullable Object first, Object[] rest) {
        if (first == null) {
            return rest;
        }
        Object[] all = new Object[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private static RuntimeException trap(Throwable cause) {
        if (cause instanceof Trap || cause instanceof JobEnd || cause instanceof InterpreterFault) {
            return (RuntimeException) cause;
        }
        return cause.getClass().getName().startsWith(RUNTIME)
                ? new Trap(null, String.valueOf(cause.getMessage()))
                : new IllegalStateException("a library function failed", cause);
    }

    /** Calls a library function. Collective ones get whole arrays and a job of one rank: their results do not depend on the number of ranks. */
    Object call(Machine machine, ExternFunction f, List<Object> arguments, Span span) {
        if (f.java() != null) {
            return new JavaCalls(this, values).call(f, f.java(), arguments, machine);
        }
        if (!f.collective()) {
            return plain(machine, f, arguments);
        }
        List<Object> whole = new ArrayList<>();
        arguments.forEach(a -> whole.add(machine.expressions().printable(a, span)));
        return collective(f.className(), f.method(), f.params(), f.result(), whole, span, machine);
    }

    private Object plain(Machine machine, ExternFunction f, List<Object> arguments) {
        Class<?>[] types = f.params().stream().map(values::javaType).toArray(Class<?>[]::new);
        Object[] java = new Object[types.length];
        for (int k = 0; k < java.length; k++) {
            java[k] = values.toJava(arguments.get(k), f.params().get(k), machine);
        }
        Object result = invoke(method(f.className(), f.method(), types), null, java);
        return f.result() == Type.Scalar.VOID ? Boolean.TRUE : values.fromJava(result, f.result());
    }

    Object plot(String method, List<Type> types, List<Object> arguments, Span span) {
        return collective("org.pellang.stdlib.Plot", method, types, Type.Scalar.VOID, arguments, span, null);
    }

    private Object collective(
            String className, String name, List<Type> types, Type result, List<Object> arguments, Span span, @Nullable Machine machine) {
        List<Class<?>> parameters = new ArrayList<>(List.of(type(RUNTIME + "Rank"), type(RUNTIME + "Site")));
        types.forEach(t -> parameters.add(values.javaType(t)));
        Method method = method(className, name, parameters.toArray(Class<?>[]::new));
        List<Object> java = new ArrayList<>();
        for (int k = 0; k < arguments.size(); k++) {
            java.add(values.toJava(arguments.get(k), types.get(k), machine));
        }
        Object[] results = {Boolean.TRUE};
        onOneRank(rank -> {
            List<Object> all = new ArrayList<>(List.of(rank, site(span, name)));
            all.addAll(java);
            results[0] = invoke(method, null, all.toArray());
        });
        return result == Type.Scalar.VOID ? Boolean.TRUE : values.fromJava(results[0], result);
    }

    private Object site(Span span, String name) {
        try {
            Constructor<?> constructor = type(RUNTIME + "Site").getConstructor(String.class, int.class, String.class);
            return constructor.newInstance(span.file().name(), span.line(), name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void onOneRank(java.util.function.Consumer<Object> body) {
        RuntimeException[] failure = {null};
        Class<?> programType = type(RUNTIME + "PelProgram");
        Object program = Proxy.newProxyInstance(loader, new Class<?>[] {programType}, (proxy, method, args) -> {
            if (method.getName().equals("info")) {
                return type(RUNTIME + "ProgramInfo").getConstructor(String.class, String.class, List.class).newInstance("library", "", List.of());
            }
            try {
                body.accept(args[0]);
            } catch (RuntimeException e) {
                failure[0] = e;
            }
            return null;
        });
        Supplier<Object> programs = () -> program;
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            Class<?> consoleType = type(RUNTIME + "Console");
            Object console = consoleType.getConstructor(PrintStream.class, PrintStream.class).newInstance(nowhere, nowhere);
            Method run = method(RUNTIME + "bootstrap.ThreadsEngine", "run", Supplier.class, int.class, List.class, consoleType);
            invoke(run, programs, 1, List.of(), console);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }
}
