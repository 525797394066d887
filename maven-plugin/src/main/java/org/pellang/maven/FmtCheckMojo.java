package org.pellang.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** {@code pel:fmt-check}: fails if a program is not in the one style. */
public final class FmtCheckMojo extends PelMojo {
    private File sourceDirectory = new File("src/main/pel");
    private File testSourceDirectory = new File("src/test/pel");

    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        List<String> command = new ArrayList<>(List.of("pel", "fmt", "--check"));
        for (File folder : List.of(sourceDirectory, testSourceDirectory)) {
            Sources.in(folder).files().forEach(file -> command.add(folder().relativize(file).toString()));
        }
        if (command.size() == 3) {
            return;
        }
        List<String> other = new ArrayList<>();
        int code = pel().run(folder(), command, other::add, line -> getLog().warn(line));
        other.forEach(file -> getLog().error(file + ":[1,1] is not in the one style"));
        if (code == 1) {
            throw new MojoFailureException("not in the one style; `pel fmt` writes these programs so");
        } else if (code != 0) {
            throw new MojoExecutionException("pel fmt ended with exit code " + code);
        }
    }
}
