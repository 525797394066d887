package org.pellang.cli;

/** The program has errors, and they have been shown. */
final class SourceErrors extends CommandFailure {
    private static final long serialVersionUID = 1L;

    SourceErrors() {
        super(ExitCode.SOURCE_ERRORS, "");
    }
}
