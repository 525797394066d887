package org.pellang.runtime.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.runtime.Attributes;
import org.pellang.runtime.Cartesian;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Console;
import org.pellang.runtime.DoubleWindow;
import org.pellang.runtime.Graph;
import org.pellang.runtime.Group;
import org.pellang.runtime.Message;
import org.pellang.runtime.Nonblocking;
import org.pellang.runtime.Part;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.PersistentCollectives;
import org.pellang.runtime.PersistentRequest;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Request;
import org.pellang.runtime.Requests;
import org.pellang.runtime.SharedFile;
import org.pellang.runtime.SharedMemory;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Outcome;
import org.pellang.runtime.bootstrap.ThreadsEngine;

/** {@code docs/guide-mpi.md}: its program prints what it should, and the calls it names exist. */
@Timeout(60)
class GuideTest {
    private static String guide() throws Exception {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/guide-mpi.md"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("docs/guide-mpi.md"));
    }

    @Test
    void theProgramRunsOnFourRanks(@TempDir Path folder) throws Exception {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(guide());
        assertThat(block.find()).isTrue();
        Path source = Files.writeString(folder.resolve("Integral.java"), block.group(1));
        String runtime = Path.of(Comm.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null,
                "-cp", runtime, "-proc:none", "-d", folder.toString(), source.toString());
        assertThat(status).isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Comm.class.getClassLoader())) {
            PelProgram[] programs = new PelProgram[5];
            for (int i = 0; i < programs.length; i++) {
                programs[i] = (PelProgram) loader.loadClass("Integral").getConstructor().newInstance();
            }
            int[] next = {0};
            Outcome outcome = ThreadsEngine.run(() -> programs[next[0]++], 4, List.of("--n=200_000"), new Console(stream, stream));
            assertThat(outcome.exitCode()).isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("pi is about 3.141593", "rank 0 has heard from rank 3",
                "rank 1 has heard from rank 0", "rank 2 has heard from rank 1", "rank 3 has heard from rank 2");
    }

    /** Every later program prints the text that follows it. */
    @Test
    void theOtherProgramsPrintWhatIsSaid(@TempDir Path folder) throws Exception {
        Matcher block = Pattern.compile("```java\n([^`]*?public final class (\\w+) implements PelProgram.*?)```\n.*?```text\n(.*?)```", Pattern.DOTALL)
                .matcher(guide().substring(guide().indexOf("## From MPJ")));
        int programs = 0;
        while (block.find()) {
            programs++;
            assertThat(printed(folder, block.group(2), block.group(1))).isEqualTo(block.group(3));
        }
        assertThat(programs).isPositive();
    }

    private static String printed(Path folder, String name, String text) throws Exception {
        Path source = Files.writeString(folder.resolve(name + ".java"), text);
        String runtime = Path.of(Comm.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", runtime, "-proc:none", "-d", folder.toString(), source.toString()))
                .isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Comm.class.getClassLoader())) {
            Constructor<?> program = loader.loadClass(name).getConstructor();
            Outcome outcome = ThreadsEngine.run(() -> {
                try {
                    return (PelProgram) program.newInstance();
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }, 4, List.of(), new Console(stream, stream));
            assertThat(outcome.exitCode()).as(out.toString(StandardCharsets.UTF_8)).isZero();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The last column of the table: words in code style that look like a method of one of these types must be one. */
    @Test
    void theCallsThatTheTableNamesExist() throws Exception {
        List<String> methods = new ArrayList<>();
        for (Class<?> type : List.of(Comm.class, Nonblocking.class, Requests.class, Request.class, PersistentRequest.class, Message.class,
                Group.class, Cartesian.class, DoubleWindow.class, Status.class, Rank.class, Part.class, Graph.class, SharedMemory.class,
                SharedFile.class, Attributes.class, PersistentCollectives.class)) {
            Arrays.stream(type.getMethods()).map(Method::getName).forEach(methods::add);
        }
        List<String> named = guide().lines().filter(line -> line.startsWith("| `MPI_")).flatMap(GuideTest::calls).toList();
        assertThat(named).hasSizeGreaterThan(60);
        assertThat(methods).containsAll(named);
    }

    private static Stream<String> calls(String row) {
        String[] cells = row.split("\\|");
        return Pattern.compile("`[^`]*`").matcher(cells[cells.length - 1]).results()
                .map(m -> m.group().replaceAll("`|\\(.*", "").replaceAll(".*\\.", ""))
                .filter(name -> name.matches("[a-z]\\w*"));
    }
}
