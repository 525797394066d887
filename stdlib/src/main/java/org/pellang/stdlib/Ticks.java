package org.pellang.stdlib;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Round values (1, 2 or 5 times a power of ten apart) along an axis. */
final class Ticks {
    /** One mark. */
    record Tick(double value, String label) {}

    private Ticks() {}

    /** About {@code wanted} marks within low..high; none unless low < high, both finite. */
    static List<Tick> between(double low, double high, int wanted) {
        List<Tick> ticks = new ArrayList<>();
        double span = high - low;
        if (!(span > 0.0) || Double.isInfinite(span) || span < 1e-12 * Math.max(Math.abs(low), Math.abs(high))) {
            return ticks;
        }
        BigDecimal step = roundStep(span / wanted);
        BigDecimal first = new BigDecimal(low).divide(step, 0, RoundingMode.CEILING);
        for (BigDecimal k = first; ; k = k.add(BigDecimal.ONE)) {
            BigDecimal value = k.multiply(step);
            if (value.doubleValue() > high) {
                return ticks;
            }
            ticks.add(new Tick(value.doubleValue(), label(value, step)));
        }
    }

    private static BigDecimal roundStep(double least) {
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(MathFunctions.log10(least)));
        double share = least / power.doubleValue();
        int factor = share <= 1.0 ? 1 : share <= 2.0 ? 2 : share <= 5.0 ? 5 : 10;
        return power.multiply(BigDecimal.valueOf(factor));
    }

    private static String label(BigDecimal value, BigDecimal step) {
        double size = Math.abs(value.doubleValue());
        if (size != 0.0 && (size >= 1e6 || size < 1e-4)) {
            return Format.format(value.round(new MathContext(6)).doubleValue(), ".6g");
        }
        return value.setScale(Math.max(0, step.stripTrailingZeros().scale()), RoundingMode.HALF_EVEN).toPlainString();
    }
}
