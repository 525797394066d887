package org.pellang.runtime;

import java.util.List;

/**
 * What a program says of itself.
 *
 * @param name shown in the usage line
 * @param doc its {@code ##} text, may be empty
 * @param options its {@code config} declarations in order
 */
public record ProgramInfo(String name, String doc, List<OptionSpec> options) {
    /** Copies the list. */
    public ProgramInfo {
        options = List.copyOf(options);
    }
}
