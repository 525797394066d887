package org.pellang.launcher.rendezvous;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pellang.runtime.transport.tcp.JobAuthority;
import org.pellang.runtime.transport.tcp.JobKey;

/**
 * Introduces the JVMs of a job on several hosts to each other through their standard streams: each gets the job's key, says at which
 * port it listens, and when all have said so hears of the others. The launcher itself listens nowhere.
 */
public final class Introductions {
    /** How a JVM's line on standard error begins that is meant for the launcher. */
    public static final char MARK = '\u001f';

    private static final String PORT = MARK + "pel port ";

    private final List<String> hosts;
    private final JobKey key = JobKey.random();
    private final Optional<JobAuthority> authority;
    private final Map<Integer, OutputStream> controls = new TreeMap<>();
    private final Map<Integer, String> ports = new TreeMap<>();

    /** @param hosts names or numbers of the hosts of the JVMs, in order @param enciphers whether they encipher what they say to each other */
    public Introductions(List<String> hosts, boolean enciphers) {
        this.hosts = List.copyOf(hosts);
        this.authority = enciphers ? Optional.of(JobAuthority.fresh()) : Optional.empty();
    }

    /** A JVM has been started, with this standard input. */
    public synchronized void started(int jvm, OutputStream control) {
        controls.put(jvm, control);
        say(control, "key " + key.hex() + authority.map(a -> " " + a.member("JVM " + jvm)).orElse(""));
        introduce();
    }

    /** A JVM has written a line for the launcher. */
    public synchronized void heard(int jvm, String line) {
        if (line.startsWith(PORT)) {
            ports.put(jvm, line.substring(PORT.length()).strip());
            introduce();
        }
    }

    /** JVMs that have not said yet at which port they listen. */
    public synchronized List<Integer> missing() {
        return IntStream.range(0, hosts.size()).filter(jvm -> !ports.containsKey(jvm)).boxed().toList();
    }

    private void introduce() {
        if (ports.size() == hosts.size() && controls.size() == hosts.size()) {
            String peers = ports.entrySet().stream().map(e -> hosts.get(e.getKey()) + " " + e.getValue()).collect(Collectors.joining(" "));
            controls.values().forEach(control -> say(control, "peers " + peers));
        }
    }

    private static void say(OutputStream control, String line) {
        try {
            control.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            control.flush();
        } catch (IOException e) {
            // The JVM has ended, which the job sees by itself.
        }
    }
}
