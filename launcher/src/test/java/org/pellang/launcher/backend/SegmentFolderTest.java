package org.pellang.launcher.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** The folder of a job's segments. */
final class SegmentFolderTest {

    @Test
    void itIsPrivateAndRemovedWithWhatIsInIt() throws IOException {
        Path path;
        try (SegmentFolder folder = SegmentFolder.create()) {
            path = folder.path();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
            Files.writeString(path.resolve("segment"), "x");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void theFolderOfAKilledLauncherIsRemovedByTheNextJobAndOneInUseIsNot() throws IOException {
        try (SegmentFolder inUse = SegmentFolder.create()) {
            Path abandoned = Files.createDirectory(inUse.path().resolveSibling("pel-job-test-abandoned-" + ProcessHandle.current().pid()));
            Files.writeString(abandoned.resolve("owner"), "");
            Files.writeString(abandoned.resolve("segment"), "x");
            try (SegmentFolder next = SegmentFolder.create()) {
                assertThat(abandoned).doesNotExist();
                assertThat(inUse.path()).isDirectory();
                assertThat(next.path()).isDirectory();
            }
        }
    }
}
