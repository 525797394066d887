package org.pellang.stdlib;

import java.util.List;
import org.pellang.runtime.array.Domain;

/** Layout of an image plot: the field, its index axes, and a colour bar at the right. */
final class ImagePlot {
    private static final int INK = 0x333333;
    private static final int FIELD = 640;
    private static final int LEAST = 60;
    private static final int LEFT = 64;
    private static final int TOP = 24;
    private static final int BOTTOM = 40;
    private static final int BAR_GAP = 24;
    private static final int BAR = 20;
    private static final int RIGHT = BAR_GAP + BAR + 96;
    private static final double TEXT = 10.5;
    private static final double LINE = 1.0;

    private final Samples samples;
    private final Domain domain;
    private final int fieldWidth;
    private final int fieldHeight;

    ImagePlot(Samples samples, Domain domain) {
        this.samples = samples;
        this.domain = domain;
        double rows = domain.extent(0);
        double columns = domain.extent(1);
        double scale = FIELD / Math.max(rows, columns);
        fieldWidth = (int) Math.max(LEAST, Math.rint(columns * scale));
        fieldHeight = (int) Math.max(LEAST, Math.rint(rows * scale));
    }

    int width() {
        return LEFT + fieldWidth + RIGHT;
    }

    int height() {
        return TOP + fieldHeight + BOTTOM;
    }

    void draw(Canvas canvas) {
        double[] values = samples.values();
        int[] colours = new int[values.length];
        double span = samples.high() - samples.low();
        for (int i = 0; i < colours.length; i++) {
            double share = span > 0.0 ? (values[i] - samples.low()) / span : (Double.isFinite(values[i]) ? 0.0 : Double.NaN);
            colours[i] = ColourMap.of(share);
        }
        canvas.picture(colours, samples.columns(), LEFT, TOP, fieldWidth, fieldHeight);
        canvas.frame(LEFT, TOP, fieldWidth, fieldHeight, INK, LINE);
        drawRowMarks(canvas);
        drawColumnMarks(canvas);
        if (samples.low() <= samples.high()) {
            drawBar(canvas);
        }
    }

    private void drawRowMarks(Canvas canvas) {
        double each = (double) fieldHeight / domain.extent(0);
        for (Ticks.Tick tick : marks(0, fieldHeight)) {
            double y = TOP + ((tick.value() - domain.lo(0)) / domain.step(0) + 0.5) * each;
            canvas.line(LEFT - 5, y, LEFT, y, INK, LINE);
            canvas.number(tick.label(), LEFT - 9, y, TEXT, Canvas.Anchor.RIGHT, INK);
        }
    }

    private void drawColumnMarks(Canvas canvas) {
        double each = (double) fieldWidth / domain.extent(1);
        double bottom = TOP + fieldHeight;
        for (Ticks.Tick tick : marks(1, fieldWidth)) {
            double x = LEFT + ((tick.value() - domain.lo(1)) / domain.step(1) + 0.5) * each;
            canvas.line(x, bottom, x, bottom + 5, INK, LINE);
            canvas.number(tick.label(), x, bottom + 15, TEXT, Canvas.Anchor.CENTRE, INK);
        }
    }

    /** Whole indices only. */
    private List<Ticks.Tick> marks(int axis, int length) {
        List<Ticks.Tick> ticks = Ticks.between(domain.lo(axis), domain.hi(axis), Math.max(2, length / 80));
        return ticks.stream().filter(tick -> tick.value() == Math.rint(tick.value())).toList();
    }

    private void drawBar(Canvas canvas) {
        double low = samples.low();
        double high = samples.high();
        double left = LEFT + fieldWidth + BAR_GAP;
        int[] colours = new int[256];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = ColourMap.of(low == high ? 0.0 : 1.0 - i / 255.0);
        }
        canvas.picture(colours, 1, left, TOP, BAR, fieldHeight);
        canvas.frame(left, TOP, BAR, fieldHeight, INK, LINE);
        mark(canvas, left + BAR, TOP, Format.format(high, ".4g"));
        if (low == high) {
            return;
        }
        mark(canvas, left + BAR, TOP + fieldHeight, Format.format(low, ".4g"));
        for (Ticks.Tick tick : Ticks.between(low, high, Math.max(2, fieldHeight / 80))) {
            double y = TOP + fieldHeight * (high - tick.value()) / (high - low);
            if (y > TOP + 1.8 * TEXT && y < TOP + fieldHeight - 1.8 * TEXT) {
                mark(canvas, left + BAR, y, tick.label());
            }
        }
    }

    private static void mark(Canvas canvas, double x, double y, String label) {
        canvas.line(x, y, x + 5, y, INK, LINE);
        canvas.number(label, x + 10, y, TEXT, Canvas.Anchor.LEFT, INK);
    }
}
