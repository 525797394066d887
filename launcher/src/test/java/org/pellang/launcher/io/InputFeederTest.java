package org.pellang.launcher.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pellang.runtime.bootstrap.StandardInput;

/** Standard input for ranks: all of it, in order, and not far ahead of who reads. */
@Timeout(60)
final class InputFeederTest {
    @Test
    void allComesNoFasterThanItIsRead() throws Exception {
        byte[] text = new byte[1_000_000];
        new Random(1).nextBytes(text);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        AtomicLong most = new AtomicLong();
        AtomicLong told = new AtomicLong();
        CountDownLatch over = new CountDownLatch(1);
        InputFeeder feeder = new InputFeeder(new ByteArrayInputStream(text));
        feeder.to(3, new OutputStream() {
            private final ByteArrayOutputStream line = new ByteArrayOutputStream();

            @Override
            public void write(int b) {
                if (b != '\n') {
                    line.write(b);
                    return;
                }
                String said = line.toString(java.nio.charset.StandardCharsets.US_ASCII);
                line.reset();
                if (said.equals(StandardInput.LAST)) {
                    over.countDown();
                    return;
                }
                got.writeBytes(Base64.getDecoder().decode(said.substring(StandardInput.PIECE.length())));
                most.accumulateAndGet(got.size() - told.get(), Math::max);
                if (got.size() - told.get() > StandardInput.AHEAD) {
                    // Somebody reads all of it, a while later.
                    long now = got.size();
                    Thread.startVirtualThread(() -> {
                        told.set(now);
                        feeder.heard(3, StandardInput.TOOK + now);
                    });
                }
            }
        });
        feeder.start();
        assertThat(over.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(got.toByteArray()).isEqualTo(text);
        assertThat(most.get()).isLessThanOrEqualTo(StandardInput.AHEAD + (24 << 10));
    }
}
