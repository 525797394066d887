package org.pellang.launcher.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.placement.HostMemory;

/**
 * What a host says of itself before it gets work.
 *
 * @param name as it calls itself
 * @param address under which it was reached, as far as it is one of its own
 * @param machine tells machines apart that have several names
 * @param javaHome the JDK that was found
 * @param javaVersion of it, for people
 * @param cores that processes may use
 * @param memory that processes may use
 */
public record HostFacts(String name, String address, String machine, String javaHome, String javaVersion, int cores, HostMemory memory) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** Of this host. */
    public static HostFacts here() {
        return new HostFacts(hostName(), address(System.getenv("SSH_CONNECTION")), bootId(), System.getProperty("java.home"),
                Runtime.version().toString(), Runtime.getRuntime().availableProcessors(), HostMemory.here());
    }

    byte[] encode() {
        return Texts.encode(List.of(name, address, machine, javaHome, javaVersion, "" + cores, "" + memory.total(), memory.limitedBy()));
    }

    /** From the contents of a frame. @throws IllegalArgumentException if they are something else */
    public static HostFacts decode(byte[] contents) {
        List<String> t = Texts.decode(contents);
        if (t.size() != 8) {
            throw new IllegalArgumentException("the facts of a host are incomplete");
        }
        return new HostFacts(t.get(0), t.get(1), t.get(2), t.get(3), t.get(4), Integer.parseInt(t.get(5)), new HostMemory(Long.parseLong(t.get(6)), t.get(7)));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    /** sshd says: client's address and port, server's address and port. Behind a translation the latter is none of this host's. */
    private static String address(@Nullable String connection) {
        String[] words = connection == null ? new String[0] : connection.split(" ");
        try {
            if (words.length == 4 && NetworkInterface.getByInetAddress(InetAddress.ofLiteral(words[2])) != null) {
                return words[2];
            }
            return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                    .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress()).findFirst().map(InetAddress::getHostAddress).orElse("127.0.0.1");
        } catch (SocketException | IllegalArgumentException e) {
            return "127.0.0.1";
        }
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return hostName();
        }
    }
}
