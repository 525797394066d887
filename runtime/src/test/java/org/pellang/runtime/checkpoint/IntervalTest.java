package org.pellang.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.pellang.runtime.PelTrap;

class IntervalTest {
    @Test
    void forms() {
        assertThat(Interval.of(1000)).isEqualTo(new Interval.Passes(1000));
        assertThat(Interval.of("10 min")).isEqualTo(new Interval.Seconds(600));
        assertThat(Interval.of("1.5h")).isEqualTo(new Interval.Seconds(5400));
        assertThat(Interval.of("auto")).isEqualTo(new Interval.Auto());
        assertThatThrownBy(() -> Interval.of("soon")).isInstanceOf(PelTrap.class);
        assertThatThrownBy(() -> Interval.of("0 s")).isInstanceOf(PelTrap.class);
        assertThatThrownBy(() -> Interval.of(0)).isInstanceOf(PelTrap.class);
    }

    /** For cheap checkpoints Daly's interval is Young's, less the cost. */
    @Test
    void best() {
        assertThat(Interval.best(1, 86_400)).isCloseTo(Math.sqrt(2 * 86_400.0), within(2.0));
        assertThat(Interval.best(100, 86_400)).isCloseTo(4096, within(20.0));
        assertThat(Interval.best(1000, 400)).isEqualTo(400);
    }
}
