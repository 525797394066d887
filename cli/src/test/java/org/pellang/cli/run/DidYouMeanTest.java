package org.pellang.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Suggestions for misspelt words. */
final class DidYouMeanTest {
    @Test
    void distancesByHand() {
        assertThat(DidYouMean.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(DidYouMean.distance("chekc", "check")).isEqualTo(1);
        assertThat(DidYouMean.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void onlyWhatIsNear() {
        assertThat(DidYouMean.suggest("--engin", List.of("--engine", "--heap"))).contains("--engine");
        assertThat(DidYouMean.suggest("--frobnicate", List.of("--engine", "--heap"))).isEmpty();
    }
}
