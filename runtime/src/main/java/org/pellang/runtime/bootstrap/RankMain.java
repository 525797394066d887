package org.pellang.runtime.bootstrap;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.pellang.runtime.Console;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.checkpoint.PartnerStore;
import org.pellang.runtime.transport.mpi.MpiJob;

/**
 * Main class of the JVMs that run ranks.
 *
 * <pre>
 * java -cp runtime.jar:stdlib.jar[:prog.jar] org.pellang.runtime.bootstrap.RankMain
 *     --engine=threads   --ranks=N          --program=prog.jar [--class=NAME] [--control=stdin|none] [--] OPTIONS...
 *     --engine=processes --ranks=N --rank=R --segments=FOLDER
 *                                           --program=prog.jar [--class=NAME] [--control=stdin|none] [--] OPTIONS...
 *     --engine=hosts     --ranks=N --places=N0,N1,... --place=K [--address=HOST] [--here=N]
 *                        [--nodes=H0,H1,... --segments=FOLDER]
 *                                           --program=prog.jar [--class=NAME] [--] OPTIONS...
 *     --engine=openmpi|mpich|abi|mpi        --program=prog.jar [--class=NAME] [--control=stdin|none] [--] OPTIONS...
 * </pre>
 *
 * <ul>
 * <li>{@code --program} (also {@code --jar}): the program's jar. Its class is {@code --class}, else the manifest's
 *     {@code Pel-Program}, else its {@code Main-Class}, else {@code pel.Program}. It is taken from the class path if it is there, else
 *     from the jar. Without {@code --program} a {@code --class} on the class path is needed.
 * <li>{@code --segments} (also {@code --segment}): a folder of mode 0700 on /dev/shm; the ranks make the file in it and remove
 *     its name when all have mapped it.
 * <li>{@code --places}: ranks of each JVM of the job, this one being number {@code --place} of them; {@code --address}: under which the others
 *     reach this host (127.0.0.1); {@code --here}: ranks on this machine. Key and peers come through standard input: {@link PipeMeeting}.
 * <li>{@code --meet=HOST:PORT} and {@code --key-file=FILE}: nobody holds this JVM's standard input; it meets the others at JVM 0: {@link KeyMeeting}.
 * <li>{@code --nodes}: number of the host of each JVM. Those on one host share memory, in a file in {@code --segments}; without it each is on its own.
 * <li>Engines {@code openmpi}, {@code mpich}, {@code abi} (the standard interface of MPI-5) and {@code mpi} (whichever has started this
 *     process): number and count of ranks come from the MPI library.
 * <li>{@code --control=stdin} (the default): end-of-file on standard input halts the JVM with code 143; a line
 *     {@code dump} writes on standard error where every rank is.
 * <li>{@code --output=framed}: lines of output carry their numbers; {@code asking}: a checkpoint counts when the launcher has passed on what was printed before it; see
 *     {@link Console}.
 * <li>{@code --first=R}: the job has several programs, and rank R is the first one that runs this one (0).
 * <li>{@code --epoch=E}: this is attempt E at a job that goes on after the loss of a rank; see {@link Attempts}.
 * <li>{@code --checkpoint-dir=FOLDER} and what goes with it: see {@link CheckpointArguments}.
 * <li>Environment: {@code PEL_STDIN}: see {@link StandardInput}. {@code PEL_PROGRESS=1} draws a progress bar on standard error, {@code lines} writes lines,
 *     {@code 0} shows no progress; otherwise a line
 *     every two seconds for loops longer than that, or a bar if this JVM itself has a terminal.
 * <li>Exit code: 0; 1 trap, failure or deadlock; that of {@code abort}; 2 wrong options. Each process of a job that was stopped exits with
 *     the code of the job, after the one with the report has written it.
 * <li>JVM flags needed: {@code --enable-native-access=ALL-UNNAMED} for the processes engine (else a warning is printed).
 * </ul>
 */
public final class RankMain {
    private RankMain() {}

    /** Runs one or all ranks; see above. */
    public static void main(String[] args) {
        Console console = console();
        int code;
        boolean direct = false;
        try {
            RankArguments arguments = RankArguments.parse(List.of(args));
            code = run(arguments, console).exitCode();
            direct = arguments.engine().isMpi() && code != 0;
        } catch (RankArguments.Wrong wrong) {
            console.report("pelrun: " + wrong.getMessage());
            code = wrong.exitCode();
        }
        System.out.flush();
        if (direct) {
            MpiJob.leave(code);
        }
        // Ranks that were computing when another one failed would keep the JVM alive, were they not daemons; exit does not wait.
        Runtime.getRuntime().exit(code);
    }

    private static Outcome run(RankArguments arguments, Console plain) throws RankArguments.Wrong {
        ControlPipe control = new ControlPipe();
        Console console = switch (arguments.output()) {
            case "framed" -> plain.framed(control::awaitShown);
            case "asking" -> plain.asking(control::awaitShown);
            default -> plain;
        };
        control.onGone(() -> {
            // What this rank has started would stay without its launcher.
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            Leftovers.sweepOrphans();
            if (arguments.engine().isMpi()) {
                SegmentSweep.removeAbandoned(arguments.segments());
            } else {
                SegmentSweep.remove(arguments.segments());
            }
        });
        IntStream ranks = switch (arguments.engine()) {
            case PROCESSES -> IntStream.of(arguments.rank());
            case HOSTS -> IntStream.of(arguments.placement().ranksOf(arguments.placement().me()));
            case THREADS -> IntStream.range(0, arguments.ranks());
            case OPENMPI, MPICH, ABI, MPI -> IntStream.empty();
        };
        if (StandardInput.isFor(System.getenv(), ranks)) {
            StandardInput input = new StandardInput(console::report);
            control.onInput(input::heard);
            System.setIn(input);
        }
        if (arguments.control() && (!arguments.engine().isMpi() || MpiJob.isFirst(System.getenv()))) {
            // The starters of MPI give their standard input to rank 0. A channel can be left by an interrupt, System.in cannot.
            control.watch(Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel()));
        }
        try {
            return run(arguments, console, control);
        } finally {
            control.close();
        }
    }

    private static Outcome run(RankArguments first, Console console, ControlPipe control) throws RankArguments.Wrong {
        Supplier<PelProgram> program = ProgramLoader.load(first.program(), first.className());
        PartnerStore copies = new PartnerStore();
        Attempts.Run run = (arguments, reins) -> run(arguments.with(copies), program, console, control, reins);
        boolean again = first.epoch() > 0 && !first.engine().isMpi();
        return again ? new Attempts(control, console, run).all(first)
                : run.run(first, new Reins(0, control::onDump, stop -> {}, (jvm, reason) -> {}));
    }

    private static Outcome run(RankArguments arguments, Supplier<PelProgram> program, Console console, ControlPipe control, Reins reins) {
        return switch (arguments.engine()) {
            case THREADS -> ThreadsEngine.run(
                    program, arguments.ranks(), arguments.options(), console, arguments.checkpoints(), reins.dumper());
            case PROCESSES -> ProcessEngine.run(
                    program.get(), arguments.rank(), arguments.ranks(), arguments.segments(), arguments.first(), arguments.options(), console, arguments.checkpoints(), reins);
            case HOSTS -> HostsEngine.run(program, arguments.placement(), arguments.segments(), arguments.address(), arguments.here(),
                    meeting(arguments, console, control, reins), arguments.first(), arguments.options(), console, arguments.checkpoints(), reins);
            case OPENMPI, MPICH, ABI, MPI -> MpiEngine.run(arguments.engine().name().toLowerCase(Locale.ROOT), program,
                    arguments.first(), arguments.options(), console, arguments.checkpoints(), reins.dumper(), arguments.control());
        };
    }

    private static Meeting meeting(RankArguments arguments, Console console, ControlPipe control, Reins reins) {
        return arguments.meet() != null && arguments.keyFile() != null
                ? new KeyMeeting(arguments.meet(), arguments.keyFile(), arguments.placement().me(), arguments.placement().jvms(), arguments.address())
                : new PipeMeeting(control, console, reins.epoch());
    }

    private static Console console() {
        return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), progressStyle());
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16), false, StandardCharsets.UTF_8);
    }

    private static Console.ProgressStyle progressStyle() {
        String wish = System.getenv("PEL_PROGRESS");
        if (wish != null && wish.equals("0")) {
            return Console.ProgressStyle.OFF;
        }
        java.io.Console terminal = System.console();
        if (wish != null && wish.equals("lines")) {
            return Console.ProgressStyle.LINES;
        }
        boolean bar = wish != null && wish.equals("1") || terminal != null && terminal.isTerminal();
        return bar ? Console.ProgressStyle.BAR : Console.ProgressStyle.LINES;
    }
}
