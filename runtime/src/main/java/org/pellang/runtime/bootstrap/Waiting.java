package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.pellang.runtime.Rank;
import org.pellang.runtime.progress.Patience;
import org.pellang.runtime.transport.mpi.MpiException;
import org.pellang.runtime.transport.mpi.MpiJob;

/** How the ranks of a machine wait if something else has started them, and may have given each its own cores. */
final class Waiting {
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

    private Waiting() {}

    /** For so many ranks on this machine. */
    static Patience patience(int ranks) {
        int mine = Runtime.getRuntime().availableProcessors();
        // A process that is bound to its core sees one processor.
        return Patience.of(ranks <= mine || mine == 1 && ranks <= online(mine));
    }

    private static int online(int otherwise) {
        try {
            int count = 0;
            for (String range : Files.readString(ONLINE).strip().split(",")) {
                String[] ends = range.split("-");
                count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
            }
            return count;
        } catch (IOException | NumberFormatException e) {
            return otherwise;
        }
    }

    /** Number of ranks on this rank's machine, by their hosts' names. Collective. */
    static int ranksHere(MpiJob job) throws MpiException {
        int mine = Rank.hostName().hashCode();
        return (int) Arrays.stream(job.gather(mine)).filter(name -> name == mine).count();
    }
}
