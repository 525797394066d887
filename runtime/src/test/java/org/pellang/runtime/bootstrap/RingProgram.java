package org.pellang.runtime.bootstrap;

import java.util.List;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.OptionSpec;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;

/** A program for tests that start JVMs: long messages around a ring, then an end of the kind asked for. */
public final class RingProgram implements PelProgram {
    @Override
    public ProgramInfo info() {
        return new ProgramInfo("ring", "", List.of(new OptionSpec("end", OptionSpec.Kind.STRING, "good", "")));
    }

    @Override
    public void run(Rank rank) {
        Comm world = rank.world();
        int p = rank.size();
        long[] out = new long[300_000];
        long[] in = new long[300_000];
        java.util.Arrays.setAll(out, i -> (long) rank.rank() << 32 | i);
        for (int step = 0; step < p; step++) {
            world.sendRecv(out, 0, out.length, (rank.rank() + 1) % p, 1, in, 0, in.length, (rank.rank() + p - 1) % p, 1);
            long[] swap = out;
            out = in;
            in = swap;
        }
        long wrong = 0;
        for (int i = 0; i < out.length; i++) {
            wrong += out[i] == ((long) rank.rank() << 32 | i) ? 0 : 1;
        }
        rank.print("wrong " + world.allreduce(wrong, Op.SUM));
        rank.printall("rank " + rank.rank());
        // Rank 0 has written all lines before anybody fails.
        world.barrier();
        switch (rank.options().has("end") ? rank.options().stringValue("end") : "good") {
            case "trap" -> {
                if (rank.rank() == 1) {
                    throw new PelTrap("no such element");
                }
                world.barrier();
            }
            case "deadlock" -> world.recvBytes((rank.rank() + 1) % p, 9);
            case "hang" -> {
                while (!Thread.interrupted()) {
                    Thread.onSpinWait();
                }
            }
            default -> { }
        }
    }
}
