package org.pellang.launcher.backend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.CheckpointSpec;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.rendezvous.Introductions;
import org.pellang.runtime.checkpoint.Manifest;

/**
 * Lets a job go on when one of its JVMs is lost: the others keep what they have loaded and compiled, leave what they were doing and begin the next attempt, with a
 * new JVM in the place of the lost one, or on fewer ranks. Attempts are numbered, and each has a segment, ports and a key of its own: nothing that somebody of an earlier
 * one still does reaches the next.
 *
 * <p>No JVM leaves before all have said that their ranks have ended well: until then each may be needed again.
 */
final class Recovery {
    /** Exit code of a JVM that could not leave its attempt, for its ranks computed on. */
    private static final int STUCK = 75;

    private static final String MARK = String.valueOf(Introductions.MARK);
    private static final String PORT = MARK + "pel port ";
    private static final String DONE = MARK + "pel done ";
    private static final String LOST = MARK + "pel lost ";
    /** Who is said to be lost has so long to be seen dead before it is ended. */
    private static final long SEEN_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** By then all JVMs of an attempt have said where they listen. */
    private static final long PORT_NANOS = TimeUnit.SECONDS.toNanos(12);

    /** Starts JVM {@code index} of an attempt; {@code ear} hears what it has to say to the launcher. */
    @FunctionalInterface
    interface Starter {
        RankProcess start(JobSpec spec, LocalPlan plan, int index, Consumer<String> ear) throws IOException;
    }

    private static final class Member {
        private int index;
        private @Nullable RankProcess process;
        private boolean done;

        Member(int index) {
            this.index = index;
        }

        RankProcess process() {
            if (process == null) {
                throw new IllegalStateException("not started");
            }
            return process;
        }

        void say(String line) {
            try {
                OutputStream control = process().process().getOutputStream();
                control.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                control.flush();
            } catch (IOException e) {
                // It has ended too, which the job sees by itself.
            }
        }
    }

    private final Optional<Path> segments;
    private final Consumer<String> notices;
    private final AtomicLong shown;
    private final Starter starter;
    private final List<Member> members = new ArrayList<>();
    private final Suspicions suspicions = new Suspicions();
    /** Hosts of JVMs that the others could not reach. */
    private final Set<String> avoided = new HashSet<>();
    private JobSpec spec;
    private LocalPlan plan;
    private Introductions introductions;
    private int restarts;
    private boolean finished;

    Recovery(JobSpec spec, LocalPlan plan, Optional<Path> segments, Consumer<String> notices, AtomicLong shown, Starter starter) {
        this.spec = spec;
        this.plan = plan;
        this.segments = segments;
        this.notices = notices;
        this.shown = shown;
        this.starter = starter;
        this.introductions = new Introductions(plan.addresses(), spec.enciphers());
    }

    /** Whether a job goes on this way; jobs of MPI are started again as a whole. */
    static boolean serves(JobSpec spec) {
        return spec.checkpoints().maxRestarts() > 0 && (spec.engine() == Engine.PROCESSES || spec.engine() == Engine.HOSTS);
    }

    /** Starts the first attempt. What is already started when it fails is in {@link #processes}. */
    synchronized void begin() throws IOException {
        for (int i = 0; i < plan.processes(); i++) {
            start(i, i);
        }
        expectPorts();
    }

    private RankProcess start(int index, int place) throws IOException {
        Member member = new Member(index);
        RankProcess process = starter.start(spec, plan, index, line -> heard(member, line));
        member.process = process;
        members.add(place, member);
        introduce(member);
        return process;
    }

    private void introduce(Member member) {
        if (spec.engine() == Engine.HOSTS) {
            introductions.started(member.index, member.process().process().getOutputStream());
        }
    }

    /** The JVMs that the job has now, in order. */
    synchronized List<RankProcess> processes() {
        return members.stream().map(Member::process).toList();
    }

    /** Who that is at present, for a report. */
    synchronized String who(RankProcess process) {
        return find(process).map(this::who).orElseGet(process::who);
    }

    private String who(Member member) {
        return LocalBackend.name(spec, member.index) + " (process " + member.process().process().pid() + ")";
    }

    private Optional<Member> find(RankProcess process) {
        return members.stream().filter(m -> m.process().process().equals(process.process())).findFirst();
    }

    /** Whether all ranks have ended well, so that nobody is needed any more. */
    synchronized boolean finished() {
        return finished;
    }

    private int epoch() {
        return spec.checkpoints().epoch();
    }

    // ---- what the JVMs say ----

    private synchronized void heard(Member member, String line) {
        if (!members.contains(member)) {
            return;
        }
        String[] words = line.split(" ", 5);
        if (line.startsWith(DONE) && isNow(words[2])) {
            member.done = true;
            finished = members.stream().allMatch(m -> m.done);
            if (finished) {
                members.forEach(m -> m.say("end"));
            }
        } else if (line.startsWith(LOST) && isNow(words[2])) {
            suspect(member.index, Integer.parseInt(words[3]), words[4]);
        } else if (line.startsWith(PORT) && isNow(words[3])) {
            introductions.heard(member.index, PORT + words[2]);
        }
    }

    private boolean isNow(String word) {
        return word.strip().equals(String.valueOf(epoch()));
    }

    /** One that cannot be reached any more is ended, if it has not ended by itself: the others wait to go on without it. */
    private void suspect(int accuser, int accused, String reason) {
        if (suspicions.add(accuser, accused, reason)) {
            later(SEEN_NANOS, () -> suspicions.verdict().ifPresent(s -> giveUp(s.jvm(), s.reason())));
        }
    }

    /** Those that do not say where they listen are given up: all others wait for them. */
    private void expectPorts() {
        if (spec.engine() == Engine.HOSTS) {
            later(PORT_NANOS, () -> introductions.missing().forEach(jvm -> giveUp(jvm, "it has not begun after " + PORT_NANOS / 1_000_000_000L + " s")));
        }
    }

    /** Does something after so long, if the job still is in the same attempt. */
    private void later(long nanos, Runnable action) {
        int epoch = epoch();
        Thread.ofVirtual().name("pel suspicion").start(() -> {
            LockSupport.parkNanos(nanos);
            synchronized (this) {
                if (epoch == epoch() && !finished) {
                    action.run();
                }
            }
        });
    }

    private void giveUp(int index, String reason) {
        members.stream().filter(m -> m.index == index).findFirst().ifPresent(member -> {
            notices.accept(who(member) + " is lost: " + reason);
            if (!spec.places().isEmpty()) {
                avoided.add(spec.places().get(index).host());
            }
            member.process().end(true);
        });
    }

    // ---- losses ----

    /**
     * A JVM has ended, not well.
     *
     * @return what was started in its place; empty if the job cannot go on
     */
    synchronized Optional<List<RankProcess>> after(RankProcess dead, int code, Outcome end) {
        Optional<Member> found = find(dead);
        if (found.isEmpty()) {
            return Optional.of(List.of());
        }
        Member member = found.get();
        try {
            if (code == STUCK) {
                int place = members.indexOf(member);
                members.remove(place);
                return Optional.of(List.of(start(member.index, place)));
            }
            boolean lost = end.end() == Outcome.End.KILLED_BY_SIGNAL || end.end() == Outcome.End.HOST_LOST;
            if (!lost || restarts == spec.checkpoints().maxRestarts()) {
                return Optional.empty();
            }
            restarts++;
            return Optional.of(next(member, end.report().getFirst()));
        } catch (IOException | LaunchRefused e) {
            notices.accept("the job cannot go on: " + e.getMessage());
            return Optional.empty();
        }
    }

    private List<RankProcess> next(Member lost, String what) throws IOException, LaunchRefused {
        CheckpointSpec last = spec.checkpoints();
        Optional<Manifest> own = Continued.newest(last);
        Optional<Path> from = own.isPresent() ? last.folder() : last.own() ? Optional.empty() : last.resume();
        int place = members.indexOf(lost);
        members.remove(place);
        boolean fewer = last.shrink() && !members.isEmpty();
        List<JobSpec.Place> places = new ArrayList<>(spec.places());
        int ranks = spec.ranks();
        if (!places.isEmpty() && !fewer) {
            // The host may be gone as a whole, or cut off.
            JobSpec.Place old = places.get(place);
            places.set(place, new JobSpec.Place(plan.living(old.host(), avoided).orElseThrow(() -> new IOException("no host can be reached any more")), old.ranks()));
        }
        if (fewer) {
            ranks -= places.isEmpty() ? 1 : places.remove(place).ranks();
        }
        spec = spec.with(ranks, places, last.restarted(from, own.isPresent(), shown.get()));
        plan = plan.with(spec);
        introductions = new Introductions(plan.addresses(), spec.enciphers());
        suspicions.clear();
        notices.accept(Continued.notice(what, restarts, spec, own));
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            member.index = fewer || i < place ? i : i + 1;
            member.done = false;
            member.say("again " + plan.arguments(member.index, segments).stream().map(Recovery::encoded).collect(Collectors.joining(MARK)));
            introduce(member);
        }
        expectPorts();
        return fewer ? List.of() : List.of(start(place, place));
    }

    private static String encoded(String argument) {
        return argument.replace("\\", "\\\\").replace("\n", "\\n");
    }
}
