package org.pellang.launcher.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pellang.launcher.OutputSpec;

/** What happens to lines on their way out. */
final class LinePumpTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00.250Z"), ZoneOffset.UTC);

    @Test
    void theAnnouncementOfIncubatorModulesIsDropped() {
        String text = "WARNING: Using incubator modules: jdk.incubator.vector\nWARNING: mine\nlast";
        assertThat(pumped(text, OutputSpec.PLAIN)).isEqualTo("WARNING: mine\nlast");
    }

    @Test
    void labelsStandBeforeWholeLines() {
        OutputSpec tagged = new OutputSpec(true, true, Optional.empty(), Set.of(), false);
        assertThat(pumped("a\n\nb", tagged)).isEqualTo("12:00:00.250 [3] a\n12:00:00.250 [3] \n12:00:00.250 [3] b\n");
    }

    private static String pumped(String text, OutputSpec output) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sink sink = new Sink(out, "out", notice -> {});
        new LinePump(new ByteArrayInputStream(text.getBytes(UTF_8)), sink, Label.of(output, 3, NOON)).run();
        return out.toString(UTF_8);
    }
}
