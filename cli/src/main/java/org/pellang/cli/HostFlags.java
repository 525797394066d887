package org.pellang.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pellang.cli.run.Quantities;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.Reach;
import picocli.CommandLine.Option;

/** The options of {@code pelrun} about hosts: which, and how they are reached. */
final class HostFlags {
    @Option(names = {"--host", "-H"}, paramLabel = "A[:n],...",
            description = "One JVM per entry with n ranks; JVMs of one name share memory. Names other than localhost are reached by ssh.")
    private @Nullable String hosts;

    @Option(names = {"--hostfile", "--machinefile"}, paramLabel = "FILE", description = "Hosts one a line: name slots=4 [address=10.0.0.1]; # begins a comment.")
    private @Nullable Path file;

    @Option(names = {"--launch-agent", "--ssh"}, paramLabel = "CMD",
            description = "Runs commands on other hosts (default: ssh), with its options: \"ssh -p 2222\"; or with {host} in it: "
                    + "\"kubectl exec -i {host} --\". If it is given, localhost is reached by it too.")
    private @Nullable String agent;

    @Option(names = "--launch-timeout", paramLabel = "TIME", description = "By then all hosts have to be ready (default: 30s).")
    private @Nullable String limit;

    @Option(names = "--no-staging", description = "Refuse hosts where program and runtime are not at the same place with the same contents (default: send them).")
    private boolean noStaging;

    @Option(names = "--tls", paramLabel = "WHEN", description = "Encipher messages between JVMs: auto (between hosts; default), always, never.")
    private String tls = "auto";

    @Option(names = "--map-by", paramLabel = "HOW", description = "slot (fill the slots in order; default), node (the same number on each host), ppr:N:node (N on each).")
    private String map = "slot";

    /** Whether hosts are named. */
    boolean named() {
        return hosts != null || file != null;
    }

    /** Whether hosts are named, or a resource manager has given several. */
    boolean given() throws CommandFailure {
        return named() || allocated().isPresent();
    }

    private static Optional<HostList> allocated() throws CommandFailure {
        return Allocation.of(System.getenv()).map(HostList::of).filter(list -> list.hosts() > 1);
    }

    /** Slots that the user or a resource manager has given, if any; on one host, too, the manager's word counts more than the number of cores. */
    OptionalInt usualRanks() throws CommandFailure {
        if (given()) {
            return OptionalInt.of(slots());
        }
        return Allocation.of(System.getenv()).map(HostList::of).map(list -> OptionalInt.of(list.slots())).orElse(OptionalInt.empty());
    }

    /** All slots together. */
    int slots() throws CommandFailure {
        return perNode() > 0 ? list().hosts() * perNode() : list().slots();
    }

    /** N of {@code ppr:N:node}, else 0. */
    private int perNode() throws CommandFailure {
        if (map.matches("ppr:[1-9]\\d{0,3}:(node|host)")) {
            return Integer.parseInt(map.split(":")[1]);
        }
        if (!List.of("slot", "node", "core").contains(map)) {
            throw CommandFailure.usage("--map-by=" + map + ": there are slot, node and ppr:N:node");
        }
        return 0;
    }

    /** Where so many ranks go; nowhere in particular if no hosts are named. */
    List<JobSpec.Place> places(int ranks) throws CommandFailure {
        int perNode = perNode();
        if (!given()) {
            return List.of();
        }
        if (perNode > 0 && ranks > perNode * list().hosts()) {
            throw CommandFailure.usage("--map-by=" + map + " on " + list().hosts() + " hosts: that is room for " + perNode * list().hosts() + " ranks, not " + ranks);
        }
        return perNode > 0 || map.equals("node") ? list().balanced(ranks) : list().places(ranks);
    }

    private HostList list() throws CommandFailure {
        if (hosts != null && file != null) {
            throw CommandFailure.usage("--host and --hostfile: one of them");
        }
        if (file == null) {
            return hosts == null ? allocated().orElseThrow() : HostList.of(hosts);
        }
        try {
            return HostList.ofFile(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw CommandFailure.io("--hostfile=" + file + " cannot be read: " + e.getMessage());
        }
    }

    /** How they are reached. @param folderRequired the user has named the folder of the ranks */
    Reach reach(List<JobSpec.Place> places, boolean folderRequired) throws CommandFailure {
        Set<String> far = new HashSet<>();
        for (String host : places.stream().map(JobSpec.Place::host).collect(Collectors.toSet())) {
            if (agent != null || !HostList.isHere(host)) {
                far.add(host);
            }
        }
        Map<String, String> addresses = new HashMap<>(given() ? list().addresses() : Map.of());
        Duration time = limit == null ? Reach.USUAL_LIMIT : Quantities.time("--launch-timeout", limit);
        return new Reach(words(agent == null ? usualAgent() : agent), far, addresses, time, !noStaging, folderRequired, tls());
    }

    /** Within an allocation of Slurm its own starter reaches the hosts where ssh may not. */
    private String usualAgent() {
        return !named() && System.getenv("SLURM_JOB_ID") != null ? "srun --nodes=1 --ntasks=1 --overlap --nodelist={host}" : "ssh";
    }

    private Reach.Tls tls() throws CommandFailure {
        return switch (tls) {
            case "auto" -> Reach.Tls.AUTO;
            case "always" -> Reach.Tls.ALWAYS;
            case "never" -> Reach.Tls.NEVER;
            default -> throw CommandFailure.usage("--tls=" + tls + ": there are auto, always and never");
        };
    }

    /** Words of a command line: spaces part them, except within quotation marks of either kind. */
    static List<String> words(String text) throws CommandFailure {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
                begun = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        if (quote != 0 || words.isEmpty() || words.getFirst().isEmpty()) {
            throw CommandFailure.usage("--launch-agent=" + text + " is no command");
        }
        return words;
    }
}
