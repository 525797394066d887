package org.pellang.cli.report;

import org.pellang.compiler.diagnostic.Diagnostic.Severity;

/** ANSI colours, or none. */
record Paint(boolean color) {

    String bold(String text) {
        return paint("1", text);
    }

    /** Line numbers and frames. */
    String frame(String text) {
        return paint("34", text);
    }

    /** The places that belong to the primary one. */
    String secondary(String text) {
        return paint("36", text);
    }

    String severity(Severity severity, String text) {
        return paint(
                switch (severity) {
                    case ERROR -> "1;31";
                    case WARNING -> "1;33";
                    case NOTE -> "1;32";
                },
                text);
    }

    private String paint(String code, String text) {
        return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
