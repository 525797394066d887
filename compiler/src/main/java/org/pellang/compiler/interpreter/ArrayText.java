package org.pellang.compiler.interpreter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.sema.type.Type;

/** Arrays in {@code .npy} (version 1.0, little-endian, C order) and {@code .csv} files. */
final class ArrayText {
    private ArrayText() {}

    static Object save(String path, ArrayValue array) {
        try {
            if (path.endsWith(".csv")) {
                Files.writeString(Path.of(path), csv(array));
            } else {
                byte[] data = bytes(array);
                byte[] header = path.endsWith(".npy") ? header(array) : new byte[0];
                ByteBuffer all = ByteBuffer.allocate(header.length + data.length).put(header).put(data);
                Files.write(Path.of(path), all.array());
            }
            return Boolean.TRUE;
        } catch (IOException e) {
            throw new Trap(null, "cannot write " + path + ": " + e.getMessage());
        }
    }

    private static List<Object> leaves(Object element) {
        return switch (element) {
            case ComplexValue z -> List.of(z.re(), z.im());
            case VectorValue v -> java.util.Arrays.stream(v.parts()).boxed().map(d -> (Object) d).toList();
            case StructValue s -> java.util.Arrays.stream(s.parts()).flatMap(p -> leaves(p).stream()).toList();
            default -> List.of(element);
        };
    }

    private static String csv(ArrayValue array) {
        int columns = array.domain.axes() == 1 ? 1 : (int) array.domain.extent(1);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < array.data.length; k++) {
            List<Object> leaves = leaves(array.data[k]);
            for (int p = 0; p < leaves.size(); p++) {
                text.append(p == 0 ? "" : ",").append(cell(leaves.get(p)));
            }
            text.append((k + 1) % columns == 0 ? "\n" : ",");
        }
        return text.toString();
    }

    private static String cell(Object value) {
        return switch (value) {
            case Double d -> d.isNaN() ? "nan" : d.isInfinite() ? (d > 0 ? "inf" : "-inf") : d.toString().replace('E', 'e');
            case Float f -> f.isNaN() ? "nan" : f.isInfinite() ? (f > 0 ? "inf" : "-inf") : f.toString().replace('E', 'e');
            case String s -> s.matches("[^,\"\n\r]*") ? s : '"' + s.replace("\"", "\"\"") + '"';
            default -> value.toString();
        };
    }

    private static String dtype(Type type) {
        if (!(type instanceof Type.Scalar s)) {
            throw new Trap(null, "arrays of " + type + " cannot be saved as .npy: save their fields one by one");
        }
        return switch (s) {
            case FLOAT, VEC2, VEC3, VEC4 -> "<f8";
            case INT -> "<i8";
            case INT32 -> "<i4";
            case INT16 -> "<i2";
            case BYTE -> "|u1";
            case FLOAT32 -> "<f4";
            case BOOL -> "|b1";
            case COMPLEX -> "<c16";
            case STRING, VOID, ERROR -> throw new Trap(null, "arrays of " + type + " cannot be saved as .npy: save their fields one by one");
        };
    }

    private static byte[] header(ArrayValue array) {
        List<String> shape = new ArrayList<>();
        for (int d = 0; d < array.domain.axes(); d++) {
            shape.add(Long.toString(array.domain.extent(d)));
        }
        if (array.element.isVector()) {
            shape.add(Integer.toString(leaves(Values.zero(array.element)).size()));
        }
        String tuple = String.join(", ", shape) + (shape.size() == 1 ? "," : "");
        String text = "{'descr': '" + dtype(array.element) + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
        int length = Math.ceilDiv(10 + text.length() + 1, 64) * 64;
        byte[] padded = (text + " ".repeat(length - 10 - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
        return out.putShort((short) (length - 10)).put(padded).array();
    }

    private static byte[] bytes(ArrayValue array) {
        dtype(array.element);
        int each = leaves(Values.zero(array.element)).size() * 8;
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(array.data.length, each)).order(ByteOrder.LITTLE_ENDIAN);
        for (Object element : array.data) {
            for (Object leaf : leaves(element)) {
                switch (leaf) {
                    case Double d -> out.putDouble(d);
                    case Float f -> out.putFloat(f);
                    case Boolean b -> out.put((byte) (b ? 1 : 0));
                    default -> integer(out, (Long) leaf, array.element);
                }
            }
        }
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private static void integer(ByteBuffer out, long value, Type type) {
        if (type == Type.Scalar.INT32) {
            out.putInt((int) value);
        } else if (type == Type.Scalar.INT16) {
            out.putShort((short) value);
        } else if (type == Type.Scalar.BYTE) {
            out.put((byte) value);
        } else {
            out.putLong(value);
        }
    }

    static ArrayValue load(String path, Type.Array type, long[] blocks) {
        try {
            long[][] extents = new long[1][];
            List<Object> values = path.endsWith(".csv") ? CsvReader.read(path, type, extents) : NpyReader.read(path, type, extents);
            long[] spread = new long[type.distribution().axes().size()];
            for (int d = 0; d < spread.length; d++) {
                spread[d] = Ownership.spread(type.distribution().axes().get(d), blocks.length == 0 ? 1 : blocks[d], 1);
            }
            IndexSet from0 = IndexSet.extents(extents[0]);
            IndexSet domain = IndexSet.of(from0.lo(), from0.hi(), spread, type.distribution().periodic());
            return new ArrayValue(type.element(), domain, values.toArray());
        } catch (IOException e) {
            throw new Trap(null, "cannot read " + path + ": " + e.getMessage());
        }
    }
}
