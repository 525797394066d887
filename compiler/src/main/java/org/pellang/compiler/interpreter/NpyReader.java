package org.pellang.compiler.interpreter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pellang.compiler.sema.type.Type;

/** Elements of a {@code .npy} file in C or Fortran order, any byte order. */
final class NpyReader {
    private static final Pattern HEADER = Pattern.compile(
            "'descr':\\s*'([<>|=]?)(\\w\\d+)',\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([^)]*)\\)");

    private NpyReader() {}

    static List<Object> read(String path, Type.Array type, long[][] extents) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(Path.of(path))).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 10 || in.get(0) != (byte) 0x93) {
            throw new Trap(null, path + " is not a .npy file");
        }
        int version = in.get(6);
        int start = version == 1 ? 10 : 12;
        int length = version == 1 ? in.getShort(8) & 0xffff : in.getInt(8);
        Matcher header = HEADER.matcher(new String(in.array(), start, length, StandardCharsets.UTF_8));
        if (!header.find()) {
            throw new Trap(null, path + ": damaged .npy header");
        }
        long[] shape = Arrays.stream(header.group(4).split(",")).map(String::strip).filter(s -> !s.isEmpty()).mapToLong(Long::parseLong).toArray();
        int leaves = type.element().isVector() ? ((VectorValue) Values.zero(type.element())).parts().length : 1;
        if (shape.length != type.axes() + (leaves > 1 ? 1 : 0)) {
            throw new Trap(null, path + " has shape " + Arrays.toString(shape) + "; an array of " + type.element() + " with " + type.axes() + " axes was expected");
        }
        extents[0] = Arrays.copyOf(shape, type.axes());
        in.order(header.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        in.position(start + length);
        return elements(in, header.group(2), header.group(3).equals("True"), shape, leaves, type.element());
    }

    private static List<Object> elements(ByteBuffer in, String dtype, boolean fortran, long[] shape, int leaves, Type type) {
        int n = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        Object[] raw = new Object[n];
        for (int k = 0; k < n; k++) {
            raw[fortran ? position(k, shape) : k] = Arithmetic.convert(number(in, dtype), leaves > 1 ? Type.Scalar.FLOAT : type);
        }
        if (leaves == 1) {
            return Arrays.asList(raw);
        }
        List<Object> vectors = new ArrayList<>();
        for (int k = 0; k < n; k += leaves) {
            double[] parts = new double[leaves];
            for (int p = 0; p < leaves; p++) {
                parts[p] = (Double) raw[k + p];
            }
            vectors.add(new VectorValue(parts));
        }
        return vectors;
    }

    /** Place in C order of the k-th element in Fortran order. */
    private static int position(int k, long[] shape) {
        long[] index = new long[shape.length];
        long rest = k;
        for (int d = 0; d < shape.length; d++) {
            index[d] = rest % shape[d];
            rest /= shape[d];
        }
        long at = 0;
        for (int d = 0; d < shape.length; d++) {
            at = at * shape[d] + index[d];
        }
        return (int) at;
    }

    private static Object number(ByteBuffer in, String dtype) {
        return switch (dtype) {
            case "f8" -> in.getDouble();
            case "f4" -> in.getFloat();
            case "i8", "u8" -> in.getLong();
            case "i4" -> (long) in.getInt();
            case "u4" -> in.getInt() & 0xffffffffL;
            case "i2" -> (long) in.getShort();
            case "u2" -> in.getShort() & 0xffffL;
            case "i1" -> (long) in.get();
            case "u1" -> in.get() & 255L;
            case "b1" -> in.get() != 0;
            case "c16" -> new ComplexValue(in.getDouble(), in.getDouble());
            default -> throw new Trap(null, "elements of type " + dtype + " are not plain numbers");
        };
    }
}
