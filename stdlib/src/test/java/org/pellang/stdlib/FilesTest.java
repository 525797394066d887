package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.runtime.PelTrap;

class FilesTest {
    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return java.nio.file.Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void readsTextAndLines() throws IOException {
        String path = file("b.txt", "ä\r\nzwei\n");
        file("a.txt", "eins");
        assertThat(Files.read(path)).isEqualTo("ä\r\nzwei\n");
        assertThat(Format.show(Files.lines(folder + "/*.txt"))).isEqualTo("[\"eins\", \"ä\", \"zwei\"]");
        assertThatThrownBy(() -> Files.read(folder + "/none")).isInstanceOf(PelTrap.class).hasMessageEndingWith("there is no such file");
        assertThatThrownBy(() -> Files.lines(folder + "/*.md")).isInstanceOf(PelTrap.class).hasMessageEndingWith("no file matches");
        java.nio.file.Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, 0});
        assertThatThrownBy(() -> Files.read(folder + "/binary")).isInstanceOf(PelTrap.class).hasMessageEndingWith("not UTF-8 text");
    }

    @Test
    void readsTables() throws IOException {
        String path = file("t.csv", "\"YEAR\",\"a, \"\"b\"\"\"\r\n1950, 1.5\r\n1951,\r\n\r\n");
        assertThat(Format.show(Files.readTable(path))).isEqualTo("[[1950.0, 1.5], [1951.0, nan]]");
        assertThat(Format.show(Files.readHeader(path))).isEqualTo("[\"YEAR\", \"a, \\\"b\\\"\"]");
        assertThat(Format.show(Files.readTable(file("n.csv", "1,2\n3,4")))).isEqualTo("[[1.0, 2.0], [3.0, 4.0]]");
        assertThat(Format.show(Files.readTable(file("e.csv", "x,y\n")))).isEqualTo("[]");
        assertThatThrownBy(() -> Files.readTable(file("r.csv", "1,2\n3\n"))).hasMessageEndingWith("row 2 has 1 fields, row 1 has 2");
        assertThatThrownBy(() -> Files.readTable(file("w.csv", "1,2\n3,x\n"))).hasMessageEndingWith("row 2, column 2: \"x\" is not a number");
        assertThatThrownBy(() -> Files.readTable(file("q.csv", "a,\"b\n"))).isInstanceOf(PelTrap.class).hasMessageContaining("quote without an end");
    }

    @Test
    void environment() {
        assertThat(Files.env("PATH")).isEqualTo(System.getenv("PATH"));
        assertThat(Files.env("PEL_SURELY_NOT_SET", "else")).isEqualTo("else");
    }
}
