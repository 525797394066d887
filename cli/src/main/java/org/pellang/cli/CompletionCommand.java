package org.pellang.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pel completion}: a script for bash and zsh that completes commands and options: {@code source <(pel completion)}. */
@Command(name = "completion", description = "Print a script that completes commands and options in bash and zsh: source <(pel completion)", usageHelpAutoWidth = true)
final class CompletionCommand implements Callable<Integer> {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    private final Invocation invocation;

    CompletionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.terminal().out().println(AutoComplete.bash("pel", PelCommand.commandLine(invocation)));
        return ExitCode.OK;
    }
}
