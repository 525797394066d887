package org.pellang.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.checkpoint.CheckpointFolder;
import org.pellang.runtime.checkpoint.Manifest;

/** What a folder of checkpoints says about the job that wrote them: its program and that program's options. */
record Continuation(String source, List<String> arguments) {

    /** Reads the newest manifest that can be read; damaged ones are the ranks' business. */
    static Continuation read(Path folder) throws IOException {
        CheckpointFolder checkpoints = new CheckpointFolder(folder);
        for (long number : checkpoints.numbers()) {
            try {
                Manifest m = Manifest.read(checkpoints.complete(number));
                return new Continuation(m.fact("source"), m.facts().getOrDefault("argument", List.of()));
            } catch (IOException e) {
                // The one before may do.
            }
        }
        throw new IOException("there is no checkpoint that can be read");
    }

    /** The command line with what was left out. */
    List<String> complete(List<String> programAndArguments) {
        if (programAndArguments.size() > 1) {
            return programAndArguments;
        }
        List<String> all = new ArrayList<>(programAndArguments.isEmpty() ? List.of(source) : programAndArguments);
        all.addAll(arguments);
        return all;
    }
}
