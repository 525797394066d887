package org.pellang.runtime.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;

/**
 * Arrays in files, by the ending of the name: {@code .npy} (NumPy's format 1.0, C order, little-endian), {@code .csv} (1 or 2 axes), anything else the
 * bare elements in little-endian order. All ranks must see the same file system. Every failure is a trap that names the file.
 */
public final class ArrayFiles {
    private ArrayFiles() {}

    /** Writes an array; each rank writes its part of a distributed one. Collective: when it returns the file is complete on every rank. */
    public static void save(Rank rank, Site site, String path, PelArray array) {
        if (rank.output().replaying() && rank.world().bcastBytes(site, new byte[] {(byte) (rank.replays(path) ? 1 : 0)}, 0)[0] != 0) {
            return;
        }
        try {
            if (path.endsWith(".csv") && CsvFiles.byParts(array.domain())) {
                CsvFiles.save(rank, site, file(path), array);
            } else if (path.endsWith(".csv")) {
                PelArray all = array.domain().isDistributed() ? array.replicate(rank, site) : array;
                if (rank.rank() == 0) {
                    Files.writeString(file(path), CsvText.of(all), StandardCharsets.UTF_8);
                }
            } else {
                saveBinary(rank, site, file(path), array, path.endsWith(".npy") ? NpyHeader.of(array).bytes() : new byte[0]);
            }
        } catch (IOException e) {
            throw trouble("cannot write", path, e);
        }
        rank.world().barrier(site);
    }

    private static void saveBinary(Rank rank, Site site, Path file, PelArray array, byte[] header) throws IOException {
        if (array.type().isObject()) {
            throw new PelTrap("arrays of " + array.type() + " can be saved as .csv only");
        }
        if (rank.rank() == 0) {
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                write(out, header, 0);
                long end = header.length + array.size() * array.type().bytes();
                if (end > header.length) {
                    // The last byte now: the file has its full length, whichever rank writes first.
                    write(out, new byte[1], end - 1);
                }
            }
        }
        rank.world().barrier(site);
        if (array.domain().isDistributed() || rank.rank() == 0) {
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                FileRows.write(array, (bytes, at) -> write(out, bytes, header.length + at));
            }
        }
    }

    static void write(FileChannel out, byte[] bytes, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long place = at;
        while (buffer.hasRemaining()) {
            place += out.write(buffer, place);
        }
    }

    /**
     * Reads an array whose extents come from the file. Collective.
     *
     * @param type element type; narrower numbers in the file are widened, everything else must match
     * @param axes number of axes
     * @param dist kinds of the axes, or null for a replicated array
     */
    public static PelArray load(Rank rank, Site site, String path, ElemType type, int axes, DimDist @Nullable [] dist) {
        PelArray array;
        try {
            Path file = file(path);
            if (path.endsWith(".csv") && dist != null) {
                array = CsvFiles.load(rank, site, path, file, type, axes, extents -> create(rank, axes, dist, extents, type));
            } else if (path.endsWith(".csv")) {
                array = CsvText.read(path, Files.readString(file, StandardCharsets.UTF_8), type, axes);
            } else if (path.endsWith(".npy")) {
                array = loadNpy(rank, path, file, type, axes, dist);
            } else {
                array = loadRaw(rank, path, file, type, axes, dist);
            }
        } catch (IOException e) {
            throw trouble("cannot read", path, e);
        }
        rank.world().barrier(site);
        return array;
    }

    private static PelArray loadNpy(Rank rank, String path, Path file, ElemType type, int axes, DimDist @Nullable [] dist) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            NpyHeader header = NpyHeader.read(path, in);
            long[] extents = header.extentsFor(path, type, axes);
            if (in.size() < header.dataAt() + header.dataBytes()) {
                throw new PelTrap(path + " is cut short: " + in.size() + " bytes, " + (header.dataAt() + header.dataBytes()) + " expected");
            }
            PelArray array = create(rank, axes, dist, extents, type);
            FileRows.read(array, path, in, header);
            return array;
        }
    }

    private static PelArray loadRaw(Rank rank, String path, Path file, ElemType type, int axes, DimDist @Nullable [] dist) throws IOException {
        if (axes != 1 || type.isObject()) {
            throw new PelTrap(path + ": a file of bare elements can be loaded into one axis of numbers only");
        }
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            if (in.size() % type.bytes() != 0) {
                throw new PelTrap(path + " has " + in.size() + " bytes, which is no multiple of the " + type.bytes() + " of a " + type);
            }
            long[] extents = {in.size() / type.bytes()};
            PelArray array = create(rank, axes, dist, extents, type);
            FileRows.read(array, path, in, NpyHeader.raw(type, extents));
            return array;
        }
    }

    private static PelArray create(Rank rank, int axes, DimDist @Nullable [] dist, long[] extents, ElemType type) {
        Domain domain = Domain.extents(extents);
        if (dist != null) {
            domain = Domain.distributed(rank, new long[axes], domain.root().bounds().hi(), dist, false);
        }
        return PelArray.create(domain, type);
    }

    private static Path file(String path) {
        try {
            return Path.of(path);
        } catch (java.nio.file.InvalidPathException e) {
            throw new PelTrap("not a file name: " + path, e);
        }
    }

    private static PelTrap trouble(String what, String path, IOException e) {
        String why = switch (e) {
            case NoSuchFileException missing -> Files.exists(Path.of(path).toAbsolutePath().getParent()) ? "there is no such file" : "its folder does not exist";
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            case java.nio.charset.CharacterCodingException coding -> "it is not UTF-8 text";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
        return new PelTrap(what + " " + path + ": " + why, e);
    }
}
