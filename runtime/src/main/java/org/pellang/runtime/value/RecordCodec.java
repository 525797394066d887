package org.pellang.runtime.value;

import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;

/** A record as its components in order; reflection happens once, in the constructor. */
final class RecordCodec implements Codec<Object> {
    private final RecordShape shape;
    private final Codec<Object>[] components;

    RecordCodec(Class<? extends Record> type) {
        this(type, defaults(type));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    RecordCodec(Class<? extends Record> type, Codec<?>[] codecs) {
        shape = RecordShape.of(type);
        if (codecs.length != shape.size()) {
            throw new IllegalArgumentException(type.getSimpleName() + " has " + shape.size() + " components, not " + codecs.length);
        }
        components = new Codec[codecs.length];
        for (int c = 0; c < codecs.length; c++) {
            components[c] = codecs[c].boxed();
        }
    }

    private static Codec<?>[] defaults(Class<? extends Record> type) {
        RecordComponent[] parts = type.getRecordComponents();
        Codec<?>[] codecs = new Codec<?>[parts.length];
        for (int c = 0; c < parts.length; c++) {
            codecs[c] = forClass(parts[c].getType());
        }
        return codecs;
    }

    private static Codec<?> forClass(Class<?> type) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (boxed == Long.class) {
            return Codec.LONG;
        } else if (boxed == Double.class) {
            return Codec.DOUBLE;
        } else if (boxed == Boolean.class) {
            return Codec.BOOL;
        } else if (boxed == Float.class) {
            return Codec.FLOAT32;
        } else if (boxed == String.class) {
            return Codec.STRING;
        } else if (type.isRecord()) {
            return new RecordCodec(type.asSubclass(Record.class));
        }
        throw new IllegalArgumentException("component of class " + type.getSimpleName() + " needs an explicit codec");
    }

    @Override
    public void write(Encoder out, Object value) {
        for (int c = 0; c < components.length; c++) {
            components[c].write(out, shape.component(value, c));
        }
    }

    @Override
    public Object read(Decoder in) {
        Object[] parts = new Object[components.length];
        for (int c = 0; c < parts.length; c++) {
            parts[c] = components[c].read(in);
        }
        return shape.make(parts);
    }
}
