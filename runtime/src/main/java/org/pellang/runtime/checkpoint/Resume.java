package org.pellang.runtime.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** Chooses the checkpoint to continue from: the newest that is whole; all ranks read a part of it to see whether it is. */
final class Resume {
    private static final Site SITE = new Site("", 0, "resume");

    private final Rank rank;
    private final ProgramInfo program;
    private final CheckpointOptions options;
    private final Path path;
    private final CheckpointFolder folder;

    Resume(Rank rank, ProgramInfo program, CheckpointOptions options, Path path) {
        this.rank = rank;
        this.program = program;
        this.options = options;
        this.path = path;
        this.folder = new CheckpointFolder(path);
    }

    /** Collective. Traps if there is none that can be used; null if there is none of this job. */
    @Nullable Reader choose() {
        List<Long> numbers = numbers();
        List<String> wrong = new ArrayList<>();
        for (long number : numbers) {
            byte[] text = world(rank.rank() == 0 ? text(number) : null);
            if (text.length == 0) {
                wrong.add("checkpoint " + number + " has no manifest");
                continue;
            }
            Reader reader;
            String why;
            try {
                Manifest manifest = Manifest.parse(text);
                refuse(manifest);
                reader = new Reader(folder.complete(number), manifest);
                why = damage(reader);
            } catch (Manifest.Damaged e) {
                wrong.add("checkpoint " + number + ": " + e.getMessage());
                continue;
            }
            if (why == null) {
                say(wrong);
                say(rank, reader);
                return reader;
            }
            wrong.add("checkpoint " + number + ": " + why);
        }
        if (options.onlyJob() != null) {
            // A job that goes on by itself can always begin again.
            say(wrong);
            if (rank.rank() == 0 && !wrong.isEmpty()) {
                rank.report("pelrun: this job has no whole checkpoint; it begins again");
            }
            return null;
        }
        throw new PelTrap("cannot resume from " + path + ": "
                + (wrong.isEmpty() ? "there is no checkpoint in it" : String.join("; ", wrong)));
    }

    private byte[] world(byte @Nullable [] payload) {
        return rank.world().bcastBytes(SITE, payload, 0);
    }

    private List<Long> numbers() {
        Encoder out = new Encoder();
        String trouble = "";
        if (rank.rank() == 0) {
            try {
                folder.numbers().stream().filter(this::ours).forEach(out::putLong);
            } catch (IOException e) {
                trouble = PartWriter.reason(e);
            }
        }
        byte[] problem = world(trouble.getBytes(StandardCharsets.UTF_8));
        if (problem.length > 0) {
            throw new PelTrap("cannot resume from " + path + ": " + new String(problem, StandardCharsets.UTF_8));
        }
        byte[] bytes = world(out.toBytes());
        Decoder in = new Decoder(bytes);
        List<Long> numbers = new ArrayList<>();
        while (in.remaining() > 0) {
            numbers.add(in.getLong());
        }
        return numbers;
    }

    private boolean ours(long number) {
        String only = options.onlyJob();
        if (only == null) {
            return true;
        }
        try {
            return Manifest.read(folder.complete(number)).fact("job").equals(only);
        } catch (IOException e) {
            // Damaged: whose it is cannot be told, and it cannot be used.
            return false;
        }
    }

    private byte[] text(long number) {
        try {
            return Files.readAllBytes(folder.complete(number).resolve(Manifest.FILE));
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private @Nullable String damage(Reader reader) {
        options.faults().event(rank.rank(), "verify the checkpoint");
        String mine = reader.damage(rank.rank(), rank.size());
        byte[][] all = rank.world().allgatherBytes(SITE, (mine == null ? "" : mine).getBytes(StandardCharsets.UTF_8));
        for (byte[] text : all) {
            if (text.length > 0) {
                return new String(text, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** A checkpoint of something else ends the job: an older one would not do either. */
    private void refuse(Manifest m) {
        ProgramInfo.Fingerprint own = program.fingerprint();
        if (own == null) {
            throw new PelTrap("cannot resume: the program has no loop with a `checkpoint` clause");
        }
        if (!m.fact("state").equals(own.state())) {
            throw new PelTrap("cannot resume from " + path + ": the program's checkpointed state is another one than when it was written"
                    + " (loops, variables or their types have changed since)");
        }
        if (!m.fact("program").equals(own.program()) && !options.anyway()) {
            throw new PelTrap("cannot resume from " + path + ": the program has changed since it was written, so the results could be neither its nor the old"
                    + " one's; the state has the same form, so --resume-anyway continues all the same");
        }
        List<String> then = m.facts().getOrDefault("argument", List.of());
        if (!then.equals(options.arguments()) && !options.anyway()) {
            throw new PelTrap("cannot resume from " + path + ": it was written with the options `" + String.join(" ", then) + "`, not `"
                    + String.join(" ", options.arguments()) + "`; leave them out to use the old ones, or give --resume-anyway");
        }
    }

    private void say(List<String> wrong) {
        if (rank.rank() == 0) {
            wrong.forEach(w -> rank.report("pelrun: " + w + "; trying the one before"));
        }
    }

    /** One line on what is continued; ends the job if so many ranks cannot. */
    static void say(Rank rank, Source source) {
        Manifest m = source.manifest();
        if (m.byRank() && m.ranks() != rank.size()) {
            throw new PelTrap("cannot resume on " + rank.size() + " ranks: its state differs from rank to rank, so it needs " + m.ranks() + " as before");
        }
        if (rank.rank() == 0) {
            Manifest.Loop last = m.loops().getLast();
            rank.report("pelrun: resuming from checkpoint %d%s (pass %d, %d lines of output before it, written by %d ranks)".formatted(
                    m.number(), source instanceof Copies ? " in memory" : "", last.pass(), last.lines(), m.ranks()));
        }
    }
}
