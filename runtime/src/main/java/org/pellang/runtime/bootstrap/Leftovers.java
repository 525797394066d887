package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Processes that a job has left: what a wrapper script or a program has started and nobody waits for. All processes of a job carry its name in a variable,
 * wherever in the tree of processes they have gone, and are found by it.
 */
public final class Leftovers {
    /** The variable. Its value is no secret. */
    public static final String VARIABLE = "PEL_JOB";

    private static final Path PROCESSES = Path.of("/proc");
    private static final int PASSES = 5;

    private Leftovers() {}

    /** What a job is called on one of its hosts: two names of one machine, or containers that see each other's processes, do not end each other's. */
    public static String at(String job, String host) {
        return job.isEmpty() ? job : job + "/" + host;
    }

    /** Kills what is left of a job on this host, or of the part of it that {@link #at} names. @return how many */
    public static int sweep(String job) {
        int killed = 0;
        // Who was forking when it was looked at has left another one.
        for (int pass = 0; pass < PASSES; pass++) {
            List<ProcessHandle> found = of(job);
            for (ProcessHandle process : found) {
                killed += process.destroyForcibly() ? 1 : 0;
            }
            if (found.isEmpty()) {
                break;
            }
        }
        return killed;
    }

    /**
     * Kills what ranks of this job have left and nobody looks after: what is neither a rank nor below one; nor a starter of ranks, whose command line has that of a rank in
     * it. For ranks whose launcher is gone; the others may still have to say something.
     */
    static void sweepOrphans() {
        String job = System.getenv(VARIABLE);
        if (job == null) {
            return;
        }
        List<ProcessHandle> all = of(job);
        for (ProcessHandle process : all) {
            ProcessHandle parent = process.parent().orElse(null);
            boolean below = parent != null && (all.contains(parent) || parent.equals(ProcessHandle.current()));
            if (!below && !isRank(process)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static boolean isRank(ProcessHandle process) {
        try {
            return Files.readString(PROCESSES.resolve(process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1).contains(RankMain.class.getName());
        } catch (IOException e) {
            return true;
        }
    }

    /** This user's processes of a job, but for this one. */
    private static List<ProcessHandle> of(String job) {
        List<ProcessHandle> found = new ArrayList<>();
        byte[] wanted = (VARIABLE + "=" + job).getBytes(StandardCharsets.UTF_8);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path folder : folders) {
                long pid = Long.parseLong(folder.getFileName().toString());
                if (pid != ProcessHandle.current().pid() && has(folder.resolve("environ"), wanted)) {
                    ProcessHandle.of(pid).ifPresent(found::add);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // No such table of processes here: the trees of processes have been ended.
        }
        return found;
    }

    private static boolean has(Path environment, byte[] wanted) {
        byte[] all;
        try {
            all = Files.readAllBytes(environment);
        } catch (IOException e) {
            // Another user's, or it has just ended.
            return false;
        }
        int begin = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i == all.length || all[i] == 0) {
                int length = Math.min(i - begin, wanted.length);
                boolean part = i - begin == wanted.length || i - begin > wanted.length && all[begin + wanted.length] == '/';
                if (part && Arrays.equals(all, begin, begin + length, wanted, 0, wanted.length)) {
                    return true;
                }
                begin = i + 1;
            }
        }
        return false;
    }
}
