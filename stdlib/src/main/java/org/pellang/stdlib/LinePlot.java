package org.pellang.stdlib;

import java.util.Arrays;

/** Layout of a line plot: frame, grid, marks, and one line per row of y in the colours of Okabe and Ito (readable with colour-blind eyes). */
final class LinePlot {
    static final int WIDTH = 800;
    static final int HEIGHT = 500;

    private static final int[] COLOURS = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000};
    private static final int INK = 0x333333;
    private static final int GRID = 0xE4E4E4;
    private static final double LEFT = 92;
    private static final double TOP = 24;
    private static final double FRAME_WIDTH = WIDTH - LEFT - 28;
    private static final double FRAME_HEIGHT = HEIGHT - TOP - 44;
    private static final double TEXT = 10.5;

    private final double[] x;
    private final double[] y;
    private final double[] rangeX;
    private final double[] rangeY;

    /** {@code y}: row-major, rows as long as {@code x}. */
    LinePlot(double[] x, double[] y) {
        this.x = x;
        this.y = y;
        rangeX = range(x, 0.0);
        rangeY = range(y, 0.05);
    }

    private static double[] range(double[] values, double margin) {
        double low = Arrays.stream(values).filter(Double::isFinite).min().orElse(0.0);
        double high = Arrays.stream(values).filter(Double::isFinite).max().orElse(1.0);
        double span = high - low;
        if (!(span > 1e-12 * Math.max(Math.abs(low), Math.abs(high)))) {
            double room = low == 0.0 ? 1.0 : 0.1 * Math.abs(low);
            return new double[] {low - room, high + room};
        }
        return new double[] {low - margin * span, high + margin * span};
    }

    void draw(Canvas canvas) {
        for (Ticks.Tick tick : Ticks.between(rangeX[0], rangeX[1], 8)) {
            double at = placeX(tick.value());
            canvas.line(at, TOP, at, TOP + FRAME_HEIGHT, GRID, 1.0);
            canvas.number(tick.label(), at, TOP + FRAME_HEIGHT + 15, TEXT, Canvas.Anchor.CENTRE, INK);
        }
        for (Ticks.Tick tick : Ticks.between(rangeY[0], rangeY[1], 6)) {
            double at = placeY(tick.value());
            canvas.line(LEFT, at, LEFT + FRAME_WIDTH, at, GRID, 1.0);
            canvas.number(tick.label(), LEFT - 8, at, TEXT, Canvas.Anchor.RIGHT, INK);
        }
        for (int line = 0; x.length > 0 && line < y.length / x.length; line++) {
            drawLine(canvas, line * x.length, COLOURS[line % COLOURS.length]);
        }
        canvas.frame(LEFT, TOP, FRAME_WIDTH, FRAME_HEIGHT, INK, 1.0);
    }

    private void drawLine(Canvas canvas, int row, int colour) {
        double[] px = new double[x.length];
        double[] py = new double[x.length];
        int length = 0;
        for (int i = 0; i <= x.length; i++) {
            if (i < x.length && Double.isFinite(x[i]) && Double.isFinite(y[row + i])) {
                px[length] = placeX(x[i]);
                py[length++] = placeY(y[row + i]);
            } else {
                if (length > 1) {
                    canvas.polyline(Arrays.copyOf(px, length), Arrays.copyOf(py, length), colour, 1.6);
                } else if (length == 1) {
                    canvas.fill(px[0] - 1.5, py[0] - 1.5, 3.0, 3.0, colour);
                }
                length = 0;
            }
        }
    }

    private double placeX(double value) {
        return LEFT + FRAME_WIDTH * (value - rangeX[0]) / (rangeX[1] - rangeX[0]);
    }

    private double placeY(double value) {
        return TOP + FRAME_HEIGHT * (rangeY[1] - value) / (rangeY[1] - rangeY[0]);
    }
}
