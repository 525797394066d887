package org.pellang.runtime.value;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.pellang.runtime.array.ArrayCodec;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

/**
 * Writes values of one PEL type as bytes and reads them back, bit for bit. Both sides must use the same codec: the bytes carry no types.
 *
 * @param <T> the Java class of the values
 */
public interface Codec<T> {
    Codec<Long> LONG = of(Encoder::putLong, Decoder::getLong);
    Codec<Double> DOUBLE = of(Encoder::putDouble, Decoder::getDouble);
    Codec<Float> FLOAT32 = of(Encoder::putFloat, Decoder::getFloat);
    Codec<Boolean> BOOL = of((out, v) -> out.putByte(v ? 1 : 0), in -> in.getByte() != 0);
    Codec<String> STRING = of(Encoder::putString, Decoder::getString);
    Codec<Complex> COMPLEX = of((out, v) -> out.putDouble(v.re()).putDouble(v.im()), in -> new Complex(in.getDouble(), in.getDouble()));
    Codec<Vec2> VEC2 = of((out, v) -> out.putDouble(v.x()).putDouble(v.y()), in -> new Vec2(in.getDouble(), in.getDouble()));
    Codec<Vec3> VEC3 = of(
            (out, v) -> out.putDouble(v.x()).putDouble(v.y()).putDouble(v.z()),
            in -> new Vec3(in.getDouble(), in.getDouble(), in.getDouble()));
    Codec<Vec4> VEC4 = of(
            (out, v) -> out.putDouble(v.x()).putDouble(v.y()).putDouble(v.z()).putDouble(v.w()),
            in -> new Vec4(in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble()));

    /** Appends {@code value} to {@code out}. */
    void write(Encoder out, T value);

    /** Reads one value; throws {@link IllegalStateException} on a short buffer. */
    T read(Decoder in);

    /** A codec of two functions. */
    static <T> Codec<T> of(BiConsumer<Encoder, T> writer, Function<Decoder, T> reader) {
        return new Codec<>() {
            @Override
            public void write(Encoder out, T value) {
                writer.accept(out, value);
            }

            @Override
            public T read(Decoder in) {
                return reader.apply(in);
            }
        };
    }

    /** The codec of a record class whose components are scalars, strings, vectors, complex numbers or such records. */
    static Codec<Object> ofRecord(Class<? extends Record> type) {
        return new RecordCodec(type);
    }

    /** The codec of a record class with one codec per component, for components that are lists or arrays. */
    static Codec<Object> ofRecord(Class<? extends Record> type, Codec<?>... components) {
        return new RecordCodec(type, components);
    }

    /** Lists: the length, then the elements. */
    static <T> Codec<PelList<T>> list(Codec<T> element) {
        return of(
                (out, list) -> {
                    out.putLong(list.size());
                    for (T item : list) {
                        element.write(out, item);
                    }
                },
                in -> {
                    long size = in.getLong();
                    PelList<T> list = new PelList<>();
                    for (long i = 0; i < size; i++) {
                        list.push(element.read(in));
                    }
                    return list;
                });
    }

    /** Replicated maps: the number of entries, then these in ascending order of the keys, so that equal maps have equal bytes. */
    static <K, V> Codec<PelMap<K, V>> map(Codec<K> keys, Codec<V> values) {
        return of(
                (out, map) -> {
                    out.putLong(map.size());
                    for (java.util.Map.Entry<K, V> e : map.sorted()) {
                        keys.write(out, e.getKey());
                        values.write(out, e.getValue());
                    }
                },
                in -> {
                    long size = in.getLong();
                    PelMap<K, V> map = new PelMap<>();
                    for (long i = 0; i < size; i++) {
                        K key = keys.read(in);
                        map.put(key, values.read(in));
                    }
                    return map;
                });
    }

    /** Replicated arrays of this element type: bounds, then the columns. */
    static Codec<PelArray> array(ElemType type) {
        return new ArrayCodec(type);
    }

    /** The bytes of one value. */
    default byte[] encode(T value) {
        Encoder out = new Encoder();
        write(out, value);
        return out.toBytes();
    }

    /** The value of these bytes. */
    default T decode(byte[] bytes) {
        return read(new Decoder(bytes));
    }

    /** This codec for callers that hold values as {@code Object}. The class of a value that is written is checked by the write itself. */
    @SuppressWarnings("unchecked")
    default Codec<Object> boxed() {
        return (Codec<Object>) this;
    }
}
