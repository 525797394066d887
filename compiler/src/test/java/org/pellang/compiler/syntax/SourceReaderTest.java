package org.pellang.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no programs are refused with a sentence. */
class SourceReaderTest {
    @TempDir
    private Path dir;

    private Path file(byte... bytes) throws Exception {
        return Files.write(dir.resolve("x.pel"), bytes);
    }

    private void refused(Path path, String why) {
        assertThatThrownBy(() -> SourceReader.read(path)).isInstanceOf(SourceReader.Unreadable.class).hasMessageContaining(why);
    }

    @Test
    void texts() throws Exception {
        assertThat(SourceReader.read(file((byte) 0xEF, (byte) 0xBB, (byte) 0xBF, (byte) 'a')).text()).isEqualTo("a");
        assertThat(SourceReader.read(file()).text()).isEmpty();
    }

    @Test
    void noTexts() throws Exception {
        refused(dir.resolve("none.pel"), "there is no file");
        refused(dir, "is a directory");
        refused(file((byte) 'a', (byte) 0), "binary file");
        refused(file((byte) 'a', (byte) 0xC3), "not UTF-8 text (byte at offset 1)");
    }
}
