package org.pellang.quality.differential;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real Slurm with two nodes that both are this machine, for a test: its daemons in the foreground, with folders, ports and a configuration of their own. */
final class SlurmCluster implements AutoCloseable {
    private static final long READY_SECONDS = 30;

    private final Path folder;
    private final List<Process> daemons = new ArrayList<>();

    private SlurmCluster(Path folder) {
        this.folder = folder;
    }

    /** Whether Slurm is installed, and this user may be its administrator. */
    static boolean possible() {
        return "root".equals(System.getProperty("user.name")) && Stream.of("slurmctld", "slurmd", "srun", "salloc", "scancel", "sinfo").allMatch(SlurmCluster::installed);
    }

    private static boolean installed(String program) {
        return Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin").anyMatch(f -> Files.isExecutable(Path.of(f, program)));
    }

    /** Starts it. */
    static SlurmCluster start(Path folder) throws IOException, InterruptedException {
        SlurmCluster cluster = new SlurmCluster(Files.createDirectories(folder));
        String user = System.getProperty("user.name");
        // As slurmd sees it: without the domain.
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip().replaceFirst("\\..*", "");
        List<Integer> ports = freePorts(4);
        Files.createDirectories(folder.resolve("state"));
        for (String node : List.of("n1", "n2")) {
            Files.createDirectories(folder.resolve("spool-" + node));
        }
        Files.writeString(cluster.configuration(), """
                ClusterName=pel
                SlurmctldHost=%1$s(127.0.0.1)
                SlurmctldPort=%2$d
                SlurmdPort=%3$d
                AuthType=auth/none
                CredType=cred/none
                SlurmUser=%4$s
                SlurmdUser=%4$s
                StateSaveLocation=%5$s/state
                SlurmdSpoolDir=%5$s/spool-%%n
                SlurmctldPidFile=%5$s/controller.pid
                SlurmdPidFile=%5$s/%%n.pid
                ProctrackType=proctrack/linuxproc
                TaskPlugin=task/none
                SelectType=select/cons_tres
                SelectTypeParameters=CR_Core
                SlurmdParameters=config_overrides
                SwitchType=switch/none
                MpiDefault=none
                ReturnToService=2
                NodeName=n1 NodeHostname=%1$s NodeAddr=127.0.0.1 Port=%6$d CPUs=4
                NodeName=n2 NodeHostname=%1$s NodeAddr=127.0.0.1 Port=%7$d CPUs=4
                PartitionName=all Nodes=ALL Default=YES State=UP MaxTime=INFINITE
                """.formatted(host, ports.get(0), ports.get(1), user, folder, ports.get(2), ports.get(3)));
        cluster.daemon("controller", "slurmctld", "-D", "-c");
        cluster.daemon("n1", "slurmd", "-D", "-N", "n1");
        cluster.daemon("n2", "slurmd", "-D", "-N", "n2");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!cluster.run("sinfo", "-h", "-o", "%T %D").strip().equals("idle 2")) {
            if (System.nanoTime() > end) {
                String logs = Files.readString(folder.resolve("controller.log")) + Files.readString(folder.resolve("n1.log"));
                cluster.close();
                throw new IOException("Slurm is not ready: " + logs);
            }
            LockSupport.parkNanos(50_000_000);
        }
        return cluster;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private Path configuration() {
        return folder.resolve("slurm.conf");
    }

    private void daemon(String name, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().putAll(environment());
        daemons.add(builder.start());
    }

    /** By which its commands find it. */
    Map<String, String> environment() {
        return Map.of("SLURM_CONF", configuration().toString());
    }

    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** Ends all jobs. */
    void cancelAll() throws IOException, InterruptedException {
        run("scancel", "--user=" + System.getProperty("user.name"));
    }

    @Override
    public void close() throws IOException {
        try {
            cancelAll();
            for (Process daemon : daemons.reversed()) {
                daemon.destroy();
                daemon.waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            daemons.forEach(Process::destroyForcibly);
        }
    }
}
