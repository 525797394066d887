package org.pellang.compiler.diagnostic;

/** Terminal colours, or none. */
enum Paint {
    ERROR("1;31"), WARNING("1;33"), NOTE("1;36"), SECONDARY("1;34"), FRAME("1;34"), HELP("1;32"), BOLD("1");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    String on(String text, boolean colour) {
        return !colour || text.isBlank() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    static Paint of(Diagnostic.Severity severity) {
        return switch (severity) {
            case ERROR -> ERROR;
            case WARNING -> WARNING;
            case NOTE -> NOTE;
        };
    }
}
