package org.pellang.runtime.transport.mpi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One binary interface of MPI libraries, a column of {@code abi.tsv}: sizes, constants and predefined handles.
 *
 * @param profile which
 * @param entries the column
 */
record MpiAbi(Profile profile, Map<String, String> entries) {
    /** The interfaces that exist. */
    enum Profile {
        /** Open MPI 4 and 5: handles are addresses of the library's data. */
        OPENMPI,
        /** MPICH, and those who promise to be like it: handles are 32-bit numbers. */
        MPICH,
        /** The standard interface of MPI-5.0: handles have the size of addresses, predefined ones are small numbers. */
        ABI
    }

    private static final String TABLE = "abi.tsv";

    MpiAbi {
        entries = Map.copyOf(entries);
    }

    /** Reads the column of a profile. */
    static MpiAbi of(Profile profile) {
        Map<String, String> entries = new HashMap<>();
        int column = -1;
        for (String line : lines()) {
            String[] cells = line.split("\t", -1);
            if (line.startsWith("#")) {
                continue;
            }
            if (column < 0) {
                column = List.of(cells).indexOf(profile.name().toLowerCase(Locale.ROOT));
            } else {
                entries.put(cells[0], cells[column]);
            }
        }
        return new MpiAbi(profile, entries);
    }

    private static List<String> lines() {
        try (InputStream in = MpiAbi.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("no " + TABLE + " in this installation");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An entry as it stands in the table. */
    String text(String name) {
        String text = entries.get(name);
        if (text == null) {
            throw new IllegalArgumentException("the table of interfaces has no " + name);
        }
        return text;
    }

    /** An entry that is a number. */
    long number(String name) {
        return Long.decode(text(name));
    }

    /** Bytes of a handle in memory. */
    int handleBytes() {
        return (int) number("handle.bytes");
    }

    /** Names under which such libraries are found. */
    List<String> files() {
        return List.of(text("files").split(" "));
    }

    /** Whether a library with that {@code MPI_Get_library_version} has this interface; one of the standard interface may be anybody's. */
    boolean isOf(String version) {
        String says = text("says");
        return says.isEmpty() || List.of(says.split("\\|")).stream().anyMatch(version::contains);
    }
}
