package org.pellang.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** Exact sums against sums of {@link BigDecimal}. */
class ExactSumTest {
    @Test
    void roundsOnce() {
        SplittableRandom dice = new SplittableRandom(3);
        for (int round = 0; round < 400; round++) {
            ExactSum sum = new ExactSum();
            BigDecimal exact = BigDecimal.ZERO;
            int spread = dice.nextInt(1, 2000);
            int middle = dice.nextInt(-1070, 1000);
            for (int k = dice.nextInt(1, 60); k > 0; k--) {
                double x = Math.scalb(dice.nextDouble(-1.0, 1.0), Math.clamp(middle + dice.nextInt(-spread, spread), -1074, 1000));
                sum.add(x);
                exact = exact.add(new BigDecimal(x));
                if (dice.nextInt(4) == 0) {
                    sum.add(-x);
                    exact = exact.subtract(new BigDecimal(x));
                }
            }
            assertThat(sum.rounded()).isEqualTo(exact.doubleValue());
        }
    }

    @Test
    void endsOfTheRange() {
        ExactSum sum = new ExactSum();
        for (int k = 0; k < 1000; k++) {
            sum.add(Double.MAX_VALUE);
        }
        assertThat(sum.rounded()).isInfinite();
        for (int k = 0; k < 1000; k++) {
            sum.add(-Double.MAX_VALUE);
        }
        sum.add(Double.MIN_VALUE);
        assertThat(sum.rounded()).isEqualTo(Double.MIN_VALUE);
        sum.add(Double.POSITIVE_INFINITY);
        assertThat(sum.rounded()).isEqualTo(Double.POSITIVE_INFINITY);
        sum.add(Double.NEGATIVE_INFINITY);
        assertThat(sum.rounded()).isNaN();
    }

    @Test
    void partsTravel() {
        ExactSum left = new ExactSum();
        ExactSum right = new ExactSum();
        left.add(1e300);
        left.add(-3.0);
        right.add(-1e300);
        right.add(0x1p-1074);
        Encoder out = new Encoder();
        right.write(out);
        left.add(new Decoder(out.toBytes()));
        assertThat(left.rounded()).isEqualTo(-3.0);
    }
}
