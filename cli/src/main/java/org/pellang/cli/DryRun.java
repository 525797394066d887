package org.pellang.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pellang.compiler.diagnostic.JsonRenderer;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.Part;
import org.pellang.launcher.backend.LocalPlan;
import org.pellang.launcher.backend.Spot;
import org.pellang.launcher.placement.HeapPlan;
import org.pellang.launcher.placement.JvmSettings;

/** What {@code pelrun --dry-run} shows of a job: where each JVM would run, with how much of it, and by which command. */
final class DryRun {
    private final JobSpec spec;
    private final LocalPlan plan;
    private final List<List<String>> commands;

    DryRun(JobSpec spec, LocalPlan plan) {
        this.spec = spec;
        this.plan = plan;
        this.commands = IntStream.range(0, plan.processes()).mapToObj(i -> plan.command(i, Optional.empty())).toList();
    }

    void text(PrintStream out) {
        out.printf("%d ranks by engine %s, in %s%n", spec.ranks(), engine(), spec.host().folder());
        for (int p = 0; p < spec.parts().size(); p++) {
            Part part = spec.parts().get(p);
            out.printf("ranks %d to %d: %s%n", spec.firstOf(p), spec.firstOf(p) + part.ranks() - 1, part.program());
        }
        for (int i = 0; i < commands.size(); i++) {
            Spot spot = plan.spot(i);
            out.printf("%s: %d cores, %s of heap in each of %d JVM(s)%n  %s%n", spot.host(), spot.cores(), HeapPlan.size(plan.heap(i).heapPerJvm()), plan.heap(i).jvms(),
                    String.join(" ", commands.get(i)));
        }
    }

    void json(PrintStream out) {
        String jvms = IntStream.range(0, commands.size()).mapToObj(this::jvm).collect(Collectors.joining(",", "[", "]"));
        String programs = IntStream.range(0, spec.programs().size()).mapToObj(this::program).collect(Collectors.joining(",", "[", "]"));
        String words = commands.stream().map(DryRun::words).collect(Collectors.joining(",", "[", "]"));
        out.printf("{\"ranks\":%d,\"engine\":\"%s\",\"cores\":%d,\"jvms\":%d,\"heapPerJvm\":%d,\"heapPerRank\":%d,\"folder\":%s,\"programs\":%s,"
                + "\"processes\":%s,\"commands\":%s}%n", spec.ranks(), engine(), plan.spot(0).cores(), Math.max(plan.heap(0).jvms(), plan.processes()),
                plan.heap(0).heapPerJvm(), plan.heap(0).perRank(), JsonRenderer.quoted(spec.host().folder().toString()), programs, jvms, words);
    }

    private String program(int p) {
        Part part = spec.programs().get(p);
        return "{\"program\":%s,\"firstRank\":%d,\"ranks\":%d,\"arguments\":%s}"
                .formatted(JsonRenderer.quoted(part.program().toString()), spec.firstOf(p), part.ranks(), words(part.arguments()));
    }

    private String jvm(int i) {
        Spot spot = plan.spot(i);
        JvmSettings settings = JvmSettings.of(commands.get(i), spot.cores());
        String ranks = spec.ranksOf(i).stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        return ("{\"host\":%s,\"ranks\":%s,\"cores\":%d,\"memory\":%d,\"memoryLimitedBy\":%s,\"heap\":%d,\"heapPerRank\":%d,\"collector\":%s,\"collectorThreads\":%d,"
                + "\"compilerThreads\":%d,\"aotCache\":%s,\"command\":%s}").formatted(JsonRenderer.quoted(spot.host()), ranks, spot.cores(),
                spot.memory().total(), JsonRenderer.quoted(spot.memory().limitedBy()),
                plan.heap(i).heapPerJvm(), plan.heap(i).perRank(), JsonRenderer.quoted(settings.collector()), settings.collectorThreads(), settings.compilerThreads(),
                JsonRenderer.quoted(settings.aotCache()), words(commands.get(i)));
    }

    private static String words(List<String> words) {
        return words.stream().map(JsonRenderer::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private String engine() {
        return spec.engine().name().toLowerCase(Locale.ROOT);
    }
}
