package org.pellang.runtime.value;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;

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

    private RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] parts = type.getRecordComponents();
        Class<?>[] classes = new Class<?>[parts.length];
        accessors = new MethodHandle[parts.length];
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
