package org.pellang.quality.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Servers of ssh for a test, with keys and settings of their own: each in a network namespace of its own, joined by a bridge (with root's rights), or each at a port of
 * the loopback interface. Nothing of the user's is read, and nothing is left.
 */
final class SshServers implements AutoCloseable {
    private static final List<Path> SERVERS = List.of(Path.of("/usr/sbin/sshd"), Path.of("/usr/local/sbin/sshd"), Path.of("/usr/bin/sshd"));
    private static final String BRIDGE = "br0";
    private static final long LIMIT_SECONDS = 20;

    private final Path folder;
    private final String space;
    private final boolean namespaces;
    private final Map<String, Process> servers = new LinkedHashMap<>();
    private final StringBuilder config = new StringBuilder();

    private SshServers(Path folder, boolean namespaces) {
        this.folder = folder;
        this.namespaces = namespaces;
        this.space = "pel" + ProcessHandle.current().pid() + "n" + Integer.toHexString(System.identityHashCode(this));
    }

    /** Whether there are ssh and its server. */
    static boolean possible() {
        return server() != null && ends("ssh", "-V");
    }

    /** Whether network namespaces can be made here. */
    static boolean canSeparate() {
        String name = "pelprobe" + ProcessHandle.current().pid();
        if (!"root".equals(System.getProperty("user.name")) || !ends("ip", "netns", "add", name)) {
            return false;
        }
        boolean bridge = ends("ip", "-n", name, "link", "add", BRIDGE, "type", "bridge");
        ends("ip", "netns", "del", name);
        return bridge;
    }

    private static Path server() {
        return SERVERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }

    /** Servers at ports of the loopback interface. */
    static SshServers onLoopback(Path folder) throws IOException, InterruptedException {
        return new SshServers(folder, false).prepared();
    }

    /** Servers in namespaces of their own. */
    static SshServers separated(Path folder) throws IOException, InterruptedException {
        SshServers all = new SshServers(folder, true).prepared();
        run("ip", "netns", "add", all.space("hub"));
        run("ip", "-n", all.space("hub"), "link", "add", BRIDGE, "type", "bridge");
        run("ip", "-n", all.space("hub"), "addr", "add", "10.77.0.254/24", "dev", BRIDGE);
        run("ip", "-n", all.space("hub"), "link", "set", BRIDGE, "up");
        return all;
    }

    /** Where as many as possible of the tests' wishes come true. */
    static SshServers bestPossible(Path folder) throws IOException, InterruptedException {
        return canSeparate() ? separated(folder) : onLoopback(folder);
    }

    boolean areSeparated() {
        return namespaces;
    }

    private SshServers prepared() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("user").toString());
        if ("root".equals(System.getProperty("user.name"))) {
            // The server gives up its rights in there.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        config.append("IdentityFile ").append(folder.resolve("user")).append("\nIdentitiesOnly yes\nUserKnownHostsFile ").append(folder.resolve("known"))
                .append("\nGlobalKnownHostsFile /dev/null\nStrictHostKeyChecking yes\nBatchMode yes\nConnectTimeout 20\n");
        Files.writeString(folder.resolve("known"), "");
        return this;
    }

    private String space(String name) {
        return space + name;
    }

    /**
     * Starts a server.
     *
     * @param name of the host for ssh
     * @param hidden a folder that this host shall not see (in namespaces only), or null
     * @param settings lines for its configuration
     */
    void start(String name, Path hidden, String... settings) throws IOException, InterruptedException {
        Path key = folder.resolve(name + ".key");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        int number = servers.size() + 1;
        String address = namespaces ? "10.77.0." + number : "127.0.0." + number;
        int port = 22;
        if (namespaces) {
            join(name, address);
        } else {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
                port = free.getLocalPort();
            }
        }
        Path file = Files.writeString(folder.resolve(name + ".conf"), """
                ListenAddress %s:%d
                HostKey %s
                AuthorizedKeysFile %s
                StrictModes no
                PidFile none
                UsePAM no
                PasswordAuthentication no
                PermitRootLogin yes
                LogLevel INFO
                MaxStartups 100
                %s
                """.formatted(address, port, key, folder.resolve("user.pub"), String.join("\n", settings)));
        List<String> command = new ArrayList<>();
        if (namespaces) {
            String hide = hidden == null ? "" : "mount -t tmpfs none '" + hidden + "' && ";
            command.addAll(List.of("ip", "netns", "exec", space(name), "sh", "-c", hide + "exec " + server() + " -D -e -f '" + file + "'"));
        } else {
            command.addAll(List.of(server().toString(), "-D", "-e", "-f", file.toString()));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        servers.put(name, process);
        awaitListening(name, process);
        config.append("Host ").append(name).append("\n  HostName ").append(address).append("\n  Port ").append(port).append("\n  HostKeyAlias ").append(name).append('\n');
        Files.writeString(folder.resolve("known"), Files.readString(folder.resolve("known")) + name + " " + Files.readString(Path.of(key + ".pub")));
        writeConfig();
    }

    /** A host that ssh knows, at which nobody answers. */
    void announce(String name) throws IOException {
        config.append("Host ").append(name).append("\n  HostName 127.0.0.1\n  Port 1\n");
        writeConfig();
    }

    private void writeConfig() throws IOException {
        // The general lines last: the first word counts.
        String text = config.toString();
        int hosts = text.indexOf("Host ");
        Files.writeString(folder.resolve("config"), hosts < 0 ? text : text.substring(hosts) + "Host *\n" + text.substring(0, hosts));
    }

    private void join(String name, String address) throws IOException, InterruptedException {
        run("ip", "netns", "add", space(name));
        run("ip", "-n", space(name), "link", "set", "lo", "up");
        run("ip", "-n", space("hub"), "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", space(name));
        run("ip", "-n", space("hub"), "link", "set", name, "master", BRIDGE, "up");
        run("ip", "-n", space(name), "addr", "add", address + "/24", "dev", "eth0");
        run("ip", "-n", space(name), "link", "set", "eth0", "up");
    }

    private static void awaitListening(String name, Process process) throws IOException {
        BufferedReader log = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = log.readLine(); line != null && !line.contains("Server listening"); line = log.readLine()) {
            if (!process.isAlive()) {
                throw new IOException("the server " + name + " did not start: " + line);
            }
        }
        Thread.ofPlatform().daemon().start(() -> log.lines().forEach(line -> { }));
    }

    /** The command that the launcher is to take for ssh. */
    List<String> agent() {
        List<String> ssh = List.of("ssh", "-F", config().toString());
        if (!namespaces) {
            return ssh;
        }
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", space("hub")));
        words.addAll(ssh);
        return words;
    }

    /** Settings of ssh by which these hosts are found. */
    Path config() {
        return folder.resolve("config");
    }

    // ---- misfortunes ----

    /** Gives a host another key than ssh knows. */
    void forge(String name, String asIfOf) throws IOException {
        String known = Files.readString(folder.resolve("known"));
        String other = known.lines().filter(l -> l.startsWith(asIfOf + " ")).findFirst().orElseThrow();
        StringBuilder text = new StringBuilder();
        known.lines().map(l -> l.startsWith(name + " ") ? name + other.substring(asIfOf.length()) : l).forEach(l -> text.append(l).append('\n'));
        Files.writeString(folder.resolve("known"), text);
    }

    /** The cable of a host is pulled; or put back. */
    void cable(String name, boolean in) throws IOException, InterruptedException {
        run("ip", "-n", space("hub"), "link", "set", name, in ? "up" : "down");
    }

    /** The link between those of the hosts for which this was said is cut, or mended; all others reach them, so does ssh. */
    void isolate(String name, boolean cut) throws IOException, InterruptedException {
        run("ip", "-n", space("hub"), "link", "set", name, "type", "bridge_slave", "isolated", cut ? "on" : "off");
    }

    /** What reaches a host does so at this rate. */
    void cap(String name, String rate) throws IOException, InterruptedException {
        run("ip", "netns", "exec", space("hub"), "tc", "qdisc", "add", "dev", name, "root", "tbf", "rate", rate, "burst", "32kbit", "latency", "400ms");
    }

    /** All processes on a host end at once, as with its power. */
    void die(String name) throws IOException, InterruptedException {
        for (long pid : processes(name)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Process ids on a host. */
    List<Long> processes(String name) throws IOException, InterruptedException {
        Process list = new ProcessBuilder("ip", "netns", "pids", space(name)).start();
        String text = new String(list.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        list.waitFor();
        return text.lines().map(String::strip).filter(l -> !l.isEmpty()).map(Long::parseLong).toList();
    }

    /** Process id of the server itself, which takes new calls. */
    long server(String name) {
        return servers.get(name).pid();
    }

    /** Stops the server of a host, so that it takes calls and does not answer. */
    void freeze(String name) throws IOException, InterruptedException {
        run("kill", "-STOP", "" + servers.get(name).pid());
    }

    // ---- commands ----

    private static boolean ends(String... command) {
        try {
            run(command);
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    @Override
    public void close() throws IOException {
        for (Map.Entry<String, Process> server : servers.entrySet()) {
            try {
                if (namespaces) {
                    die(server.getKey());
                }
                server.getValue().destroyForcibly().waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (namespaces) {
            for (String name : servers.keySet()) {
                ends("ip", "netns", "del", space(name));
            }
            ends("ip", "netns", "del", space("hub"));
        }
    }
}
