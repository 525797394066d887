package org.pellang.compiler.interpreter;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;

/** Converts values of the interpreter to those of the runtime and back, by reflection. */
final class JavaValues {
    private static final String VALUE = "org.pellang.runtime.value.";
    private static final String ARRAY = "org.pellang.runtime.array.";

    private final ExternBridge bridge;

    JavaValues(ExternBridge bridge) {
        this.bridge = bridge;
    }

    Class<?> javaType(Type type) {
        return switch (type) {
            case Type.Scalar s -> switch (s) {
                case INT, INT32, INT16, BYTE -> long.class;
                case FLOAT -> double.class;
                case FLOAT32 -> float.class;
                case BOOL -> boolean.class;
                case STRING -> String.class;
                case COMPLEX -> bridge.type(VALUE + "Complex");
                case VEC2 -> bridge.type(VALUE + "Vec2");
                case VEC3 -> bridge.type(VALUE + "Vec3");
                case VEC4 -> bridge.type(VALUE + "Vec4");
                case VOID, ERROR -> void.class;
            };
            case Type.Array _ -> bridge.type(ARRAY + "PelArray");
            case Type.ListOf _ -> bridge.type(VALUE + "PelList");
            case Type.Function _ -> bridge.type(VALUE + "Fn");
            case Type.Domain _ -> bridge.type(ARRAY + "Domain");
            case Type.Tuple _, Type.Record _, Type.MapOf _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> Object.class;
        };
    }

    Object toJava(Object value, Type type, @Nullable Machine machine) {
        try {
            return switch (value) {
                case ComplexValue z -> javaType(Type.Scalar.COMPLEX).getConstructor(double.class, double.class).newInstance(z.re(), z.im());
                case VectorValue v -> vector(v);
                case ArrayValue a -> array(a, machine);
                case ListValue l -> list(l, type, machine);
                case FunctionValue f -> function(f, (Type.Function) type, machine);
                default -> value;
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object vector(VectorValue v) throws ReflectiveOperationException {
        int n = v.parts().length;
        Class<?>[] types = new Class<?>[n];
        Object[] parts = new Object[n];
        for (int k = 0; k < n; k++) {
            types[k] = double.class;
            parts[k] = v.parts()[k];
        }
        return bridge.type(VALUE + "Vec" + n).getConstructor(types).newInstance(parts);
    }

    private Object array(ArrayValue a, @Nullable Machine machine) throws ReflectiveOperationException {
        if (!(a.element instanceof Type.Scalar element)) {
            throw new IllegalStateException("no library function takes arrays of " + a.element);
        }
        Class<?> arrayType = bridge.type(ARRAY + "PelArray");
        Class<?> domainType = bridge.type(ARRAY + "Domain");
        Class<?> elemType = bridge.type(ARRAY + "ElemType");
        Object domain = bridge.invoke(domainType.getMethod("local", long[].class, long[].class), a.domain.lo(), (Object) a.domain.hi());
        for (int d = 0; d < a.domain.axes(); d++) {
            if (a.domain.step()[d] != 1) {
                domain = bridge.invoke(domainType.getMethod("by", int.class, long.class), domain, d, a.domain.step()[d]);
            }
        }
        Object elem = elemType.getField(element.name()).get(null);
        Object result = bridge.invoke(arrayType.getMethod("create", domainType, elemType), domain, elem);
        Method at = arrayType.getMethod("at", long[].class);
        Method set = arrayType.getMethod("set", int.class, Object.class);
        int[] next = {0};
        a.domain.forEach(index -> bridge.invoke(
                set, result, bridge.invoke(at, result, (Object) index), toJava(a.data[next[0]++], a.element, machine)));
        return result;
    }

    private Object list(ListValue l, Type type, @Nullable Machine machine) throws ReflectiveOperationException {
        Class<?> listType = bridge.type(VALUE + "PelList");
        Object result = listType.getConstructor().newInstance();
        Method push = listType.getMethod("push", Object.class);
        for (Object item : l.items) {
            bridge.invoke(push, result, toJava(item, ((Type.ListOf) type).element(), machine));
        }
        return result;
    }

    private Object function(FunctionValue f, Type.Function type, @Nullable Machine machine) {
        if (machine == null) {
            throw new IllegalStateException("a function value without a rank to run it");
        }
        InvocationHandler handler = (proxy, method, args) -> {
            List<Object> all = new ArrayList<>(List.of(f.captured()));
            Object[] given = (Object[]) args[0];
            for (int k = 0; k < given.length; k++) {
                all.add(fromJava(given[k], type.params().get(k)));
            }
            return toJava(machine.call(f.function(), all.toArray()), type.result(), machine);
        };
        Class<?> fn = bridge.type(VALUE + "Fn");
        return Proxy.newProxyInstance(fn.getClassLoader(), new Class<?>[] {fn}, handler);
    }

    Object fromJava(Object value, Type type) {
        try {
            return switch (type) {
                case Type.Scalar s when s == Type.Scalar.COMPLEX -> new ComplexValue(number(value, "re"), number(value, "im"));
                case Type.Scalar s when s.isVector() -> {
                    String names = "xyzw".substring(0, s == Type.Scalar.VEC2 ? 2 : s == Type.Scalar.VEC3 ? 3 : 4);
                    double[] parts = new double[names.length()];
                    for (int k = 0; k < parts.length; k++) {
                        parts[k] = number(value, names.substring(k, k + 1));
                    }
                    yield new VectorValue(parts);
                }
                case Type.Array a -> fromArray(value, a);
                case Type.ListOf l -> {
                    ListValue list = new ListValue();
                    for (Object item : (Iterable<?>) value) {
                        list.items.add(fromJava(item, l.element()));
                    }
                    yield list;
                }
                default -> value;
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private double number(Object value, String name) throws ReflectiveOperationException {
        return (Double) bridge.invoke(value.getClass().getMethod(name), value);
    }

    private ArrayValue fromArray(Object value, Type.Array type) throws ReflectiveOperationException {
        Class<?> arrayType = value.getClass();
        Object domain = bridge.invoke(arrayType.getMethod("domain"), value);
        Class<?> domainType = domain.getClass();
        int axes = (Integer) bridge.invoke(domainType.getMethod("axes"), domain);
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        long step = 1;
        for (int d = 0; d < axes; d++) {
            lo[d] = (Long) bridge.invoke(domainType.getMethod("lo", int.class), domain, d);
            hi[d] = (Long) bridge.invoke(domainType.getMethod("hi", int.class), domain, d);
            step = (Long) bridge.invoke(domainType.getMethod("step", int.class), domain, d);
        }
        // Only lines keep their strides.
        IndexSet set = axes == 1 ? IndexSet.local(lo, hi).by(step) : IndexSet.local(lo, hi);
        Object[] data = new Object[Math.toIntExact(set.size())];
        Method at = arrayType.getMethod("at", long[].class);
        Method get = arrayType.getMethod("get", int.class);
        int[] next = {0};
        set.forEach(index -> data[next[0]++] =
                fromJava(bridge.invoke(get, value, bridge.invoke(at, value, (Object) index.clone())), type.element()));
        return new ArrayValue(type.element(), set, data);
    }
}
