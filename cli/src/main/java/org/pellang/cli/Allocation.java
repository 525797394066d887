package org.pellang.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pellang.launcher.JobSpec;

/** The hosts that a resource manager has given to the job in which this command runs: Slurm, PBS, LSF and Grid Engine say so in their variables. */
final class Allocation {
    private static final Pattern NODES = Pattern.compile("([^,\\[\\]]+)(?:\\[([^\\]]*)\\]([^,\\[\\]]*))?");
    private static final Pattern COUNTS = Pattern.compile("(\\d+)(?:\\(x(\\d+)\\))?");

    private Allocation() {}

    /** In the order of the manager; empty if there is none. */
    static Optional<List<JobSpec.Place>> of(Map<String, String> environment) throws CommandFailure {
        String slurm = environment.getOrDefault("SLURM_JOB_NODELIST", environment.getOrDefault("SLURM_NODELIST", ""));
        String pbs = environment.getOrDefault("PBS_NODEFILE", "");
        String lsf = environment.getOrDefault("LSB_DJOB_HOSTFILE", "");
        String lsfCounts = environment.getOrDefault("LSB_MCPU_HOSTS", "");
        String grid = environment.getOrDefault("PE_HOSTFILE", "");
        if (!slurm.isEmpty()) {
            String counts = environment.getOrDefault("SLURM_TASKS_PER_NODE", environment.getOrDefault("SLURM_JOB_CPUS_PER_NODE", "1"));
            return Optional.of(slurm(slurm, counts));
        } else if (!pbs.isEmpty()) {
            return Optional.of(oneLinePerSlot("PBS_NODEFILE", pbs));
        } else if (!lsf.isEmpty()) {
            return Optional.of(oneLinePerSlot("LSB_DJOB_HOSTFILE", lsf));
        } else if (!lsfCounts.isBlank()) {
            return Optional.of(pairs("LSB_MCPU_HOSTS", List.of(lsfCounts.strip().split("\\s+"))));
        } else if (!grid.isEmpty()) {
            List<String> words = new ArrayList<>();
            for (String line : lines("PE_HOSTFILE", grid)) {
                String[] columns = line.strip().split("\\s+");
                words.add(columns[0]);
                words.add(columns.length < 2 ? "1" : columns[1]);
            }
            return Optional.of(pairs("PE_HOSTFILE", words));
        }
        return Optional.empty();
    }

    /** {@code node[1-3,07],gpu4} with {@code 4(x3),2}. */
    private static List<JobSpec.Place> slurm(String nodes, String counts) throws CommandFailure {
        List<String> names = new ArrayList<>();
        for (Matcher m = NODES.matcher(nodes); m.find(); ) {
            String tail = m.group(3) == null ? "" : m.group(3);
            for (String part : m.group(2) == null ? new String[] {""} : m.group(2).split(",")) {
                String[] ends = part.split("-");
                if (ends.length < 2) {
                    names.add(m.group(1) + part + tail);
                    continue;
                }
                for (int i = number("SLURM_JOB_NODELIST", ends[0]); i <= number("SLURM_JOB_NODELIST", ends[1]); i++) {
                    names.add(m.group(1) + ("%0" + ends[0].length() + "d").formatted(i) + tail);
                }
            }
        }
        List<Integer> slots = new ArrayList<>();
        for (Matcher m = COUNTS.matcher(counts); m.find(); ) {
            for (int i = 0; i < (m.group(2) == null ? 1 : number("SLURM_TASKS_PER_NODE", m.group(2))); i++) {
                slots.add(number("SLURM_TASKS_PER_NODE", m.group(1)));
            }
        }
        List<JobSpec.Place> places = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            places.add(new JobSpec.Place(HostList.checked("SLURM_JOB_NODELIST", names.get(i)), slots.isEmpty() ? 1 : slots.get(Math.min(i, slots.size() - 1))));
        }
        return places;
    }

    private static List<JobSpec.Place> oneLinePerSlot(String variable, String file) throws CommandFailure {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String line : lines(variable, file)) {
            counts.merge(HostList.checked(variable, line.strip()), 1, Integer::sum);
        }
        return counts.entrySet().stream().map(e -> new JobSpec.Place(e.getKey(), e.getValue())).toList();
    }

    private static List<JobSpec.Place> pairs(String variable, List<String> words) throws CommandFailure {
        List<JobSpec.Place> places = new ArrayList<>();
        for (int i = 0; i + 1 < words.size(); i += 2) {
            places.add(new JobSpec.Place(HostList.checked(variable, words.get(i)), Math.max(1, number(variable, words.get(i + 1)))));
        }
        return places;
    }

    private static List<String> lines(String variable, String file) throws CommandFailure {
        try {
            return Files.readAllLines(Path.of(file)).stream().filter(l -> !l.isBlank()).toList();
        } catch (IOException e) {
            throw CommandFailure.io(variable + "=" + file + " cannot be read: " + e.getMessage() + "; name the hosts with --host");
        }
    }

    private static int number(String variable, String text) throws CommandFailure {
        if (!text.matches("\\d{1,7}")) {
            throw CommandFailure.usage(variable + " is not as its resource manager writes it (" + text + "); name the hosts with --host");
        }
        return Integer.parseInt(text);
    }
}
