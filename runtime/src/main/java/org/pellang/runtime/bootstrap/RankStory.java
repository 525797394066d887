package org.pellang.runtime.bootstrap;

import java.util.List;

/**
 * What one rank has to say about the end of the job.
 *
 * @param head what it was doing, or why it failed; lines
 * @param operations its last operations, one per line, oldest first
 * @param mismatch "peer sequence" if it failed because a collective did not match; else empty
 */
record RankStory(String head, String operations, String mismatch) {
    private static final char SEPARATOR = '\u001e';

    String encode() {
        return head.replace(SEPARATOR, ' ') + SEPARATOR + mismatch + SEPARATOR + operations;
    }

    static RankStory decode(String text) {
        int first = text.indexOf(SEPARATOR);
        int second = text.indexOf(SEPARATOR, first + 1);
        if (first < 0 || second < 0) {
            return new RankStory(text, "", "");
        }
        return new RankStory(text.substring(0, first), text.substring(second + 1), text.substring(first + 1, second));
    }

    List<String> operationLines() {
        return operations.isEmpty() ? List.of() : List.of(operations.split("\n"));
    }

    /** The recorded collective with that number, without its own number; or a word that it is not known. */
    String collective(int sequence) {
        String mark = " (collective " + sequence + ")";
        for (String line : operationLines()) {
            int at = line.indexOf(mark);
            if (at >= 0) {
                return line.substring(line.indexOf(' ') + 1, at) + line.substring(at + mark.length());
            }
        }
        return "another operation (no longer recorded)";
    }
}
