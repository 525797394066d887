package org.pellang.runtime.array;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.pellang.runtime.PelTrap;

/** This rank's part of an array to and from a file of elements, row by row. Positions in the file follow the extents, not the bounds, of the domain. */
final class FileRows {
    private FileRows() {}

    /** Where rows are written. */
    @FunctionalInterface
    interface Sink {
        /** @param at position within the data */
        void write(byte[] bytes, long at) throws IOException;
    }

    static void write(PelArray array, Sink sink) throws IOException {
        ElemType type = array.type();
        Domain domain = array.domain();
        int last = domain.axes() - 1;
        int step = Math.toIntExact(domain.step(last));
        IOException[] failure = new IOException[1];
        domain.region().forEachRow((index, n) -> {
            int first = Math.toIntExact(Math.floorMod(domain.lo(last) - index[last], (long) step));
            if (failure[0] != null || !onRow(domain, index) || first >= n) {
                return;
            }
            int place = array.layout().place(index) + first;
            int count = (n - first + step - 1) / step;
            byte[] bytes = new byte[Math.multiplyExact(count, type.bytes())];
            if (type.columns() == 1 && step == 1) {
                type.column(0).pack(array.column(0), place, n, bytes, 0);
            } else {
                int at = 0;
                for (int i = 0; i < count; i++) {
                    for (int k = 0; k < type.columns(); k++) {
                        at = type.column(k).pack(array.column(k), place + i * step, 1, bytes, at);
                    }
                }
            }
            long[] start = index.clone();
            start[last] += first;
            try {
                sink.write(bytes, ordinal(domain, start) * type.bytes());
            } catch (IOException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    /** Whether the strides of all axes but the last have this row. */
    private static boolean onRow(Domain domain, long[] index) {
        for (int d = 0; d < index.length - 1; d++) {
            if ((index[d] - domain.lo(d)) % domain.step(d) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Row-major number of an element. */
    static long ordinal(Domain domain, long[] index) {
        long n = 0;
        for (int d = 0; d < index.length; d++) {
            n = n * domain.extent(d) + (index[d] - domain.lo(d)) / domain.step(d);
        }
        return n;
    }

    /** Reads this rank's part of a domain from 0 without strides. */
    static void read(PelArray array, String path, FileChannel in, NpyHeader header) throws IOException {
        if (array.size() == 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = in.map(FileChannel.MapMode.READ_ONLY, header.dataAt(), header.dataBytes(), arena);
            int inner = array.type().columns();
            array.domain().region().forEachRow((index, n) -> {
                int place = array.layout().place(index);
                if (same(array.type(), header)) {
                    long at = ordinal(array.domain(), index) * header.itemBytes();
                    byte[] row = data.asSlice(at, (long) n * header.itemBytes()).toArray(ValueLayout.JAVA_BYTE);
                    array.type().column(0).unpack(row, 0, array.column(0), place, n);
                    return;
                }
                long[] at = index.clone();
                for (int i = 0; i < n; i++) {
                    at[at.length - 1] = index[index.length - 1] + i;
                    for (int k = 0; k < inner; k++) {
                        store(array, k, place + i, path, data, position(header, at, k), header);
                    }
                }
            });
        }
    }

    /** Whether rows of the file are rows of the column, byte for byte. */
    private static boolean same(ElemType type, NpyHeader header) {
        return !header.fortran()
                && !header.bigEndian()
                && type.columns() == 1
                && header.dtype().equals(NpyHeader.raw(type, header.shape()).dtype());
    }

    /** Byte position of number {@code k} of an element. */
    private static long position(NpyHeader header, long[] index, int k) {
        long[] shape = header.shape();
        boolean complex = header.dtype().equals("c16");
        int axes = shape.length;
        long n = 0;
        if (header.fortran()) {
            for (int d = axes - 1; d >= 0; d--) {
                n = n * shape[d] + (d < index.length ? index[d] : k);
            }
        } else {
            for (int d = 0; d < axes; d++) {
                n = n * shape[d] + (d < index.length ? index[d] : k);
            }
        }
        return n * header.itemBytes() + (complex ? 8L * k : 0);
    }

    private static void store(PelArray array, int k, int place, String path, MemorySegment data, long at, NpyHeader header) {
        ByteOrder order = header.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        switch (array.type().column(k)) {
            case F64 -> array.f64(k)[place] = floating(data, at, header, order);
            case F32 -> array.f32(k)[place] = (float) floating(data, at, header, order);
            case BOOL -> array.bool(k)[place] = data.get(ValueLayout.JAVA_BYTE, at) != 0;
            case I64, I32, I16, I8 -> PelArray.storeLong(array.type().column(k), array.column(k), place, integer(data, at, header, order));
            case OBJ -> throw new PelTrap(path + " cannot be loaded into an array of " + array.type());
        }
    }

    private static double floating(MemorySegment data, long at, NpyHeader header, ByteOrder order) {
        return switch (header.dtype()) {
            case "f8", "c16" -> data.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), at);
            case "f4" -> data.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), at);
            default -> integer(data, at, header, order);
        };
    }

    private static long integer(MemorySegment data, long at, NpyHeader header, ByteOrder order) {
        return switch (header.dtype()) {
            case "i8", "u8" -> data.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at);
            case "i4" -> data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at);
            case "u4" -> data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at) & 0xffffffffL;
            case "i2" -> data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at);
            case "u2" -> data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at) & 0xffffL;
            case "i1" -> data.get(ValueLayout.JAVA_BYTE, at);
            case "u1", "b1" -> data.get(ValueLayout.JAVA_BYTE, at) & 0xffL;
            default -> throw new IllegalStateException("not an integer type: " + header.dtype());
        };
    }
}
