package org.pellang.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files without a name. */
class UnnamedFileTest {
    @Test
    void isOpenedByItsAddressWhileItIsOpen() throws IOException {
        String address;
        try (UnnamedFile file = UnnamedFile.create()) {
            address = file.address();
            file.channel().write(ByteBuffer.wrap(new byte[] {7}));
            try (FileChannel other = UnnamedFile.open(address)) {
                ByteBuffer read = ByteBuffer.allocate(1);
                other.read(read, 0);
                assertThat(read.get(0)).isEqualTo((byte) 7);
            }
            assertThat(Files.exists(Path.of(address.substring(address.indexOf(' ') + 1)))).as("it has no name").isFalse();
        }
        assertThatThrownBy(() -> UnnamedFile.open(address)).isInstanceOf(IOException.class);
    }

    /** As on another machine, where the same descriptor is another file. */
    @Test
    void anotherFileBehindTheDescriptorIsRefused() throws IOException {
        try (UnnamedFile file = UnnamedFile.create(); UnnamedFile another = UnnamedFile.create()) {
            String mixed = file.address().split(" ")[0] + " " + another.address().split(" ")[1];
            assertThatThrownBy(() -> UnnamedFile.open(mixed)).hasMessageContaining("no such file here");
        }
    }
}
