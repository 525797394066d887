package org.pellang.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pellang.cli.run.LibraryReference;
import org.pellang.compiler.doc.MarkdownPage;

/** docs/language/library.md is what {@code pel doc --std} says now. */
final class LibraryPageTest {
    @Test
    void isCurrent() throws IOException {
        Path page = Project.root().resolve("docs/language/library.md");
        String now = MarkdownPage.write(LibraryReference.TITLE, LibraryReference.INTRODUCTION, LibraryReference.sections());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(page, now);
        }
        assertThat(Files.readString(page)).as("run bin/pel doc --std -o docs/language/library.md").isEqualTo(now);
    }
}
