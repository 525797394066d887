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
            description = "Runs commands on other hosts (default: ssh), with its options: \"ssh -p 2222\". If it is given, localhost is reached by it too.")
    private @Nullable String agent;

    @Option(names = "--launch-timeout", paramLabel = "TIME", description = "By then all hosts have to be ready (default: 30s).")
    private @Nullable String limit;

    @Option(names = "--no-staging", description = "Refuse hosts where program and runtime are not at the same place with the same contents (default: send them).")
    private boolean noStaging;

    @Option(names = "--tls", paramLabel = "WHEN", description = "Encipher messages between JVMs: auto (between hosts; default), always, never.")
    private String tls = "auto";

    /** Whether hosts are named. */
    boolean given() {
        return hosts != null || file != null;
    }

    /** All slots together. */
    int slots() throws CommandFailure {
        return list().slots();
    }

    /** Where so many ranks go; nowhere in particular if no hosts are named. */
    List<JobSpec.Place> places(int ranks) throws CommandFailure {
        return given() ? list().places(ranks) : List.of();
    }

    private HostList list() throws CommandFailure {
        if (hosts != null && file != null) {
            throw CommandFailure.usage("--host and --hostfile: one of them");
        }
        if (file == null) {
            return HostList.of(hosts == null ? "" : hosts);
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
        return new Reach(words(agent == null ? "ssh" : agent), far, addresses, time, !noStaging, folderRequired, tls());
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
