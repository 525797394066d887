package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.pellang.runtime.Rank;
import org.pellang.runtime.transport.mpi.MpiException;
import org.pellang.runtime.transport.mpi.MpiJob;
import org.pellang.runtime.transport.tcp.Doorway;
import org.pellang.runtime.transport.tcp.Hello;
import org.pellang.runtime.transport.tcp.JobKey;
import org.pellang.runtime.transport.tcp.Wire;

/** Makes the control connections of a job over several machines: a star around rank 0, whose address and the job's key travel by MPI. */
record MpiMeeting(MpiJob job) {
    private static final long MEET_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long TRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String LOOPBACK = "127.0.0.1";

    /** The connections of this rank. Collective. */
    Map<Integer, Wire> lines() throws MpiException, IOException {
        long name = Rank.hostName().hashCode();
        boolean local = Arrays.stream(job.gather(name)).allMatch(other -> other == name);
        Map<Integer, Wire> lines = new HashMap<>();
        if (job.rank() > 0) {
            String[] words = job.broadcast("").split(" ");
            lines.put(0, call(JobKey.of(words[0]), Integer.parseInt(words[1]), List.of(words).subList(2, words.length)));
            return lines;
        }
        JobKey key = JobKey.random();
        try (Doorway door = Doorway.open(local ? LOOPBACK : "0.0.0.0", key)) {
            job.broadcast(key.hex() + " " + door.port() + " " + String.join(" ", local ? List.of(LOOPBACK) : addresses()));
            long end = System.nanoTime() + MEET_NANOS;
            for (int r = 1; r < job.size(); r++) {
                lines.put(r, door.await(new Hello(Hello.Purpose.CONTROL, r, 0), end - System.nanoTime()));
            }
        }
        return lines;
    }

    private Wire call(JobKey key, int port, List<String> addresses) throws IOException {
        IOException last = new IOException("rank 0 has no address");
        for (String address : addresses) {
            try {
                return Doorway.call(new InetSocketAddress(address, port), key, new Hello(Hello.Purpose.CONTROL, job.rank(), 0), TRY_NANOS);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** The addresses of this machine that others may reach. */
    private static List<String> addresses() throws IOException {
        List<String> all = new ArrayList<>();
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (card.isUp() && !card.isLoopback()) {
                card.inetAddresses().filter(a -> !a.isLinkLocalAddress() && !a.isMulticastAddress()).map(InetAddress::getHostAddress).forEach(all::add);
            }
        }
        return all;
    }
}
