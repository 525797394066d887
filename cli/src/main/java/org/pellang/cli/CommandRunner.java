package org.pellang.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pellang.cli.run.DidYouMean;
import org.pellang.launcher.LaunchRefused;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one command: picks it by name, parses its options, turns whatever goes wrong into one message and an exit code. */
public final class CommandRunner {
    private final Invocation invocation;

    public CommandRunner(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The exit code. */
    public int run() {
        Optional<CommandLine> command = command();
        if (command.isEmpty()) {
            invocation.say("there is no such command; there are pel, pelc and pelrun");
            return ExitCode.USAGE;
        }
        return command.get()
                .setOut(new java.io.PrintWriter(invocation.terminal().out(), true))
                .setErr(new java.io.PrintWriter(invocation.terminal().err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        invocation.terminal().color() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, args) -> usage(failure))
                .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure))
                .execute(invocation.arguments().toArray(String[]::new));
    }

    private Optional<CommandLine> command() {
        return switch (invocation.name()) {
            case "pel" -> Optional.of(PelCommand.commandLine(invocation));
            case "pelc" -> Optional.of(PelcCommand.line(invocation));
            case "pelrun" -> Optional.of(PelrunCommand.line(invocation));
            case "warm-up" -> Optional.of(new CommandLine(new WarmUpCommand(invocation)));
            default -> Optional.empty();
        };
    }

    private int usage(CommandLine.ParameterException failure) {
        CommandSpec spec = failure.getCommandLine().getCommandSpec();
        String word = failure instanceof CommandLine.UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()
                ? unmatched.getUnmatched().getFirst()
                : "";
        String message = word.isEmpty() ? String.valueOf(failure.getMessage()) : unknown(word, spec);
        invocation.say(message);
        invocation.terminal().err().println("Try '" + spec.qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static String unknown(String word, CommandSpec spec) {
        List<String> names = new ArrayList<>(spec.subcommands().keySet());
        spec.options().stream().filter(o -> !o.hidden()).forEach(o -> names.addAll(List.of(o.names())));
        String bare = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        if (JobOptions.NOT_IN_THIS_VERSION.contains(bare)) {
            return bare + " is not in this version: --host, --map-by and --bind-to place ranks";
        }
        String kind = word.startsWith("-") ? "unknown option " : spec.subcommands().isEmpty() ? "one argument too many: " : "unknown command ";
        return kind + bare + DidYouMean.suggest(bare, names).map(n -> "; did you mean " + n + "?").orElse("");
    }

    private int failed(Exception failure) {
        return switch (failure) {
            case SourceErrors shown -> shown.exitCode();
            case CommandFailure expected -> {
                invocation.say(String.valueOf(expected.getMessage()));
                yield expected.exitCode();
            }
            case LaunchRefused refused -> {
                invocation.say(String.valueOf(refused.getMessage()));
                yield refused.exitCode();
            }
            default -> {
                Optional<String> damage = Installation.damage();
                if (damage.isPresent()) {
                    invocation.say(damage.get());
                    yield ExitCode.IO;
                }
                invocation.terminal().err().println(CrashReport.write(failure, invocation.arguments()));
                yield ExitCode.INTERNAL;
            }
        };
    }
}
