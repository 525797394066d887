package org.pellang.launcher.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.runtime.bootstrap.Leftovers;

/** The folder of a job's segments. */
final class SegmentFolderTest {
    private static final Path LOCKS = Path.of("/proc/locks");

    @Test
    void itIsPrivateAndRemovedWithWhatIsInIt() throws IOException {
        Path path;
        try (SegmentFolder folder = SegmentFolder.create("")) {
            path = folder.path();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
            Files.writeString(path.resolve("segment"), "x");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void theFolderOfAKilledLauncherIsRemovedByTheNextJobAndOneInUseIsNot() throws IOException {
        try (SegmentFolder inUse = SegmentFolder.create("")) {
            Path abandoned = Files.createDirectory(inUse.path().resolveSibling("pel-job-test-abandoned-" + ProcessHandle.current().pid()));
            Files.writeString(abandoned.resolve("owner"), "");
            Files.writeString(abandoned.resolve("segment"), "x");
            try (SegmentFolder next = SegmentFolder.create("")) {
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
        try (SegmentFolder first = SegmentFolder.create("");
                SegmentFolder second = SegmentFolder.create("")) {
            for (SegmentFolder folder : List.of(first, second)) {
                String lock = " " + ProcessHandle.current().pid() + " .*:" + Files.getAttribute(folder.path().resolve("owner"), "unix:ino") + " .*";
                assertThat(Files.readAllLines(LOCKS)).anyMatch(line -> line.matches(".* WRITE" + lock));
            }
        }
    }

    /** With the folder goes what is left of the job, but neither links nor other users' folders are believed. */
    @Test
    void leftoversOfOwnFoldersAlone(@TempDir Path elsewhere) throws Exception {
        List<Process> left = new ArrayList<>();
        try (SegmentFolder inUse = SegmentFolder.create("")) {
            for (String job : List.of("killed", "linked", "foreign")) {
                ProcessBuilder builder = new ProcessBuilder("sleep", "300");
                builder.environment().put(Leftovers.VARIABLE, job + inUse.path());
                left.add(builder.start());
            }
            Path own = Files.createDirectory(inUse.path().resolveSibling("pel-job-test-own-" + ProcessHandle.current().pid()));
            Files.writeString(own.resolve("owner"), "killed" + inUse.path());
            Path link = Files.createSymbolicLink(inUse.path().resolveSibling("pel-job-test-link-" + ProcessHandle.current().pid()), elsewhere);
            Files.writeString(elsewhere.resolve("owner"), "linked" + inUse.path());
            Path foreign = Files.createDirectory(inUse.path().resolveSibling("pel-job-test-foreign-" + ProcessHandle.current().pid()));
            Files.writeString(foreign.resolve("owner"), "foreign" + inUse.path());
            boolean root = "root".equals(System.getProperty("user.name"));
            if (root) {
                Files.setAttribute(foreign, "unix:uid", 65534);
            }
            try (SegmentFolder next = SegmentFolder.create("")) {
                assertThat(next.path()).isDirectory();
                assertThat(left.get(0).waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(own).doesNotExist();
                assertThat(left.get(1).isAlive()).isTrue();
                assertThat(elsewhere.resolve("owner")).exists();
                assertThat(left.get(2).isAlive()).isEqualTo(root);
                assertThat(Files.exists(foreign)).isEqualTo(root);
            } finally {
                Files.deleteIfExists(link);
                Files.deleteIfExists(foreign.resolve("owner"));
                Files.deleteIfExists(foreign);
            }
        } finally {
            left.forEach(Process::destroyForcibly);
        }
    }

    /** Another user of the machine sees nothing of a job: neither its folder nor what is in it. */
    @Test
    void anotherUser() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs root's rights to be another user");
        try (SegmentFolder folder = SegmentFolder.create("")) {
            Path secret = Files.writeString(folder.path().resolve("segment"), "secret");
            for (List<String> attempt : List.of(List.of("cat", secret.toString()), List.of("ls", folder.path().toString()), List.of("touch", folder.path() + "/mine"),
                    List.of("ln", "-sf", "/etc/passwd", secret.toString()), List.of("rm", "-rf", folder.path().toString()))) {
                List<String> command = new ArrayList<>(List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
                command.addAll(attempt);
                Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).as(attempt + ": " + said).isNotZero();
                assertThat(said).doesNotContain("secret\n");
            }
            assertThat(secret).hasContent("secret");
        }
    }
}
