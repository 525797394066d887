package org.pellang.runtime.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.loop.Ranks;
import org.pellang.runtime.value.Complex;
import org.pellang.runtime.value.Vec3;

class ArrayFilesTest {
    private static final DimDist[] GRID = {DimDist.BLOCK, DimDist.BLOCK};

    @TempDir
    Path folder;

    /** The bytes that numpy.save writes, put together by hand from the format's description. */
    private Path npy(String name, int version, String dictionary, byte[] data) throws IOException {
        byte[] text = (dictionary + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(12 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            out.putShort((short) text.length);
        } else {
            out.putInt(text.length);
        }
        out.put(text).put(data);
        return Files.write(folder.resolve(name), java.util.Arrays.copyOf(out.array(), out.position()));
    }

    private static byte[] doubles(ByteOrder order, double... values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(order);
        for (double v : values) {
            out.putDouble(v);
        }
        return out.array();
    }

    private static ElemType type(String name) {
        return List.of(ElemType.FLOAT, ElemType.INT, ElemType.INT32, ElemType.INT16, ElemType.BYTE, ElemType.FLOAT32, ElemType.BOOL, ElemType.COMPLEX, ElemType.VEC3)
                .stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    private static Object value(ElemType type, long i, long j) {
        long n = (i * 31 + j * 7) % 120;
        return switch (type.name()) {
            case "float" -> n / 3.0;
            case "float32" -> n / 3.0f;
            case "bool" -> n % 2 == 0;
            case "complex" -> new Complex(n, -n / 7.0);
            case "vec3" -> new Vec3(n, n + 0.5, -n);
            default -> n;
        };
    }

    @ParameterizedTest
    @CsvSource({"float,1,3", "float,4,2", "int,3,4", "int32,2,2", "int16,5,1", "byte,2,3", "float32,4,4", "bool,3,2", "complex,4,3", "vec3,2,6"})
    void whatOneNumberOfRanksWritesAnotherReads(String name, int writers, int readers) {
        String path = folder.resolve(name + ".npy").toString();
        ElemType type = type(name);
        Ranks.run(writers, rank -> {
            PelArray a = PelArray.create(Domain.distributed(rank, new long[] {-2, 5}, new long[] {6, 15}, GRID, false), type);
            Rows.forEach(a.owned(), (at, n) -> {
                for (int j = 0; j < n; j++) {
                    a.set(a.at(at[0], at[1] + j), value(type, at[0] + 2, at[1] + j - 5));
                }
            });
            ArrayFiles.save(rank, Ranks.SITE, path, a);
        });
        Ranks.run(readers, rank -> {
            PelArray whole = ArrayFiles.load(rank, Ranks.SITE, path, type, 2, null);
            PelArray part = ArrayFiles.load(rank, Ranks.SITE, path, type, 2, GRID);
            assertThat(whole.length(0)).isEqualTo(9);
            assertThat(whole.length(1)).isEqualTo(11);
            for (int i = 0; i < 9; i++) {
                for (int j = 0; j < 11; j++) {
                    assertThat(whole.get(whole.at(i, j))).isEqualTo(value(type, i, j));
                }
            }
            assertThat(part.replicate(rank, Ranks.SITE).contentEquals(whole)).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void filesInOtherFlavours(int version) throws IOException {
        String big = npy("big.npy", version, "{'descr': '>f8', 'fortran_order': False, 'shape': (3,), }", doubles(ByteOrder.BIG_ENDIAN, 1, 2.5, -3)).toString();
        String columns = npy("f.npy", version, "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }", doubles(ByteOrder.LITTLE_ENDIAN, 1, 4, 2, 5, 3, 6)).toString();
        String bytes = npy("u.npy", version, "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", new byte[] {1, (byte) 200, 3}).toString();
        Ranks.run(2, rank -> {
            assertThat(ArrayFiles.load(rank, Ranks.SITE, big, ElemType.FLOAT, 1, null).f64(0)).containsExactly(1, 2.5, -3);
            PelArray f = ArrayFiles.load(rank, Ranks.SITE, columns, ElemType.FLOAT, 2, GRID).replicate(rank, Ranks.SITE);
            assertThat(f.f64(0)).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(ArrayFiles.load(rank, Ranks.SITE, bytes, ElemType.FLOAT, 1, null).f64(0)).containsExactly(1, 200, 3);
            assertThat(ArrayFiles.load(rank, Ranks.SITE, bytes, ElemType.INT, 1, null).i64(0)).containsExactly(1, 200, 3);
        });
    }

    @Test
    void theHeaderIsNumPys() throws IOException {
        String path = folder.resolve("a.npy").toString();
        Ranks.run(1, rank -> ArrayFiles.save(rank, Ranks.SITE, path, PelArray.ofDoubles(1.5, 2)));
        byte[] bytes = Files.readAllBytes(Path.of(path));
        assertThat(bytes).hasSize(128 + 16);
        assertThat(new String(bytes, 1, 5, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
        assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII).stripTrailing())
                .isEqualTo("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }");
    }

    @Test
    void textAndBareElements() {
        String csv = folder.resolve("t.csv").toString();
        String raw = folder.resolve("t.raw").toString();
        Ranks.run(3, rank -> {
            PelArray a = PelArray.create(Domain.distributed(rank, new long[2], new long[] {2, 1}, GRID, false), ElemType.FLOAT);
            for (int i = 0; i < 3; i++) {
                a.writeElement(i / 3.0, i, 0);
                a.writeElement(1e-30 * i, i, 1);
            }
            ArrayFiles.save(rank, Ranks.SITE, csv, a);
            PelArray back = ArrayFiles.load(rank, Ranks.SITE, csv, ElemType.FLOAT, 2, null);
            assertThat(back.contentEquals(a.replicate(rank, Ranks.SITE))).isTrue();
            ArrayFiles.save(rank, Ranks.SITE, raw, a);
            PelArray line = ArrayFiles.load(rank, Ranks.SITE, raw, ElemType.FLOAT, 1, new DimDist[] {DimDist.BLOCK});
            assertThat(line.replicate(rank, Ranks.SITE).f64(0)).containsExactly(back.f64(0));
        });
    }

    /** Whatever the distributions, the file has the same bytes, and every rank finds its elements in it. */
    @ParameterizedTest
    @CsvSource({"float,1,3", "float,4,2", "int,3,4", "string,2,3", "bool,5,1", "float32,2,7"})
    void textOfOneNumberOfRanksIsReadByAnother(String name, int writers, int readers) throws IOException {
        ElemType type = name.equals("string") ? ElemType.STRING : type(name);
        String want = null;
        for (DimDist[] dist : List.of(GRID, new DimDist[] {DimDist.BLOCK, DimDist.WHOLE}, new DimDist[] {DimDist.WHOLE, DimDist.CYCLIC})) {
            Path file = folder.resolve("text.csv");
            Ranks.run(writers, rank -> {
                PelArray a = PelArray.create(Domain.distributed(rank, new long[] {-2, 5}, new long[] {30, 15}, dist, false), type);
                a.domain().region().forEachRow((at, n) -> {
                    for (int j = 0; j < n; j++) {
                        Object v = name.equals("string") ? at[0] % 3 == 0 ? "a, \"" + (at[1] + j) + "\"" : "\u00e9" + at[0] : value(type, at[0] + 2, at[1] + j - 5);
                        a.set(a.layout().place(new long[] {at[0], at[1] + j}), v);
                    }
                });
                ArrayFiles.save(rank, Ranks.SITE, file.toString(), a);
            });
            String text = Files.readString(file);
            assertThat(text.lines()).hasSize(33);
            want = want == null ? text : want;
            assertThat(text).isEqualTo(want);
            // Headings, empty lines, all ends of lines.
            String headings = name.equals("string") ? "" : "one,\"two\"\r\n";
            Files.writeString(file, headings + text.replaceFirst("\n", "\r\n\r\n").replaceFirst("(?<!\r)\n", "\r").stripTrailing());
            Ranks.run(readers, rank -> {
                PelArray whole = ArrayFiles.load(rank, Ranks.SITE, file.toString(), type, 2, null);
                PelArray part = ArrayFiles.load(rank, Ranks.SITE, file.toString(), type, 2, dist);
                PelArray line = ArrayFiles.load(rank, Ranks.SITE, file.toString(), type, 1, new DimDist[] {DimDist.BLOCK});
                assertThat(whole.length(0)).isEqualTo(33);
                assertThat(part.replicate(rank, Ranks.SITE).contentEquals(whole)).isTrue();
                assertThat(line.replicate(rank, Ranks.SITE).size()).isEqualTo(33 * 11);
                assertThat(line.replicate(rank, Ranks.SITE).get(32 * 11 + 3)).isEqualTo(whole.get(whole.at(32, 3)));
            });
        }
    }

    /** As the system counts them, for each rank's thread. */
    @Test
    void eachRankWritesAndReadsItsShareOnly() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/thread-self/io")));
        int ranks = 4;
        int n = 400_000;
        for (String name : List.of("a.csv", "a.npy", "a.raw")) {
            String path = folder.resolve(name).toString();
            long[] written = new long[ranks];
            long[] read = new long[ranks];
            Ranks.run(ranks, rank -> {
                PelArray a = PelArray.create(Domain.distributed(rank, new long[] {0}, new long[] {n - 1}, new DimDist[] {DimDist.BLOCK}, false), ElemType.FLOAT);
                Rows.forEach(a.owned(), (at, count) -> {
                    for (int k = 0; k < count; k++) {
                        a.set(a.at(at[0] + k), (at[0] + k) * 0.125);
                    }
                });
                long before = counted("wchar");
                ArrayFiles.save(rank, Ranks.SITE, path, a);
                written[rank.rank()] = counted("wchar") - before;
                before = counted("rchar");
                PelArray back = ArrayFiles.load(rank, Ranks.SITE, path, ElemType.FLOAT, 1, new DimDist[] {DimDist.BLOCK});
                read[rank.rank()] = counted("rchar") - before;
                assertThat(back.contentEquals(a)).isTrue();
            });
            long size = Files.size(Path.of(path));
            assertThat(Arrays.stream(written).max().orElseThrow()).as("%s: %s", name, Arrays.toString(written)).isLessThan(size / ranks + size / 20);
            assertThat(Arrays.stream(written).sum()).isBetween(size, size + 4096);
            assertThat(Arrays.stream(read).max().orElseThrow()).as("%s: %s", name, Arrays.toString(read)).isLessThan(size / ranks + size / 20);
        }
    }

    /** Bytes that this thread has read or written. */
    private static long counted(String what) {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/io")).stream()
                    .filter(l -> l.startsWith(what)).mapToLong(l -> Long.parseLong(l.substring(l.indexOf(' ') + 1))).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void badFilesAreNamed() throws IOException {
        String missing = folder.resolve("none.npy").toString();
        trap(missing, ElemType.FLOAT, 1, "cannot read " + missing + ": there is no such file");
        String empty = Files.write(folder.resolve("e.npy"), new byte[0]).toString();
        trap(empty, ElemType.FLOAT, 1, empty + " is not a .npy file");
        String cut = npy("cut.npy", 1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", new byte[16]).toString();
        trap(cut, ElemType.FLOAT, 1, "cut.npy is cut short: ");
        trap(cut, ElemType.FLOAT, 2, "cut.npy has shape [3]; an array of float with 2 axes was expected");
        trap(cut, ElemType.INT, 1, "cut.npy holds f8, which does not fit an array of int without loss");
        String objects = npy("o.npy", 1, "{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", new byte[16]).toString();
        trap(objects, ElemType.FLOAT, 1, "o.npy holds elements that are not plain numbers");
        String ragged = Files.writeString(folder.resolve("r.csv"), "a,b\n1,2\n3\n").toString();
        trap(ragged, ElemType.FLOAT, 2, "r.csv:3: 1 values where the rows before have 2");
        String word = Files.writeString(folder.resolve("w.csv"), "1,2\n3,x\n").toString();
        trap(word, ElemType.FLOAT, 2, "w.csv:2: 'x' is not a value of type float");
        String binary = Files.write(folder.resolve("b.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0}).toString();
        trap(binary, ElemType.FLOAT, 2, "b.csv: it is not UTF-8 text");
        String odd = Files.write(folder.resolve("odd.raw"), new byte[9]).toString();
        trap(odd, ElemType.FLOAT, 1, "odd.raw has 9 bytes, which is no multiple of the 8 of a float");
    }

    private static void trap(String path, ElemType type, int axes, String message) {
        assertThat(Ranks.report(2, rank -> ArrayFiles.load(rank, Ranks.SITE, path, type, axes, null))).contains(message);
        DimDist[] dist = axes == 1 ? new DimDist[] {DimDist.BLOCK} : GRID;
        assertThat(Ranks.report(3, rank -> ArrayFiles.load(rank, Ranks.SITE, path, type, axes, dist))).contains(message);
    }

    @Test
    void aFolderThatDoesNotExistIsNamed() {
        String path = folder.resolve("no/such.npy").toString();
        assertThat(Ranks.report(2, rank -> ArrayFiles.save(rank, Ranks.SITE, path, PelArray.ofDoubles(1))))
                .contains("cannot write " + path + ": its folder does not exist");
    }
}
