package org.pellang.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals in a build of their own, by the Maven that runs this test. */
final class SampleProjectTest {
    @TempDir
    private Path work;

    @BeforeEach
    void thereArePelAndMaven() {
        Assumptions.assumeTrue(Files.isDirectory(SampleProject.root().resolve("cli/target/dist/lib")), "PEL has not been packaged");
        Assumptions.assumeTrue(System.getProperty("pel.maven.home") != null, "this is no Maven build");
    }

    /** The local repository of a sample is made of links to the real one: these go first, and quietly. */
    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @Test
    void compilesTestsAndReportsThenStopsAtAnError() throws IOException, InterruptedException {
        SampleProject project = new SampleProject("sample", work);
        SampleProject.Build build = project.maven("verify");
        assertThat(build.exitCode()).as(build.log()).isZero();
        assertThat(project.file("target/pel/squares.jar")).isNotEmptyFile();
        assertThat(project.file("target/surefire-reports/TEST-pel.squares.xml")).content().contains("tests=\"1\" failures=\"0\"", "name=\"squares\"");
        assertThat(project.file("target/surefire-reports/TEST-pel.numbers.xml")).content().contains("name=\"numbers\"");
        assertThat(build.log()).contains("compiling src/main/pel/squares.pel", "compiling src/test/pel/numbers.pel", "2 passed, 0 failed");

        Path program = project.file("src/main/pel/squares.pel");
        Files.writeString(program, Files.readString(program).replace("square(i) forall i in 0..<n", "sqare(i) forall i in 0..<n"));
        build = project.maven("test-compile");
        assertThat(build.exitCode()).isEqualTo(1);
        assertThat(build.log()).contains("[ERROR] " + program + ":[8,17] PEL0101", "there is an error in a PEL program").doesNotContain("numbers.pel");
    }

    @Test
    @Tag("slow")
    void onlyWhatHasChangedIsCompiled() throws IOException, InterruptedException {
        SampleProject project = new SampleProject("sample", work);
        assertThat(project.maven("test-compile").log()).contains("compiling src/main/pel/squares.pel");
        assertThat(project.maven("test-compile").log()).doesNotContain("compiling").contains("BUILD SUCCESS");
        Files.writeString(project.file("src/test/pel/numbers.pel"), "test \"numbers\" { assert 2 + 2 == 4 }\n");
        assertThat(project.maven("test-compile").log()).contains("compiling src/test/pel/numbers.pel").doesNotContain("squares");
    }

    @Test
    @Tag("slow")
    void runsAndChecksTheStyleAndFailsWithATest() throws IOException, InterruptedException {
        SampleProject project = new SampleProject("sample", work);
        SampleProject.Build run = project.maven("org.pellang:pel-maven-plugin:0-test:run", "-Dpel.ranks=2", "-Dpel.arguments=--n=4");
        assertThat(run.log()).contains("[INFO] sum 14", "BUILD SUCCESS");
        Files.writeString(project.file("src/test/pel/numbers.pel"), "test \"numbers\" { assert 1+1 == 3 }\n");
        SampleProject.Build style = project.maven("org.pellang:pel-maven-plugin:0-test:fmt-check");
        assertThat(style.exitCode()).isEqualTo(1);
        assertThat(style.log()).contains("src/test/pel/numbers.pel:[1,1] is not in the one style").doesNotContain("squares.pel:");
        SampleProject.Build test = project.maven("test");
        assertThat(test.exitCode()).isEqualTo(1);
        assertThat(test.log()).contains("1 passed, 1 failed", "there are test failures");
        assertThat(project.file("target/surefire-reports/TEST-pel.numbers.xml")).content().contains("failures=\"1\"");
    }
}
