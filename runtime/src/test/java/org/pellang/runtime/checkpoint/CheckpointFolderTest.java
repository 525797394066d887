package org.pellang.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has the folder of checkpoints. */
class CheckpointFolderTest {
    private static final Path LOCKS = Path.of("/proc/locks");

    @TempDir
    Path folder = Path.of("");

    @Test
    void oneJobAtATime() throws IOException {
        CheckpointFolder first = new CheckpointFolder(folder);
        CheckpointFolder second = new CheckpointFolder(folder.resolve("."));
        assertThat(first.acquire()).isTrue();
        assertThat(second.acquire()).isFalse();
        first.release();
        assertThat(second.acquire()).isTrue();
        second.release();
    }

    /** Other processes still see that it is taken when a second job of this process has asked for it. */
    @Test
    void whoAsksDoesNotUnlockIt() throws IOException {
        Assumptions.assumeTrue(Files.isReadable(LOCKS));
        CheckpointFolder first = new CheckpointFolder(folder);
        assertThat(first.acquire()).isTrue();
        assertThat(new CheckpointFolder(folder).acquire()).isFalse();
        String lock = ".* WRITE " + ProcessHandle.current().pid() + " .*:" + Files.getAttribute(folder.resolve(".lock"), "unix:ino") + " .*";
        assertThat(Files.readAllLines(LOCKS)).anyMatch(line -> line.matches(lock));
        first.release();
        assertThat(Files.readAllLines(LOCKS)).noneMatch(line -> line.matches(lock));
    }
}
