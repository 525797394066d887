package org.pellang.launcher.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What launcher and agent say to each other: whole frames, each the end of a line, and nothing that is none. */
final class FrameTest {
    @Test
    void framesComeAsTheyWent() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        new Frame(Frame.Kind.OUT, 7, "a\nb".getBytes(StandardCharsets.US_ASCII)).write(out);
        new Frame(Frame.Kind.ALIVE, 0).write(out);
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).as("carriers may pass on whole lines only").endsWith("\n");
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        Frame first = Frame.read(in);
        assertThat(first.kind()).isEqualTo(Frame.Kind.OUT);
        assertThat(first.jvm()).isEqualTo(7);
        assertThat(first.contents()).asString(StandardCharsets.US_ASCII).isEqualTo("a\nb");
        assertThat(Frame.read(in).kind()).isEqualTo(Frame.Kind.ALIVE);
        assertThatThrownBy(() -> Frame.read(in)).isInstanceOf(EOFException.class);
    }

    /** Nothing is allocated for lengths that are announced, beyond 16 MiB. */
    @ParameterizedTest
    @CsvSource({"0, 16777217", "0, 2147483647", "0, -1", "200, 0", "100, 0"})
    void whatIsNoFrame(int kind, int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(kind);
        out.writeInt(0);
        out.writeInt(length);
        assertThatThrownBy(() -> Frame.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())))).hasMessageContaining("not of the agent");
    }

    @Test
    void aFrameThatDoesNotEnd() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Frame(Frame.Kind.ALIVE, 0).write(new DataOutputStream(bytes));
        byte[] cut = bytes.toByteArray();
        cut[cut.length - 1] = 'x';
        assertThatThrownBy(() -> Frame.read(new DataInputStream(new ByteArrayInputStream(cut)))).hasMessageContaining("does not end");
    }
}
