package org.pellang.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pellang.launcher.JobSpec;

/** The hosts of a job with their slots, in the order in which ranks fill them: {@code a:4,b} on the command line, {@code a slots=4} in a file. */
final class HostList {
    /** A name or number, with a user before it if need be. None begins with a dash: ssh would take that for an option. */
    private static final String NAME = "(?:[\\w.%+-]+@)?(?:[\\w][\\w.%-]*|\\[[0-9a-fA-F:.%\\w]+\\])";

    private static final Pattern ENTRY = Pattern.compile("(" + NAME + ")(?::(\\d{1,5}))?");
    private static final Pattern LINE = Pattern.compile("(" + NAME + ")((?:\\s+[\\w-]+\\s*=\\s*\\S+)*)\\s*");
    private static final Pattern SETTING = Pattern.compile("([\\w-]+)\\s*=\\s*(\\S+)");

    private final List<JobSpec.Place> entries;
    private final Map<String, String> addresses;

    private HostList(List<JobSpec.Place> entries, Map<String, String> addresses) {
        this.entries = List.copyOf(entries);
        this.addresses = Map.copyOf(addresses);
    }

    /** From the command line. */
    static HostList of(String text) throws CommandFailure {
        List<JobSpec.Place> entries = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher entry = ENTRY.matcher(part);
            if (!entry.matches() || entry.group(2) != null && Integer.parseInt(entry.group(2)) < 1) {
                throw CommandFailure.usage("--host " + text + ": hosts are written NAME or NAME:RANKS, with commas between");
            }
            entries.add(new JobSpec.Place(bare(entry.group(1)), entry.group(2) == null ? 1 : Integer.parseInt(entry.group(2))));
        }
        return new HostList(entries, Map.of());
    }

    /** From a file: one host a line, {@code name slots=N address=A}; settings that are others' business are passed over. */
    static HostList ofFile(Path file, List<String> lines) throws CommandFailure {
        List<JobSpec.Place> entries = new ArrayList<>();
        Map<String, String> addresses = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            Matcher host = LINE.matcher(line);
            int slots = 1;
            boolean good = host.matches();
            for (Matcher m = SETTING.matcher(good ? host.group(2) : ""); good && m.find(); ) {
                if (m.group(1).equals("slots")) {
                    good = m.group(2).matches("[1-9]\\d{0,4}");
                    slots = good ? Integer.parseInt(m.group(2)) : 1;
                } else if (m.group(1).equals("address")) {
                    addresses.put(bare(host.group(1)), m.group(2));
                }
            }
            if (!good) {
                throw CommandFailure.usage("--hostfile=" + file + ", line " + (i + 1) + ": lines are NAME slots=N, not " + line);
            }
            entries.add(new JobSpec.Place(bare(host.group(1)), slots));
        }
        if (entries.isEmpty()) {
            throw CommandFailure.usage("--hostfile=" + file + " names no host");
        }
        return new HostList(entries, addresses);
    }

    /** Hosts that a resource manager has named. */
    static HostList of(List<JobSpec.Place> places) {
        return new HostList(places, Map.of());
    }

    /** A name that somebody else has written. */
    static String checked(String source, String name) throws CommandFailure {
        if (!name.matches(NAME)) {
            throw CommandFailure.usage(source + " names a host that is none: " + name);
        }
        return bare(name);
    }

    private static String bare(String name) {
        return name.replaceAll("[\\[\\]]", "");
    }

    /** Addresses that were given for hosts. */
    Map<String, String> addresses() {
        return addresses;
    }

    /** All slots together. */
    int slots() {
        return entries.stream().mapToInt(JobSpec.Place::ranks).sum();
    }

    /** The same number of ranks on each host, or one more on the first; hosts of one name count as one. */
    List<JobSpec.Place> balanced(int ranks) {
        List<String> hosts = entries.stream().map(JobSpec.Place::host).distinct().toList();
        List<JobSpec.Place> places = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            int count = ranks / hosts.size() + (i < ranks % hosts.size() ? 1 : 0);
            if (count > 0) {
                places.add(new JobSpec.Place(hosts.get(i), count));
            }
        }
        return places;
    }

    /** How many hosts there are. */
    int hosts() {
        return (int) entries.stream().map(JobSpec.Place::host).distinct().count();
    }

    /** Where so many ranks go: slots first, in order; what is left over goes round. Entries without ranks are left out. */
    List<JobSpec.Place> places(int ranks) {
        int[] counts = new int[entries.size()];
        int left = ranks;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.min(left, entries.get(i).ranks());
            left -= counts[i];
        }
        for (int i = 0; left > 0; i = (i + 1) % counts.length) {
            counts[i]++;
            left--;
        }
        List<JobSpec.Place> places = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                places.add(new JobSpec.Place(entries.get(i).host(), counts[i]));
            }
        }
        return places;
    }

    /** Places cut into pieces with so many ranks each; all their ranks together. */
    static List<List<JobSpec.Place>> cut(List<JobSpec.Place> places, List<Integer> counts) {
        List<List<JobSpec.Place>> pieces = new ArrayList<>();
        int place = 0;
        int taken = 0;
        for (int count : counts) {
            List<JobSpec.Place> piece = new ArrayList<>();
            for (int left = count; left > 0; ) {
                JobSpec.Place from = places.get(place);
                int some = Math.min(left, from.ranks() - taken);
                piece.add(new JobSpec.Place(from.host(), some));
                left -= some;
                taken += some;
                if (taken == from.ranks()) {
                    place++;
                    taken = 0;
                }
            }
            pieces.add(piece);
        }
        return pieces;
    }

    /** Whether that is this machine, by its usual names. */
    static boolean isHere(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}") || host.equals(ownName());
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
