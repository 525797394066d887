package org.pellang.runtime.checkpoint;

/**
 * What the compiler says of a checkpointed loop.
 *
 * @param number of the loop in its program
 * @param file its source
 * @param line where it begins
 * @param counted whether passes before the saved one are skipped one by one ({@code for}); else the saved state alone makes the position ({@code while})
 * @param nesting whether other checkpointed loops may run inside it
 */
public record LoopSpec(int number, String file, int line, boolean counted, boolean nesting) {
    String place() {
        return file + ":" + line;
    }
}
