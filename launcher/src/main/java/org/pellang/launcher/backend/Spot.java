package org.pellang.launcher.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.agent.HostFacts;
import org.pellang.launcher.placement.HostMemory;
import org.pellang.launcher.ssh.RemoteHosts;

/**
 * Where a JVM of a job runs, or several of one host.
 *
 * @param host as the user named it; "this host" if no hosts were named
 * @param far whether it is reached by ssh
 * @param machine tells machines apart: those with the same text share memory and cores
 * @param memory that the job may use there
 * @param cores that the job may use there
 * @param javaHome the JDK there
 * @param path class path of the JVMs there
 * @param programs jars of the job's programs there
 * @param folder of the ranks there
 * @param segments folder for shared memory there, if it has been made
 * @param address under which other hosts reach it
 */
public record Spot(String host, boolean far, String machine, HostMemory memory, int cores, String javaHome, List<String> path, List<String> programs, String folder,
        Optional<String> segments, String address) {

    /** This host with so much memory and so many cores. */
    public static Spot here(JobSpec spec, HostMemory memory, int cores) {
        return new Spot("this host", false, "here", memory, cores, spec.host().javaHome().toString(), spec.host().runtimePath().stream().map(Path::toString).toList(),
                spec.programs().stream().map(p -> p.program().toString()).toList(), spec.host().folder().toString(), Optional.empty(), "127.0.0.1");
    }

    /** The places of a job, in order. */
    public static List<Spot> of(JobSpec spec, HostMemory memory, int cores, RemoteHosts remote) {
        Spot here = here(spec, memory, cores);
        boolean alone = spec.reach().far().isEmpty();
        String machine = alone ? here.machine() : HostFacts.here().machine();
        String own = alone ? "" : remote.ownAddress();
        return spec.places().stream().map(place -> {
            RemoteHosts.Site site = remote.site(place.host());
            String wish = spec.reach().addresses().get(place.host());
            return site == null ? here.named(place.host(), machine, wish != null ? wish : alone ? place.host() : own) : far(place.host(), site, wish);
        }).toList();
    }

    private Spot named(String name, String ofMachine, String as) {
        return new Spot(name, far, ofMachine, memory, cores, javaHome, path, programs, folder, segments, as);
    }

    private static Spot far(String name, RemoteHosts.Site site, @Nullable String wish) {
        HostFacts facts = site.facts();
        // A container may have less than its machine.
        String machine = facts.memory().limitedBy().startsWith("the control group") ? name : facts.machine();
        return new Spot(name, true, machine, facts.memory(), facts.cores(), facts.javaHome(), site.path(), site.programs(), site.folder(),
                Optional.of(site.segments()).filter(s -> !s.isEmpty()), wish != null ? wish : facts.address());
    }
}
