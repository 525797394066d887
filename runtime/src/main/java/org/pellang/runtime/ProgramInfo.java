package org.pellang.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program says of itself.
 *
 * @param name shown in the usage line
 * @param doc its {@code ##} text, may be empty
 * @param options its {@code config} declarations in order
 * @param fingerprint what checkpoints compare; null: it has no loop with a {@code checkpoint} clause
 */
public record ProgramInfo(String name, String doc, List<OptionSpec> options, @Nullable Fingerprint fingerprint) {
    /**
     * Hashes of a program.
     *
     * @param program of all of it, without comments and layout
     * @param state of the names and types of the variables that its checkpointed loops save
     */
    public record Fingerprint(String program, String state) {}

    /** A program without checkpoints. */
    public ProgramInfo(String name, String doc, List<OptionSpec> options) {
        this(name, doc, options, null);
    }

    /** Copies the list. */
    public ProgramInfo {
        options = List.copyOf(options);
    }
}
