package org.pellang.launcher.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The folder of a job's segments. */
final class SegmentFolderTest {
    private static final Path LOCKS = Path.of("/proc/locks");

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

    /** Two jobs of one process: the second looks for folders to remove, after which other processes must still see that the first is in use. */
    @Test
    void aSecondJobOfTheProcessDoesNotUnlockTheFirst() throws IOException {
        Assumptions.assumeTrue(Files.isReadable(LOCKS));
        try (SegmentFolder first = SegmentFolder.create();
                SegmentFolder second = SegmentFolder.create()) {
            for (SegmentFolder folder : List.of(first, second)) {
                String lock = " " + ProcessHandle.current().pid() + " .*:" + Files.getAttribute(folder.path().resolve("owner"), "unix:ino") + " .*";
                assertThat(Files.readAllLines(LOCKS)).anyMatch(line -> line.matches(".* WRITE" + lock));
            }
        }
    }
}
