package org.pellang.launcher.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Part;
import org.pellang.launcher.agent.HostFacts;
import org.pellang.launcher.agent.Needs;
import org.pellang.launcher.agent.Staging;
import org.pellang.runtime.bootstrap.Leftovers;

/** The other hosts of a job: called all at once, and ready, or the job is refused with what is wrong with each. */
public final class RemoteHosts implements AutoCloseable {
    /** None. */
    public static final RemoteHosts NONE = new RemoteHosts(Map.of(), Map.of());

    private final Map<String, RemoteHost> hosts;
    private final Map<String, Site> sites;

    /**
     * What is known of a host that is ready.
     *
     * @param facts of the host
     * @param folder of the ranks there
     * @param segments folder for shared memory; empty if there is none
     * @param programs where the jars of the job's programs are there
     * @param path the JVMs' class path there
     */
    public record Site(HostFacts facts, String folder, String segments, List<String> programs, List<String> path) {}

    private RemoteHosts(Map<String, RemoteHost> hosts, Map<String, Site> sites) {
        this.hosts = hosts;
        this.sites = sites;
    }

    /** Calls the hosts of a job that are elsewhere. @param job its name @param start whether JVMs are going to be started; else nothing is sent there */
    public static RemoteHosts open(JobSpec spec, String job, boolean start) throws LaunchRefused {
        Set<String> names = new LinkedHashSet<>(spec.places().stream().map(JobSpec.Place::host).filter(spec.reach().far()::contains).toList());
        return names.isEmpty() ? NONE : new Opening(spec, job, names, start).all();
    }

    /** What is known of a host; null if it is this one. */
    public @Nullable Site site(String host) {
        return sites.get(host);
    }

    /** Starts a JVM on a host that is elsewhere. */
    public Process start(String host, Map<String, String> environment, List<String> command) {
        Map<String, String> there = new HashMap<>(environment);
        there.computeIfPresent(Leftovers.VARIABLE, (variable, job) -> Leftovers.at(job, host));
        return Objects.requireNonNull(hosts.get(host)).start(there, command);
    }

    /** Whether a host has been lost; this one is not. */
    public boolean isLost(String host) {
        RemoteHost there = hosts.get(host);
        return there != null && there.isLost();
    }

    /** The address under which one of these hosts reaches this one. */
    public String ownAddress() {
        for (Site site : sites.values()) {
            try (DatagramChannel channel = DatagramChannel.open()) {
                // Nothing is sent: the kernel says which address it would use.
                channel.connect(new InetSocketAddress(InetAddress.ofLiteral(site.facts().address()), 9));
                return ((InetSocketAddress) channel.getLocalAddress()).getAddress().getHostAddress();
            } catch (IOException | IllegalArgumentException e) {
                // Another one may tell.
            }
        }
        return "127.0.0.1";
    }

    @Override
    public void close() {
        hosts.values().forEach(RemoteHost::close);
    }

    /** The calls. */
    private static final class Opening {
        private final JobSpec spec;
        private final String job;
        private final boolean start;
        private final Set<String> names;
        private final Map<String, RemoteHost> hosts = new ConcurrentHashMap<>();
        private final Map<String, Site> sites = new ConcurrentHashMap<>();
        private final Map<String, String> faults = new ConcurrentHashMap<>();

        Opening(JobSpec spec, String job, Set<String> names, boolean start) {
            this.job = job;
            this.spec = spec;
            this.names = names;
            this.start = start;
        }

        RemoteHosts all() throws LaunchRefused {
            List<Path> files = files();
            List<Needs.Item> items = new ArrayList<>();
            byte[] agent;
            try {
                agent = AgentJar.bytes();
                for (Path file : files) {
                    items.add(Staging.item(file));
                }
            } catch (IOException e) {
                throw new LaunchRefused("what the hosts need cannot be read: " + e.getMessage(), e);
            }
            Map<String, Thread> calls = new LinkedHashMap<>();
            for (String name : names) {
                calls.put(name, Thread.ofPlatform().daemon().name("pel call " + name).start(() -> call(name, agent, files, items)));
            }
            await(calls);
            if (!faults.isEmpty()) {
                hosts.values().forEach(RemoteHost::close);
                throw new LaunchRefused(refusal());
            }
            if (start) {
                hosts.values().forEach(RemoteHost::listen);
            }
            return new RemoteHosts(Map.copyOf(hosts), Map.copyOf(sites));
        }

        private String refusal() {
            StringBuilder text = new StringBuilder("%d of %d host%s cannot take part:".formatted(faults.size(), names.size(), names.size() == 1 ? "" : "s"));
            new TreeMap<>(faults).forEach((name, fault) -> text.append("\n  ").append(name).append(": ").append(fault));
            return text.toString();
        }

        private void await(Map<String, Thread> calls) {
            long end = System.nanoTime() + spec.reach().limit().toNanos();
            try {
                for (Thread call : calls.values()) {
                    call.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            calls.forEach((name, call) -> {
                if (call.isAlive()) {
                    RemoteHost host = hosts.get(name);
                    String said = host == null ? "" : host.words(false);
                    faults.putIfAbsent(name, "no answer within %d s (--launch-timeout)%s".formatted(spec.reach().limit().toSeconds(), said.isEmpty() ? "" : ": " + said));
                    if (host != null) {
                        host.close();
                    }
                }
            });
        }

        private void call(String name, byte[] agent, List<Path> files, List<Needs.Item> items) {
            try {
                RemoteHost host = RemoteHost.call(name, spec.reach().agent(), job);
                hosts.put(name, host);
                HostFacts facts = host.meet(spec.host().javaHome().toString(), agent);
                Needs needs = new Needs(spec.host().folder().toString(), spec.reach().folderRequired(), Leftovers.at(job, name), start, start ? items : List.of());
                RemoteHost.Ready ready = host.prepare(needs, files, spec.reach().staging());
                List<String> there = start ? ready.files() : files.stream().map(Path::toString).toList();
                int programs = spec.programs().size();
                sites.put(name, new Site(facts, ready.folder(), ready.segments(), there.subList(0, programs), there.subList(programs, there.size())));
            } catch (HostFault e) {
                faults.putIfAbsent(name, String.valueOf(e.getMessage()));
            }
        }

        /** The programs, then what is on the class path: the runtime, and the jars that the programs' manifests name. */
        private List<Path> files() throws LaunchRefused {
            List<Path> programs = spec.programs().stream().map(Part::program).toList();
            List<Path> files = new ArrayList<>(programs);
            files.addAll(spec.host().runtimePath());
            for (Path program : programs) {
                for (Path needed : needed(program)) {
                    if (!files.subList(programs.size(), files.size()).contains(needed)) {
                        files.add(needed);
                    }
                }
            }
            return files;
        }

        private static List<Path> needed(Path program) throws LaunchRefused {
            try (JarFile jar = new JarFile(program.toFile())) {
                Manifest manifest = jar.getManifest();
                String more = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
                List<Path> files = new ArrayList<>();
                for (String entry : more == null ? new String[0] : more.split(" +")) {
                    files.add(Path.of(program.toUri().resolve(entry)));
                }
                return files;
            } catch (IOException | IllegalArgumentException e) {
                throw new LaunchRefused("cannot read " + program + ": " + e.getMessage(), e);
            }
        }
    }
}
