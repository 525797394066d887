package org.pellang.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Golden files: an input beside what it must give; {@code -Dgolden.update=true} rewrites the expectations. */
public final class Golden {
    private Golden() {}

    /** One test for each {@code .pel} file of a folder below {@code src/test/pel}. */
    public static Stream<DynamicTest> tests(String folder, String suffix, Producer producer) {
        return programs(folder).stream()
                .map(path -> DynamicTest.dynamicTest(
                        path.getFileName().toString(), path.toUri(), () -> check(path, suffix, producer.text(path))));
    }

    /** What is compared, from a program. */
    public interface Producer {
        String text(Path program) throws Exception;
    }

    /** The {@code .pel} files of a folder, by name. */
    public static List<Path> programs(String folder) {
        try (Stream<Path> files = Files.list(Path.of("src/test/pel", folder))) {
            List<Path> found = files.filter(f -> f.toString().endsWith(".pel")).sorted().toList();
            assertThat(found).isNotEmpty();
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Path program, String suffix, String actual) throws IOException {
        Path expected = Path.of(program.toString().replaceAll("\\.pel$", suffix));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).as("%s, see %s", program, expected).isEqualTo(Files.readString(expected));
    }
}
