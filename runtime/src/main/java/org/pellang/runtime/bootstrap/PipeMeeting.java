package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pellang.runtime.Console;
import org.pellang.runtime.transport.tcp.JobKey;
import org.pellang.runtime.transport.tcp.TlsIdentity;

/**
 * Meets the other JVMs by way of the launcher: a line {@code key HEX} comes on standard input (with certificate,
 * its key and the authority, in Base64, if hosts are different), a line {@code ␟pel port N} goes out on
 * standard error (␟ is the character U+001F, so that the launcher can tell it from the program's), and a line
 * {@code peers HOST PORT HOST PORT ...} comes, one pair for each JVM in order.
 * In a job that may be restarted the number of the attempt follows the port, so that none meets with one that is over.
 */
record PipeMeeting(ControlPipe control, Console console, int epoch) implements Meeting {
    /** What the line with the port begins with. */
    static final String PORT = "\u001fpel port ";

    @Override
    public Secret secret() throws IOException {
        try {
            String[] words = control.await("key").split(" ");
            Optional<TlsIdentity> identity = words.length < 4 ? Optional.empty() : Optional.of(TlsIdentity.of(words[1], words[2], words[3]));
            return new Secret(JobKey.of(words[0]), identity);
        } catch (IllegalArgumentException e) {
            throw new IOException("the launcher gave no key", e);
        }
    }

    @Override
    public List<InetSocketAddress> exchange(int port) throws IOException {
        console.report(PORT + port + (epoch == 0 ? "" : " " + epoch));
        String[] words = control.await("peers").split(" ");
        List<InetSocketAddress> peers = new ArrayList<>();
        try {
            for (int i = 0; i < words.length; i += 2) {
                peers.add(new InetSocketAddress(words[i], Integer.parseInt(words[i + 1])));
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("the launcher named no peers: " + String.join(" ", words), e);
        }
        return peers;
    }
}
