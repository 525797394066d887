package org.pellang.compiler.interpreter;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ExternFunction;

/** Calls of the user's static Java methods by reflection; arrays are copied, and copied back if the method may change them. */
final class JavaCalls {
    private final ExternBridge bridge;
    private final JavaValues values;

    JavaCalls(ExternBridge bridge, JavaValues values) {
        this.bridge = bridge;
        this.values = values;
    }

    Object call(ExternFunction f, ExternFunction.Java java, List<Object> arguments, Machine machine) {
        Class<?>[] types = new Class<?>[arguments.size()];
        Object[] given = new Object[arguments.size()];
        for (int k = 0; k < given.length; k++) {
            types[k] = type(java.params().get(k));
            given[k] = types[k].isArray() ? elements((ArrayValue) arguments.get(k), types[k].componentType())
                    : scalar(values.toJava(arguments.get(k), f.params().get(k), machine), types[k]);
        }
        Object result = invoke(f, types, given);
        for (int k = 0; k < given.length; k++) {
            if (java.mutable().get(k) && types[k].isArray()) {
                ArrayValue a = (ArrayValue) arguments.get(k);
                for (int i = 0; i < a.data.length; i++) {
                    a.data[i] = value(Array.get(given[k], i), a.element);
                }
            }
        }
        return f.result() == Type.Scalar.VOID ? Boolean.TRUE : result(result, f.result());
    }

    private Object result(Object result, Type type) {
        if (type instanceof Type.Array a && result.getClass().isArray()) {
            Object[] data = new Object[Array.getLength(result)];
            for (int i = 0; i < data.length; i++) {
                data[i] = value(Array.get(result, i), a.element());
            }
            return ArrayValue.line(a.element(), List.of(data));
        }
        return type instanceof Type.Scalar && !(result instanceof Record) ? value(result, type) : values.fromJava(result, type);
    }

    private Object invoke(ExternFunction f, Class<?>[] types, Object[] given) {
        try {
            Method method = bridge.type(f.className()).getMethod(f.method(), types);
            Object result = method.invoke(null, given);
            return result == null ? Boolean.TRUE : result;
        } catch (InvocationTargetException e) {
            throw new Trap(null, "the Java method " + f.className() + "." + f.method() + " threw " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object elements(ArrayValue a, Class<?> element) {
        Object all = Array.newInstance(element, a.data.length);
        for (int i = 0; i < a.data.length; i++) {
            Array.set(all, i, scalar(a.data[i], element));
        }
        return all;
    }

    private static Object scalar(Object value, Class<?> type) {
        if (!(value instanceof Number n) || !type.isPrimitive()) {
            return value;
        }
        return switch (type.getName()) {
            case "int" -> n.intValue();
            case "short" -> n.shortValue();
            case "byte" -> n.byteValue();
            case "float" -> n.floatValue();
            default -> value;
        };
    }

    /** A Java scalar as PEL's: whole numbers are ints, bytes 0..255. */
    private static Object value(Object java, Type type) {
        return switch (java) {
            case Byte b -> type == Type.Scalar.BYTE ? (long) (b & 0xff) : (long) b;
            case Short s -> (long) s;
            case Integer i -> (long) i;
            default -> java;
        };
    }

    private Class<?> type(String descriptor) {
        return switch (descriptor) {
            case "J" -> long.class;
            case "I" -> int.class;
            case "S" -> short.class;
            case "B" -> byte.class;
            case "D" -> double.class;
            case "F" -> float.class;
            case "Z" -> boolean.class;
            default -> descriptor.startsWith("[")
                    ? type(descriptor.substring(1)).arrayType()
                    : bridge.type(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
        };
    }
}
