package org.pellang.launcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line of the JVM is left out, however it is cut; all else stays, also what looks like it. */
final class UnannouncedTest {
    @ParameterizedTest
    @CsvSource({
        "'one\\nPicked up JAVA_TOOL_OPTIONS: -X /f.aot -Y\\ntwo\\n', 'one\\ntwo\\n'",
        "'Picked up JAVA_TOOL_OPTIONS: -X /other\\nend', 'Picked up JAVA_TOOL_OPTIONS: -X /other\\nend'",
        "'Picked', 'Picked'",
        "'not Picked up JAVA_TOOL_OPTIONS: /f.aot\\n\\n', 'not Picked up JAVA_TOOL_OPTIONS: /f.aot\\n\\n'",
    })
    void oneLineIsLeftOut(String said, String heard) throws IOException {
        String text = said.replace("\\n", "\n");
        for (int piece : new int[] {1, 3, 100}) {
            InputStream cut = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
                @Override
                public synchronized int read(byte[] to, int offset, int length) {
                    return super.read(to, offset, Math.min(length, piece));
                }
            };
            assertThat(new String(new Unannounced(cut, "/f.aot").readAllBytes(), StandardCharsets.UTF_8)).as("pieces of %d", piece).isEqualTo(heard.replace("\\n", "\n"));
        }
    }
}
