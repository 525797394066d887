package org.pellang.runtime.transport.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds connections over which nothing comes through any more, since a link between two hosts is cut: the kernel sends their last segment again and again, for a quarter of
 * an hour (Linux: {@code /proc/net/tcp}). The socket option for a shorter time would also hang up on ranks that just do not read while they compute.
 */
public final class Unacknowledged {
    /** Pauses double from 0.2 s on, so this many are more than 6 s. */
    private static final int MOST = 5;
    private static final String ESTABLISHED = "01";
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int AGAIN = 6;
    private static final int FIELDS = 10;
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

    private Unacknowledged() {}

    /** The lines of the kernel's tables for such connections; empty if the kernel does not tell. */
    public static List<String> lines() {
        List<String> all = new ArrayList<>();
        for (Path table : TABLES) {
            try (var lines = Files.lines(table)) {
                lines.filter(Unacknowledged::isStuck).forEach(all::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                // Another system, or no such protocol.
            }
        }
        return all;
    }

    /** Whether a line of the table tells of a connection whose other end does not acknowledge. */
    static boolean isStuck(String line) {
        String[] fields = line.strip().split("\\s+");
        return fields.length >= FIELDS && fields[STATE].equals(ESTABLISHED) && Integer.parseUnsignedInt(fields[AGAIN], 16) >= MOST;
    }

    /** Whether one of these lines tells of this connection. */
    static boolean isAmong(List<String> lines, SocketChannel channel) {
        try {
            InetSocketAddress here = (InetSocketAddress) channel.getLocalAddress();
            InetSocketAddress there = (InetSocketAddress) channel.getRemoteAddress();
            return lines.stream().anyMatch(line -> tellsOf(line, here, there));
        } catch (IOException e) {
            // It has been closed, which is noticed elsewhere.
            return false;
        }
    }

    static boolean tellsOf(String line, InetSocketAddress here, InetSocketAddress there) {
        String[] fields = line.strip().split("\\s+");
        // A number of the old protocol ends the one of the new protocol that stands for it.
        return fields[1].endsWith(port(here)) && fields[REMOTE].endsWith(words(there.getAddress()) + port(there));
    }

    private static String port(InetSocketAddress address) {
        return String.format(Locale.ROOT, ":%04X", address.getPort());
    }

    /** As the kernel writes it: words of four bytes, the last byte first. */
    private static String words(InetAddress address) {
        byte[] bytes = address.getAddress();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            text.append(String.format(Locale.ROOT, "%02X", bytes[i / 4 * 4 + 3 - i % 4]));
        }
        return text.toString();
    }
}
