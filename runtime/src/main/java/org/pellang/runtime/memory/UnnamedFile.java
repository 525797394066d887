package org.pellang.runtime.memory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A file in memory, where there is such a folder, that has no name from the first moment on, so that nothing is left however processes end. Others of the same
 * user and machine open it, while this process has it open, by its address: the maker's file descriptor under {@code /proc}.
 */
public final class UnnamedFile implements AutoCloseable {
    private static final Set<StandardOpenOption> BOTH = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final FileChannel channel;
    private final String name;

    private UnnamedFile(FileChannel channel, String name) {
        this.channel = channel;
        this.name = name;
    }

    /** Makes an empty one, for this user alone. */
    public static UnnamedFile create() throws IOException {
        Path memory = Path.of("/dev/shm");
        Path folder = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
        Path name = folder.resolve("pel-" + UUID.randomUUID());
        FileChannel channel = FileChannel.open(name,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.delete(name);
        return new UnnamedFile(channel, name.toString());
    }

    /** The file itself. */
    public FileChannel channel() {
        return channel;
    }

    /** What {@link #open} takes, also in another process. @throws IOException if the system does not show open files */
    public String address() throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + ProcessHandle.current().pid() + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (pointsTo(descriptor, name)) {
                    return descriptor + " " + name;
                }
            }
        }
        throw new IOException("the system does not show open files under /proc");
    }

    /** Opens the file of that address. @throws IOException if there is none, for instance since it is on another machine */
    public static FileChannel open(String address) throws IOException {
        int blank = address.indexOf(' ');
        if (blank < 0) {
            throw new IOException("no address of a file: " + address);
        }
        Path descriptor = Path.of(address.substring(0, blank));
        // On another machine the descriptor may be that of another file.
        if (!pointsTo(descriptor, address.substring(blank + 1))) {
            throw new IOException("no such file here: " + address);
        }
        return FileChannel.open(descriptor, BOTH);
    }

    private static boolean pointsTo(Path descriptor, String name) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith(name);
        } catch (IOException e) {
            // Closed in the meantime: another one.
            return false;
        }
    }

    /** Others cannot open it any more; mappings stay. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
