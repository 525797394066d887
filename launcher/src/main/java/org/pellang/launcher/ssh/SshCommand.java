package org.pellang.launcher.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the agent is started on another host: by one fixed command, which reads a script, whose length it is told first, from standard input. Nothing of the
 * job (names, arguments, variables, keys) stands on a command line or is read by a shell.
 */
final class SshCommand {
    /** The same in every job. Read byte by byte, since what follows is for others. */
    static final String REMOTE = "exec /bin/sh -c 'IFS= read -r n; eval \"$(dd bs=1 count=\"$n\" 2>/dev/null)\"'";

    /** Questions would be asked of nobody; a host that does not answer is given up. What the user's own words say goes before these. */
    private static final List<String> OPTIONS = List.of("-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=5",
            "-o", "ServerAliveCountMax=3", "-o", "ClearAllForwardings=yes");

    /** In an agent's words: there goes the host, and words that follow are a command, not a line for a shell. */
    private static final String HOST = "{host}";

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private SshCommand() {}

    /** Whether there is such a program. */
    static boolean isInstalled(String program) {
        if (program.contains("/")) {
            return Files.isExecutable(Path.of(program));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The command line for a host. */
    static List<String> words(List<String> agent, String host) {
        List<String> words = new ArrayList<>();
        // A session of its own: Ctrl-C reaches the launcher alone.
        if (SETSID.toFile().canExecute()) {
            words.add(SETSID.toString());
        }
        if (agent.stream().anyMatch(word -> word.contains(HOST))) {
            agent.forEach(word -> words.add(word.replace(HOST, host)));
            words.addAll(List.of("/bin/sh", "-c", REMOTE));
            return words;
        }
        words.addAll(agent);
        Path program = Path.of(agent.getFirst()).getFileName();
        if (program != null && program.toString().equals("ssh")) {
            words.addAll(OPTIONS);
        }
        words.add(host);
        words.add(REMOTE);
        return words;
    }

    /** What is written first: the script with its length, then what it reads: where a JDK may be, and the agent. */
    static byte[][] opening(String javaHome, byte[] agent) throws IOException {
        byte[] script;
        try (InputStream in = SshCommand.class.getResourceAsStream("agent.sh")) {
            if (in == null) {
                throw new IOException("this installation of PEL has no agent.sh");
            }
            script = in.readAllBytes();
        }
        String lines = javaHome.replace("\n", "") + "\n" + agent.length + "\n";
        return new byte[][] {(script.length + "\n").getBytes(StandardCharsets.US_ASCII), script, lines.getBytes(StandardCharsets.UTF_8), agent};
    }
}
