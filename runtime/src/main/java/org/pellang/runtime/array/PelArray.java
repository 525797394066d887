package org.pellang.runtime.array;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;

/**
 * A PEL array: elements of one type over a domain, stored as one flat column per scalar leaf. Of a distributed domain each rank stores its owned box and
 * ghost cells. Generated loops take the columns, strides and the offset once and then index by {@code i*stride(0) + j*stride(1) + k*stride(2) - offset()}
 * in {@code int} arithmetic.
 */
public final class PelArray {
    private final Domain domain;
    private final ElemType type;
    private Layout layout;
    private Object[] data;
    private long version;
    private @Nullable PelArray whole;
    /** Exchange plans whose ghost cells hold the contents of this version. */
    private final List<Object> fresh = new ArrayList<>(2);

    // Lower bounds, extents and strides where subscripts need no search: unit steps, not distributed (then the layout never changes). Else extents 0.
    private final long lo0;
    private final long lo1;
    private final long lo2;
    private final long n0;
    private final long n1;
    private final long n2;
    private final int s0;
    private final int s1;
    private final int start;

    PelArray(Domain domain, ElemType type, Layout layout, Object[] data) {
        this.domain = domain;
        this.type = type;
        this.layout = layout;
        this.data = data;
        int axes = domain.axes();
        boolean plain = !domain.isDistributed() && axes <= 3;
        for (int d = 0; d < axes; d++) {
            plain &= domain.step(d) == 1;
        }
        lo0 = domain.lo(0);
        lo1 = axes > 1 ? domain.lo(1) : 0;
        lo2 = axes > 2 ? domain.lo(2) : 0;
        n0 = plain ? domain.extent(0) : 0;
        n1 = plain && axes > 1 ? domain.extent(1) : 0;
        n2 = plain && axes > 2 ? domain.extent(2) : 0;
        s0 = stride(0);
        s1 = stride(1);
        start = plain ? layout.place(domain.box().lo()) : 0;
    }

    /** An array of zeros (strings empty, records of zeros). */
    public static PelArray create(Domain domain, ElemType type) {
        return create(domain, type, domain.root().layout());
    }

    static PelArray create(Domain domain, ElemType type, Layout layout) {
        Object[] data = new Object[type.columns()];
        for (int k = 0; k < data.length; k++) {
            data[k] = type.column(k).allocate(layout.size());
        }
        if (type.isObject()) {
            Object[] items = (Object[]) data[0];
            for (int i = 0; i < items.length; i++) {
                items[i] = type.zero();
            }
        }
        return new PelArray(domain, type, layout, data);
    }

    /** A temporary over a box of indices that is stored whole on this rank, for instance fetched elements. */
    public static PelArray over(Box box, ElemType type) {
        return create(Domain.local(box.lo(), box.hi()), type);
    }

    /** A replicated array 0..<n that wraps these values without copying. */
    public static PelArray ofDoubles(double... values) {
        return wrap(ElemType.FLOAT, values.length, values);
    }

    /** A replicated array 0..<n that wraps these values without copying. */
    public static PelArray ofLongs(long... values) {
        return wrap(ElemType.INT, values.length, values);
    }

    /** A replicated array 0..<n that wraps these values without copying. */
    public static PelArray ofBools(boolean... values) {
        return wrap(ElemType.BOOL, values.length, values);
    }

    /** A replicated array 0..<n that wraps these values without copying. */
    public static PelArray ofStrings(String... values) {
        return ofObjects(ElemType.STRING, (Object[]) values);
    }

    /** A replicated array 0..<n of boxed elements. */
    public static PelArray ofObjects(ElemType type, Object... values) {
        PelArray array = create(Domain.range(0, values.length - 1L), type);
        for (int i = 0; i < values.length; i++) {
            array.set(i, values[i]);
        }
        return array;
    }

    private static PelArray wrap(ElemType type, int n, Object column) {
        Domain domain = Domain.range(0, n - 1L);
        return new PelArray(domain, type, domain.root().layout(), new Object[] {column});
    }

    public Domain domain() {
        return domain;
    }

    public ElemType type() {
        return type;
    }

    public int axes() {
        return domain.axes();
    }

    /** Number of indices on axis {@code d}. */
    public long length(int d) {
        return domain.extent(d);
    }

    /** Number of elements on all ranks together. */
    public long size() {
        return domain.size();
    }

    // ---- storage ----

    public double[] f64(int k) {
        return (double[]) data[k];
    }

    public long[] i64(int k) {
        return (long[]) data[k];
    }

    public int[] i32(int k) {
        return (int[]) data[k];
    }

    public short[] i16(int k) {
        return (short[]) data[k];
    }

    public byte[] i8(int k) {
        return (byte[]) data[k];
    }

    public float[] f32(int k) {
        return (float[]) data[k];
    }

    public boolean[] bool(int k) {
        return (boolean[]) data[k];
    }

    public Object[] obj(int k) {
        return (Object[]) data[k];
    }

    /** Column {@code k} whatever its kind. */
    public Object column(int k) {
        return data[k];
    }

    public Layout layout() {
        return layout;
    }

    /** Distance in the columns between neighbours of axis {@code d}; 0 for axes that the array does not have. */
    public int stride(int d) {
        return d < layout.stride().length ? layout.stride()[d] : 0;
    }

    /** To be subtracted from the sum of index times stride, modulo 2^32. */
    public int offset() {
        return layout.offset();
    }

    /**
     * For divided loops: an array that shares the columns and shows them by another layout, which {@link #show} changes. Its single elements cannot be
     * reached by index.
     */
    public PelArray window() {
        return new PelArray(domain, type, layout, data);
    }

    /** Whether this is a window of {@code other}. */
    public boolean sharesColumns(PelArray other) {
        return data == other.data;
    }

    /** For windows: the geometry from now on. */
    public void show(Layout geometry) {
        layout = geometry;
    }

    /** The smallest box around this rank's part of the domain. */
    public Box owned() {
        return domain.owned();
    }

    /** Whether the columns hold exactly the elements of the domain in row-major order. */
    public boolean dense() {
        return !domain.isDistributed() && domain.size() == layout.size();
    }

    // ---- checked places ----

    /** Place of element i of a 1-D array that this rank stores (owned or ghost); wraps on periodic domains, traps elsewhere. */
    public int at(long i) {
        long k = i - lo0;
        if (k >= 0 && k < n0) {
            return start + (int) k;
        }
        return searched(i);
    }

    private int searched(long i) {
        return layout.place(new long[] {Subscripts.check(this, 0, i)});
    }

    /** As {@link #at(long)} for two axes. */
    public int at(long i, long j) {
        long k = i - lo0;
        long l = j - lo1;
        if (k >= 0 && k < n0 && l >= 0 && l < n1) {
            return start + (int) k * s0 + (int) l;
        }
        return searched(i, j);
    }

    private int searched(long i, long j) {
        long[] index = {Subscripts.check(this, 0, i), Subscripts.check(this, 1, j)};
        return layout.place(index);
    }

    /** As {@link #at(long)} for three axes. */
    public int at(long i, long j, long k) {
        long l = i - lo0;
        long m = j - lo1;
        long n = k - lo2;
        if (l >= 0 && l < n0 && m >= 0 && m < n1 && n >= 0 && n < n2) {
            return start + (int) l * s0 + (int) m * s1 + (int) n;
        }
        return searched(i, j, k);
    }

    private int searched(long i, long j, long k) {
        long[] index = {Subscripts.check(this, 0, i), Subscripts.check(this, 1, j), Subscripts.check(this, 2, k)};
        return layout.place(index);
    }

    /** As {@code at} for any number of axes. */
    public int at(long[] index) {
        if (index.length != axes()) {
            throw new PelTrap(index.length + " subscripts for an array with " + axes() + " axes");
        }
        long[] checked = new long[index.length];
        for (int d = 0; d < checked.length; d++) {
            checked[d] = Subscripts.check(this, d, index[d]);
        }
        return layout.place(checked);
    }

    // ---- single elements ----

    /** The element at a place, boxed. */
    public Object get(int at) {
        return type.get(data, 0, at);
    }

    /**
     * One component of all elements, sharing their storage as it is now. Of arrays of records, tuples, complex numbers or vecs without strings, lists
     * and arrays in them.
     *
     * @param path numbers of components, outermost first
     */
    public PelArray component(int... path) {
        ElemType part = type;
        int first = 0;
        for (int k : path) {
            first += part.firstColumn(k);
            part = part.field(k);
        }
        PelArray component = new PelArray(domain, part, layout, Arrays.copyOfRange(data, first, first + part.columns()));
        component.whole = this;
        return component;
    }

    /** Sets the element at a place; does not {@link #touch}. */
    public void set(int at, Object value) {
        type.set(data, 0, at, value);
    }

    /** The element at a place of an array of {@code float}, {@code float32} or an integer type. */
    public double getDouble(int at) {
        return switch (type.column(0)) {
            case F64 -> f64(0)[at];
            case F32 -> f32(0)[at];
            case I64, I32, I16, I8, BOOL, OBJ -> getLong(at);
        };
    }

    /** The element at a place of an array of an integer type; {@code byte} as 0..255. */
    public long getLong(int at) {
        return switch (type.column(0)) {
            case I64 -> i64(0)[at];
            case I32 -> i32(0)[at];
            case I16 -> i16(0)[at];
            case I8 -> i8(0)[at] & 255;
            case F64, F32, BOOL, OBJ -> throw new IllegalStateException("not an array of integers: " + type);
        };
    }

    public void setDouble(int at, double value) {
        switch (type.column(0)) {
            case F64 -> f64(0)[at] = value;
            case F32 -> f32(0)[at] = (float) value;
            case I64, I32, I16, I8, BOOL, OBJ -> throw new IllegalStateException("not an array of floats: " + type);
        }
    }

    /** Stores an integer; traps if the storage type does not hold it. */
    public void setLong(int at, long value) {
        storeLong(type.column(0), data[0], at, value);
    }

    static void storeLong(Column kind, Object column, int at, long value) {
        switch (kind) {
            case I64 -> ((long[]) column)[at] = value;
            case I32 -> ((int[]) column)[at] = toInt32(value);
            case I16 -> ((short[]) column)[at] = toInt16(value);
            case I8 -> ((byte[]) column)[at] = toByte(value);
            case F64, F32, BOOL, OBJ -> throw new IllegalStateException("not a column of integers: " + kind);
        }
    }

    /** The value as {@code int32}, or a trap. */
    public static int toInt32(long value) {
        if (value != (int) value) {
            throw new PelTrap(value + " does not fit int32");
        }
        return (int) value;
    }

    /** The value as {@code int16}, or a trap. */
    public static short toInt16(long value) {
        if (value != (short) value) {
            throw new PelTrap(value + " does not fit int16");
        }
        return (short) value;
    }

    /** The value as {@code byte} (0..255), or a trap. */
    public static byte toByte(long value) {
        if (value < 0 || value > 255) {
            throw new PelTrap(value + " does not fit byte (0..255)");
        }
        return (byte) value;
    }

    // ---- whole arrays ----

    /** An equal array over the same domain. */
    public PelArray copy() {
        PelArray copy = create(domain, type);
        Elements.copy(this, copy, domain.region());
        return copy;
    }

    /**
     * Makes the contents equal to those of {@code from}, which must have the same extents (trap): elements correspond by position. If both are distributed
     * they must be distributed alike; use a parallel loop otherwise.
     */
    public void assign(PelArray from) {
        Elements.assign(this, from);
        touch();
    }

    /** Sets every element to one boxed value. */
    public void fill(Object value) {
        Elements.fill(this, value);
        touch();
    }

    /** Exchanges the contents of two arrays of one domain and type without copying them. */
    public void swap(PelArray other) {
        boolean oneDomain = domain.sameSet(other.domain)
                && (domain.root() == other.domain.root() || !domain.isDistributed() && !other.domain.isDistributed());
        if (!oneDomain || !type.equals(other.type)) {
            throw new PelTrap("<=> needs two arrays over one domain; these are over " + domain + " and " + other.domain);
        }
        Layout l = layout;
        layout = other.layout;
        other.layout = l;
        Object[] d = data;
        data = other.data;
        other.data = d;
        List<Object> f = List.copyOf(fresh);
        fresh.clear();
        fresh.addAll(other.fresh);
        other.fresh.clear();
        other.fresh.addAll(f);
        version++;
        other.version++;
    }

    /** Whether extents and elements are equal as PEL's {@code ==}. Of distributed arrays: this rank's parts; combine with a collective and. */
    public boolean contentEquals(PelArray other) {
        return Elements.equal(this, other);
    }

    /** Replicated arrays only: the elements of a box as a new array from 0, without the axes for which {@code drop} is true. */
    public PelArray slice(long[] lo, long[] hi, boolean[] drop) {
        return Elements.slice(this, lo, hi, drop);
    }

    /** Replicated arrays only: the reverse of {@link #slice}; the extents must be equal (trap). */
    public void assignSlice(long[] lo, long[] hi, boolean[] drop, PelArray from) {
        Elements.assignSlice(this, lo, hi, drop, from);
        touch();
    }

    /** One element of a distributed array on every rank: its owner broadcasts it. Collective. Undistributed: just the element. */
    public Object readElement(Rank rank, Site site, long... index) {
        return Elements.read(this, rank, site, index);
    }

    /** Assigns one element: its owner writes. Called by all ranks, no communication. */
    public void writeElement(Object value, long... index) {
        Elements.write(this, value, index);
        touch();
    }

    /** The whole array on every rank. Collective. Undistributed: a copy. */
    public PelArray replicate(Rank rank, Site site) {
        return Elements.replicate(this, rank, site);
    }

    // ---- ghost cells ----

    /** Says that elements have changed, so ghost cells are stale. Called by all ranks after a loop that wrote the array. */
    public void touch() {
        version++;
        fresh.clear();
        if (whole != null) {
            whole.touch();
        }
    }

    /** Number of changes so far; equal on all ranks. */
    public long version() {
        return version;
    }

    /** For exchange plans: those that were carried out since the last change. */
    public List<Object> fresh() {
        return fresh;
    }

    /** Moves the elements, ghost cells included, to the domain's present layout, if it has grown. */
    public void relayout() {
        Layout wanted = domain.root().layout();
        if (wanted == layout) {
            return;
        }
        PelArray moved = create(domain, type, wanted);
        Rows.copy(this, moved, layout.storage(), new long[axes()]);
        layout = wanted;
        data = moved.data;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PelArray a && contentEquals(a);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(size()) * 31 + type.hashCode();
    }

    @Override
    public String toString() {
        return Elements.show(this);
    }
}
