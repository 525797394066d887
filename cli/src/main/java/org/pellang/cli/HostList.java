package org.pellang.cli;

import java.util.ArrayList;
import java.util.List;
import org.pellang.launcher.JobSpec;

/** The argument of {@code --host}: {@code a:4,b}, slots of hosts in the order in which ranks fill them. */
final class HostList {
    private HostList() {}

    private record Entry(String host, int slots) {}

    /** All slots together. */
    static int slots(String text) throws CommandFailure {
        return entries(text).stream().mapToInt(Entry::slots).sum();
    }

    /** Where so many ranks go: slots first, in order; what is left over goes round. Entries without ranks are left out. */
    static List<JobSpec.Place> places(String text, int ranks) throws CommandFailure {
        for (Entry entry : entries(text)) {
            requireHere(entry.host());
        }
        return anywhere(text, ranks);
    }

    /** As above; the hosts may be any that the starter of the ranks knows. */
    static List<JobSpec.Place> anywhere(String text, int ranks) throws CommandFailure {
        List<Entry> entries = entries(text);
        int[] counts = new int[entries.size()];
        int left = ranks;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.min(left, entries.get(i).slots());
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

    private static List<Entry> entries(String text) throws CommandFailure {
        List<Entry> entries = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int colon = part.lastIndexOf(':');
            String host = colon < 0 ? part : part.substring(0, colon);
            int slots = 1;
            if (colon >= 0) {
                try {
                    slots = Integer.parseInt(part.substring(colon + 1));
                } catch (NumberFormatException e) {
                    slots = 0;
                }
            }
            if (host.isEmpty() || slots < 1) {
                throw CommandFailure.usage("--host " + text + ": hosts are written NAME or NAME:RANKS, with commas between");
            }
            entries.add(new Entry(host, slots));
        }
        return entries;
    }

    private static void requireHere(String host) throws CommandFailure {
        if (!host.equals("localhost") && !host.matches("127(\\.\\d{1,3}){3}")) {
            throw CommandFailure.usage("--host " + host + ": in this version hosts are this machine itself, as 127.0.0.1 or localhost");
        }
    }
}
