package org.pellang.runtime.value;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

/** The accessors and the canonical constructor of a record class as method handles over {@code Object}. */
public final class RecordShape {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Class<?> type;
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;
    /** Whether a component may hold a list or an array. */
    private final boolean mutable;

    private RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] parts = type.getRecordComponents();
        Class<?>[] classes = new Class<?>[parts.length];
        accessors = new MethodHandle[parts.length];
        mutable = isMutable(type);
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            for (int c = 0; c < parts.length; c++) {
                classes[c] = parts[c].getType();
                Method accessor = open(parts[c].getAccessor());
                accessors[c] = lookup.unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class));
            }
            Constructor<?> canonical = open(type.getDeclaredConstructor(classes));
            constructor = lookup.unreflectConstructor(canonical)
                    .asSpreader(Object[].class, parts.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("record class " + type.getName() + " is not accessible", e);
        }
    }

    private static boolean isMutable(Class<?> type) {
        boolean contents = type == PelList.class || type == PelMap.class || type == PelArray.class;
        return contents || type.isRecord() && Arrays.stream(type.getRecordComponents()).anyMatch(c -> isMutable(c.getType()));
    }

    /** A record equal to {@code value} whose lists and arrays are copies; {@code value} itself if it has none. */
    public Record copy(Record value) {
        if (!mutable) {
            return value;
        }
        Object[] components = new Object[accessors.length];
        Arrays.setAll(components, c -> ElemType.copyValue(component(value, c)));
        return (Record) make(components);
    }

    /** Generated records are nested and need not be public. */
    private static <A extends AccessibleObject> A open(A member) {
        member.setAccessible(true);
        return member;
    }

    /** The shape of a record class, made once per class. */
    public static RecordShape of(Class<? extends Record> type) {
        return SHAPES.get(type);
    }

    /** Number of components. */
    public int size() {
        return accessors.length;
    }

    /** Name of component {@code c}. */
    public String name(int c) {
        return type.getRecordComponents()[c].getName();
    }

    /** Component {@code c} of {@code value}, boxed. */
    public Object component(Object value, int c) {
        try {
            return (Object) accessors[c].invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("component " + c + " of " + type.getSimpleName(), e);
        }
    }

    /** A record with these components. */
    public Object make(Object[] components) {
        try {
            return (Object) constructor.invokeExact(components);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("constructor of " + type.getSimpleName(), e);
        }
    }
}
