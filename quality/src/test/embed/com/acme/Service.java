package com.acme;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.pellang.runtime.array.JavaArrays;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.embed.KernelFailure;
import org.pellang.runtime.embed.Ranks;

/** Java that calls the program. */
public final class Service implements Supplier<String> {
    private final StringBuilder out = new StringBuilder();

    @Override
    public String get() {
        double[] rod = new double[2000];
        rod[1000] = 1;
        double[] warm = Heat.on(1).relax(rod, 50);
        for (int n = 2; n <= 3; n++) {
            say("relax " + n + " " + Arrays.equals(warm, Heat.on(Ranks.of(n).threads(2)).relax(rod, 50)) + " " + rod[1000]);
        }
        say("alpha " + Heat.on(2).withAlpha(0.5).relax(rod, 1)[1000]);
        double[] a = {1, 2, 3};
        Heat.on(3).scale(a, 2);
        say(Arrays.toString(a));
        say("same " + Arrays.equals(a, Heat.on(2).same(a)) + " " + (a == Heat.on(2).same(a)));
        Heat.Near near = Heat.on(2).nearest(a, 8.5);
        say(near + " " + Heat.on(2).distance(near, new Heat.IntInts(3, new long[] {4, 5})) + " " + Heat.on(2).stats(a));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Ranks quiet = Ranks.of(1).output(new PrintStream(printed, true, StandardCharsets.UTF_8));
        say(Heat.on(quiet).firstBytes((byte) -1, -7, "x") + " " + Heat.on(quiet).ranksHere() + " " + printed.toString(StandardCharsets.UTF_8).strip());
        PelArray m = JavaArrays.ofRows(new double[] {1, 2}, new double[] {3, 4});
        Heat.on(2).turn(m);
        say(Arrays.deepToString(JavaArrays.rows(m)));
        say(Heat.on(1).counts(List.of("b", "a", "b")).toString());
        fails(() -> Heat.on(2).positive(0));
        fails(() -> Heat.on(1).thrown());
        try {
            Heat.on(2).leave();
        } catch (KernelFailure e) {
            say("exit code " + e.exitCode());
        }
        return out.toString();
    }

    private void fails(Runnable call) {
        try {
            call.run();
            say("nothing failed");
        } catch (KernelFailure e) {
            say(e.getMessage().lines().filter(l -> !l.contains("rank") && !l.contains("the others")).toList() + " " + e.getCause().getClass().getSimpleName());
        }
    }

    private void say(String line) {
        out.append(line).append('\n');
    }
}
