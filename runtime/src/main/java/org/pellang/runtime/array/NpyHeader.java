package org.pellang.runtime.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pellang.runtime.PelTrap;

/**
 * The header of a {@code .npy} file. Source: NumPy Enhancement Proposal 1 and {@code numpy.lib.format}, versions 1.0 to 3.0.
 *
 * @param dtype type of the elements without byte order, for instance {@code f8}
 * @param bigEndian byte order of the elements
 * @param fortran whether the first axis varies fastest
 * @param shape extents
 * @param dataAt position of the first element
 */
@SuppressWarnings("ArrayRecordComponent")
record NpyHeader(String dtype, boolean bigEndian, boolean fortran, long[] shape, long dataAt) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z]\\d*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");
    /** A longer header is not one of a plain array. */
    private static final int LONGEST = 1 << 20;

    /** The header that a file of this array gets; vectors become one more axis. Traps on types that have no plain NumPy type. */
    static NpyHeader of(PelArray array) {
        ElemType type = array.type();
        boolean vector = type == ElemType.VEC2 || type == ElemType.VEC3 || type == ElemType.VEC4;
        if (type.columns() > 1 && !vector && type != ElemType.COMPLEX || type.isObject()) {
            throw new PelTrap("arrays of " + type + " cannot be saved as .npy: save their fields one by one");
        }
        long[] shape = new long[array.axes() + (vector ? 1 : 0)];
        for (int d = 0; d < array.axes(); d++) {
            shape[d] = array.length(d);
        }
        if (vector) {
            shape[array.axes()] = type.columns();
        }
        return new NpyHeader(type == ElemType.COMPLEX ? "c16" : dtype(type.column(0)), false, false, shape, 0);
    }

    /** What stands for a file without header. */
    static NpyHeader raw(ElemType type, long[] extents) {
        return new NpyHeader(type == ElemType.COMPLEX ? "c16" : dtype(type.column(0)), false, false, extents, 0);
    }

    private static String dtype(Column column) {
        return switch (column) {
            case F64 -> "f8";
            case I64 -> "i8";
            case I32 -> "i4";
            case I16 -> "i2";
            case I8 -> "u1";
            case F32 -> "f4";
            case BOOL -> "b1";
            case OBJ -> throw new IllegalStateException("references have no file type");
        };
    }

    /** Bytes of one number. */
    int itemBytes() {
        return Integer.parseInt(dtype.substring(1));
    }

    long dataBytes() {
        long n = itemBytes();
        for (long extent : shape) {
            n = Math.multiplyExact(n, extent);
        }
        return n;
    }

    /** Format 1.0, padded to a multiple of 64 bytes. */
    byte[] bytes() {
        StringBuilder tuple = new StringBuilder("(");
        for (long extent : shape) {
            tuple.append(extent).append(shape.length == 1 ? "," : ", ");
        }
        String closed = shape.length == 1 ? tuple.toString() : tuple.substring(0, tuple.length() - 2);
        String mark = itemBytes() == 1 ? "|" : "<";
        String text = "{'descr': '" + mark + dtype + "', 'fortran_order': False, 'shape': " + closed + "), }";
        int length = (10 + text.length() + 1 + 63) / 64 * 64;
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (length - 10));
        out.put(text.getBytes(StandardCharsets.US_ASCII));
        while (out.position() < length - 1) {
            out.put((byte) ' ');
        }
        return out.put((byte) '\n').array();
    }

    static NpyHeader read(String path, FileChannel in) throws IOException {
        ByteBuffer start = read(in, 0, 12);
        if (start.remaining() < 10 || start.slice(0, MAGIC.length).mismatch(ByteBuffer.wrap(MAGIC)) >= 0) {
            throw new PelTrap(path + " is not a .npy file");
        }
        start.position(MAGIC.length);
        int major = start.get();
        start.get();
        int length = major == 1 ? start.getShort() & 0xffff : start.remaining() >= 4 ? start.getInt() : -1;
        int at = major == 1 ? 10 : 12;
        if (major < 1 || major > 3 || length < 0 || length > LONGEST) {
            throw new PelTrap(path + ": unknown .npy version " + major);
        }
        String text = StandardCharsets.UTF_8.decode(read(in, at, length)).toString();
        Matcher descr = DESCR.matcher(text);
        Matcher order = ORDER.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!order.find() || !shape.find()) {
            throw new PelTrap(path + ": damaged .npy header");
        }
        if (!descr.find() || !descr.group(2).matches("b1|[iu][1248]|f[48]|c16")) {
            throw new PelTrap(path + " holds elements that are not plain numbers: " + text.strip());
        }
        return new NpyHeader(descr.group(2), descr.group(1).equals(">"), order.group(1).equals("True"), extents(path, shape.group(1)), at + length);
    }

    private static ByteBuffer read(FileChannel in, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && in.read(buffer, at + buffer.position()) >= 0) {
            // read again: a channel may give less than asked for
        }
        return buffer.flip();
    }

    private static long[] extents(String path, String tuple) {
        String[] parts = tuple.isBlank() ? new String[0] : tuple.strip().split("\\s*,\\s*");
        long[] extents = new long[parts.length];
        try {
            for (int d = 0; d < parts.length; d++) {
                extents[d] = Long.parseLong(parts[d]);
            }
        } catch (NumberFormatException e) {
            throw new PelTrap(path + ": damaged shape (" + tuple + ") in the .npy header", e);
        }
        return extents;
    }

    /** The array's extents, after checking that elements and axes fit. */
    long[] extentsFor(String path, ElemType type, int axes) {
        boolean vector = type.columns() > 1 && type != ElemType.COMPLEX;
        int inner = vector ? 1 : 0;
        if (shape.length != axes + inner || (vector && shape[axes] != type.columns())) {
            throw new PelTrap(path + " has shape " + Arrays.toString(shape) + "; an array of " + type + " with " + axes + " axes was expected");
        }
        if (!fits(type)) {
            throw new PelTrap(path + " holds " + dtype + ", which does not fit an array of " + type + " without loss");
        }
        return Arrays.copyOf(shape, axes);
    }

    private boolean fits(ElemType type) {
        if (type == ElemType.COMPLEX) {
            return dtype.equals("c16");
        }
        return switch (type.column(0)) {
            case F64 -> !dtype.equals("c16") && !dtype.equals("b1");
            case F32 -> dtype.equals("f4");
            case I64 -> dtype.matches("[iu][124]|i8");
            case I32 -> dtype.matches("[iu][12]|i4");
            case I16 -> dtype.matches("[iu]1|i2");
            case I8 -> dtype.equals("u1");
            case BOOL -> dtype.equals("b1");
            case OBJ -> false;
        };
    }
}
