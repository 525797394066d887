package org.pellang.runtime.transport.mpi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.transport.mpi.MpiAbi.Profile;

/**
 * The MPI library in this process; there can be only one. Every argument of a function of MPI is an int, an address or a handle, and is passed as a 64-bit
 * number: in the calling conventions of x86-64, AArch64 and RISC-V each takes one register or one 8-byte place. So functions differ in the number of arguments alone,
 * and handles of all interfaces are {@code long}s.
 */
final class MpiLibrary {
    private static final int NOW_AND_GLOBAL = 0x102;
    private static final Linker LINKER = Linker.nativeLinker();

    /** What keeps libraries from taking the JVM's signals (its null checks are SIGSEGVs), unless the user has said something else. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "UCX_HANDLE_ERRORS", "none",
            "UCX_ERROR_SIGNALS", "",
            "HFI_NO_BACKTRACE", "1",
            "IPATH_NO_BACKTRACE", "1",
            "OMPI_MCA_mpi_warn_on_fork", "0");

    private static @Nullable MpiLibrary loaded;

    private final MpiAbi abi;
    private final SymbolLookup symbols;
    private final String version;

    private MpiLibrary(MpiAbi abi, SymbolLookup symbols, String version) {
        this.abi = abi;
        this.symbols = symbols;
        this.version = version;
    }

    /** The library, once {@link #load} has found it. */
    static synchronized MpiLibrary get() {
        return Objects.requireNonNull(loaded, "no MPI library is loaded");
    }

    /**
     * Loads a library.
     *
     * @param wanted interfaces in the order in which they are tried
     * @param file a library to take instead of those that are looked for; none if empty
     */
    static synchronized MpiLibrary load(List<Profile> wanted, String file) throws MpiException {
        if (loaded != null) {
            return loaded;
        }
        setEnvironment();
        List<String> tried = new ArrayList<>();
        for (Profile profile : wanted) {
            MpiAbi abi = MpiAbi.of(profile);
            for (String name : file.isEmpty() ? abi.files() : List.of(file)) {
                MpiLibrary library = open(abi, name);
                if (library == null) {
                    tried.add(name);
                } else if (abi.isOf(library.version)) {
                    loaded = library;
                    return library;
                } else {
                    tried.add(name + " (which is " + library.version.lines().findFirst().orElse("?").strip() + ")");
                }
            }
        }
        throw new MpiException(MpiException.MISSING, missing(wanted.getFirst(), tried));
    }

    private static String missing(Profile profile, List<String> tried) {
        String install = switch (profile) {
            case OPENMPI -> "Open MPI: apt-get install openmpi-bin libopenmpi-dev (Debian, Ubuntu), dnf install openmpi (Fedora)";
            case MPICH -> "MPICH: apt-get install mpich (Debian, Ubuntu), dnf install mpich (Fedora)";
            case ABI -> "an MPI library with the standard interface of MPI-5";
        };
        return "no " + name(profile) + " library was found (tried " + String.join(", ", tried) + ")\n  install " + install
                + ",\n  or load the cluster's module for it, or set PEL_MPI_LIBRARY to the file of the library";
    }

    private static String name(Profile profile) {
        return switch (profile) {
            case OPENMPI -> "Open MPI";
            case MPICH -> "MPICH";
            case ABI -> "MPI-5";
        };
    }

    /** Opened so that the library's own plugins find its symbols; null if there is no such file. */
    @SuppressWarnings("restricted")
    private static @Nullable MpiLibrary open(MpiAbi abi, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle dlopen = LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("dlopen"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            MemorySegment handle = (MemorySegment) dlopen.invokeExact(arena.allocateFrom(name), NOW_AND_GLOBAL);
            if (handle.equals(MemorySegment.NULL)) {
                return null;
            }
            SymbolLookup symbols = SymbolLookup.libraryLookup(name, Arena.global());
            return new MpiLibrary(abi, symbols, version(symbols));
        } catch (IllegalArgumentException e) {
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot open " + name, e);
        }
    }

    private static String version(SymbolLookup symbols) throws Throwable {
        MemorySegment function = symbols.find("MPI_Get_library_version").orElse(MemorySegment.NULL);
        if (function.equals(MemorySegment.NULL)) {
            return "no MPI library, or one older than MPI-3";
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(MpiAbi.of(Profile.MPICH).number("MPI_MAX_LIBRARY_VERSION_STRING"));
            MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
            int code = (int) link(function, 2).invokeExact(text.address(), length.address());
            return code == 0 ? text.getString(0) : "one that does not tell its version";
        }
    }

    /** Before the library is loaded: it reads its environment then, and Java cannot set its own. */
    @SuppressWarnings("restricted")
    private static void setEnvironment() {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle setenv = LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("setenv"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            for (Map.Entry<String, String> entry : ENVIRONMENT.entrySet()) {
                int ignored = (int) setenv.invokeExact(arena.allocateFrom(entry.getKey()), arena.allocateFrom(entry.getValue()), 0);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("setenv failed", e);
        }
    }

    MpiAbi abi() {
        return abi;
    }

    /** What {@code MPI_Get_library_version} says. */
    String version() {
        return version;
    }

    /** A predefined handle or a constant: the address of a symbol, or a number. */
    long value(String name) {
        String text = abi.text(name);
        return text.startsWith("&") ? symbols.findOrThrow(text.substring(1)).address() : abi.number(name);
    }

    /** A function with so many arguments, all of them longs; returns an int. */
    MethodHandle function(String name, int arguments) {
        return link(symbols.findOrThrow(name), arguments);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(MemorySegment function, int arguments) {
        MemoryLayout[] layouts = Collections.nCopies(arguments, ValueLayout.JAVA_LONG).toArray(MemoryLayout[]::new);
        return LINKER.downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts));
    }
}
