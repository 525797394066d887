package org.pellang.runtime.array;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.Complex;
import org.pellang.runtime.value.PelList;
import org.pellang.runtime.value.PelMap;
import org.pellang.runtime.value.RecordShape;
import org.pellang.runtime.value.Vec2;
import org.pellang.runtime.value.Vec3;
import org.pellang.runtime.value.Vec4;

/** The element type of an array: which columns store an element, and how an element as one object is taken apart and put together. */
public final class ElemType {
    /** {@code float}: boxed {@code Double}. */
    public static final ElemType FLOAT = scalar("float", Column.F64, 0.0, Codec.DOUBLE);
    /** {@code int}: boxed {@code Long}, as the narrower storage types. */
    public static final ElemType INT = scalar("int", Column.I64, 0L, Codec.LONG);
    public static final ElemType INT32 = scalar("int32", Column.I32, 0L, Codec.LONG);
    public static final ElemType INT16 = scalar("int16", Column.I16, 0L, Codec.LONG);
    /** {@code byte}: 0..255. */
    public static final ElemType BYTE = scalar("byte", Column.I8, 0L, Codec.LONG);
    /** {@code float32}: boxed {@code Float}. */
    public static final ElemType FLOAT32 = scalar("float32", Column.F32, 0.0f, Codec.FLOAT32);
    public static final ElemType BOOL = scalar("bool", Column.BOOL, false, Codec.BOOL);
    public static final ElemType STRING = scalar("string", Column.OBJ, "", Codec.STRING);
    public static final ElemType COMPLEX = doubles("complex", Complex.class, 2, Codec.COMPLEX);
    public static final ElemType VEC2 = doubles("vec2", Vec2.class, 2, Codec.VEC2);
    public static final ElemType VEC3 = doubles("vec3", Vec3.class, 3, Codec.VEC3);
    public static final ElemType VEC4 = doubles("vec4", Vec4.class, 4, Codec.VEC4);

    private final String name;
    private final Column[] columns;
    private final Codec<Object> codec;
    private final @Nullable Object zero;
    private final @Nullable RecordShape shape;
    private final @Nullable Class<?> type;
    private final List<ElemType> fields;

    private ElemType(String name, Column[] columns, Codec<?> codec, @Nullable Object zero, @Nullable Class<? extends Record> type, List<ElemType> fields) {
        this.name = name;
        this.columns = columns;
        this.codec = codec.boxed();
        this.zero = zero;
        this.type = type;
        this.shape = type == null ? null : RecordShape.of(type);
        this.fields = fields;
    }

    private static ElemType scalar(String name, Column column, Object zero, Codec<?> codec) {
        return new ElemType(name, new Column[] {column}, codec, zero, null, List.of());
    }

    private static ElemType doubles(String name, Class<? extends Record> type, int n, Codec<?> codec) {
        Column[] columns = new Column[n];
        Arrays.fill(columns, Column.F64);
        return new ElemType(name, columns, codec, null, type, java.util.Collections.nCopies(n, FLOAT));
    }

    /** Elements kept as one reference each. {@code zero} is what new arrays hold; lists and arrays among them are copied per element. */
    public static ElemType object(Codec<?> codec, Object zero) {
        return new ElemType(zero.getClass().getSimpleName(), new Column[] {Column.OBJ}, codec, zero, null, List.of());
    }

    /**
     * A record type with these field types, in order. If all leaves are scalars every leaf gets a column of its own (fields in order, nested records
     * in place); otherwise elements are kept as references.
     */
    public static ElemType struct(Class<? extends Record> type, ElemType... fields) {
        int n = 0;
        boolean flat = true;
        Codec<?>[] codecs = new Codec<?>[fields.length];
        for (int f = 0; f < fields.length; f++) {
            n += fields[f].columns.length;
            codecs[f] = fields[f].codec;
            for (Column column : fields[f].columns) {
                flat &= column != Column.OBJ;
            }
        }
        Codec<?> codec = Codec.ofRecord(type, codecs);
        if (!flat) {
            Object[] zeros = new Object[fields.length];
            for (int f = 0; f < fields.length; f++) {
                zeros[f] = fields[f].zero();
            }
            return new ElemType(type.getSimpleName(), new Column[] {Column.OBJ}, codec, RecordShape.of(type).make(zeros), type, List.of(fields));
        }
        Column[] columns = new Column[n];
        int next = 0;
        for (ElemType field : fields) {
            System.arraycopy(field.columns, 0, columns, next, field.columns.length);
            next += field.columns.length;
        }
        return new ElemType(type.getSimpleName(), columns, codec, null, type, List.of(fields));
    }

    /** Name for messages. */
    public String name() {
        return name;
    }

    /** Number of columns. */
    public int columns() {
        return columns.length;
    }

    /** Kind of column {@code k}. */
    public Column column(int k) {
        return columns[k];
    }

    /** The type of the values in column {@code k}. */
    ElemType columnType(int k) {
        return switch (column(k)) {
            case F64 -> FLOAT;
            case I64 -> INT;
            case I32 -> INT32;
            case I16 -> INT16;
            case I8 -> BYTE;
            case F32 -> FLOAT32;
            case BOOL -> BOOL;
            case OBJ -> this;
        };
    }

    /** Type of component {@code k} of a record, tuple, complex number or vec. */
    ElemType field(int k) {
        return fields.get(k);
    }

    /** The column at which component {@code k} begins. */
    int firstColumn(int k) {
        int first = 0;
        for (int f = 0; f < k; f++) {
            first += fields.get(f).columns();
        }
        return first;
    }

    /** Whether elements are references. */
    public boolean isObject() {
        return columns[0] == Column.OBJ;
    }

    /** Bytes of an element in messages; 0 for references. */
    public int bytes() {
        int n = 0;
        for (Column column : columns) {
            n += column.bytes();
        }
        return n;
    }

    /** Carries boxed elements. */
    public Codec<Object> codec() {
        return codec;
    }

    /** A boxed zero element, fresh if it is mutable. */
    public Object zero() {
        if (zero != null && fields.isEmpty()) {
            return copyValue(zero);
        }
        Object[] parts = new Object[fields.size()];
        for (int f = 0; f < parts.length; f++) {
            parts[f] = fields.get(f).zero();
        }
        return record().make(parts);
    }

    private RecordShape record() {
        if (shape == null) {
            throw new IllegalStateException(name + " is not a record");
        }
        return shape;
    }

    /** Element {@code at} of columns that begin with column {@code first}. */
    Object get(Object[] data, int first, int at) {
        if (fields.isEmpty() || isObject()) {
            return switch (columns[0]) {
                case F64 -> ((double[]) data[first])[at];
                case I64 -> ((long[]) data[first])[at];
                case I32 -> (long) ((int[]) data[first])[at];
                case I16 -> (long) ((short[]) data[first])[at];
                case I8 -> (long) (((byte[]) data[first])[at] & 255);
                case F32 -> ((float[]) data[first])[at];
                case BOOL -> ((boolean[]) data[first])[at];
                case OBJ -> ((Object[]) data[first])[at];
            };
        }
        Object[] parts = new Object[fields.size()];
        int column = first;
        for (int f = 0; f < parts.length; f++) {
            parts[f] = fields.get(f).get(data, column, at);
            column += fields.get(f).columns();
        }
        return record().make(parts);
    }

    /** The reverse of {@link #get}; integers that the storage type does not hold trap. */
    void set(Object[] data, int first, int at, Object value) {
        if (fields.isEmpty() || isObject()) {
            switch (columns[0]) {
                case F64 -> ((double[]) data[first])[at] = ((Number) value).doubleValue();
                case F32 -> ((float[]) data[first])[at] = ((Number) value).floatValue();
                case BOOL -> ((boolean[]) data[first])[at] = (Boolean) value;
                case OBJ -> ((Object[]) data[first])[at] = value;
                case I64, I32, I16, I8 -> PelArray.storeLong(columns[0], data[first], at, ((Number) value).longValue());
            }
            return;
        }
        int column = first;
        for (int f = 0; f < fields.size(); f++) {
            fields.get(f).set(data, column, at, record().component(value, f));
            column += fields.get(f).columns();
        }
    }

    /** The type as NumPy's {@code descr}: {@code '<f8'}, or for records a list of named fields. Not for references. */
    String npyDescr() {
        if (fields.isEmpty()) {
            return "'" + (columns[0].bytes() == 1 ? "|" : "<") + switch (columns[0]) {
                case F64 -> "f8";
                case I64 -> "i8";
                case I32 -> "i4";
                case I16 -> "i2";
                case I8 -> "u1";
                case F32 -> "f4";
                case BOOL -> "b1";
                case OBJ -> throw new IllegalStateException("references have no file type");
            } + "'";
        }
        if (this == COMPLEX) {
            return "'<c16'";
        }
        StringBuilder list = new StringBuilder("[");
        for (int f = 0; f < fields.size(); f++) {
            String component = record().name(f);
            list.append(f == 0 ? "" : ", ").append("('").append(component).append("', ").append(fields.get(f).npyDescr()).append(')');
        }
        return list.append(']').toString();
    }

    /** A copy that can be changed without changing the original: lists, arrays and records that contain some are copied, everything else is immutable. */
    public static <T> T copyValue(T value) {
        @SuppressWarnings("unchecked")
        T copy = (T) switch (value) {
            case PelList<?> list -> list.copy();
            case PelMap<?, ?> map -> map.copy();
            case PelArray array -> array.copy();
            case Record row -> RecordShape.of(row.getClass()).copy(row);
            default -> value;
        };
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ElemType t && (this == t || (Arrays.equals(columns, t.columns) && fields.equals(t.fields) && type == t.type && name.equals(t.name)));
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(columns);
    }

    @Override
    public String toString() {
        return name;
    }
}
