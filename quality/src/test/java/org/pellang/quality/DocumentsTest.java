package org.pellang.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whether documents are true where a test can tell. */
final class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]\\n]*\\]\\(([^)\\s#]+)(#[^)\\s]*)?\\)");
    private static final int README_LINES = 80;

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : Project.files(Project.root(), ".md")) {
            Matcher links = LINK.matcher(Files.readString(document).replaceAll("(?s)```.*?```", "").replaceAll("`[^`\\n]*`", ""));
            while (links.find()) {
                String target = links.group(1);
                if (!target.matches("[a-z]+:.*") && !Files.exists(document.resolveSibling(target))) {
                    dead.add(Project.root().relativize(document) + " -> " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void theReadmeIsShortAndItsCommandsExist() throws IOException {
        Path readme = Project.root().resolve("README.md");
        List<String> lines = Files.readAllLines(readme);
        assertThat(lines).hasSizeLessThanOrEqualTo(README_LINES);
        assertThat(lines).anyMatch(line -> line.contains("bin/pelrun -n 4 examples/03-heat/heat.pel"));
        assertThat(lines).anyMatch(line -> line.contains("./mvnw verify"));
        List<String> missing = new ArrayList<>();
        Matcher words = Pattern.compile("(?m)(?:^|[\\s`(])((?:bin|examples|benchmarks|docs)/[\\w./-]+|\\./mvnw|\\.ci/run)").matcher(Files.readString(readme));
        while (words.find()) {
            if (!Files.exists(Project.root().resolve(words.group(1).replaceAll("[.,]$", "")))) {
                missing.add(words.group(1));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void commandsCanBeExecuted() {
        assertThat(List.of("bin/pel", "bin/pelc", "bin/pelrun", "mvnw", ".ci/run")).allMatch(f -> Files.isExecutable(Project.root().resolve(f)));
    }
}
