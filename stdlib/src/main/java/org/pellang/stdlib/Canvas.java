package org.pellang.stdlib;

import java.io.IOException;
import java.nio.file.Path;

/** A drawing surface for plots; lengths in points from the upper left corner, colours as 0xRRGGBB. */
sealed interface Canvas permits PngCanvas, SvgCanvas {
    /** Where a text stands relative to its point. */
    enum Anchor {
        LEFT,
        CENTRE,
        RIGHT
    }

    void fill(double x, double y, double width, double height, int colour);

    /** A connected line through all points. */
    void polyline(double[] x, double[] y, int colour, double thickness);

    /** A number, centred vertically at {@code y}. */
    void number(String text, double x, double y, double size, Anchor anchor, int colour);

    /** A picture of {@code columns} colours per row, stretched over the rectangle without smoothing. */
    void picture(int[] colours, int columns, double x, double y, double width, double height);

    void write(Path file) throws IOException;

    default void line(double x1, double y1, double x2, double y2, int colour, double thickness) {
        polyline(new double[] {x1, x2}, new double[] {y1, y2}, colour, thickness);
    }

    /** The outline of a rectangle. */
    default void frame(double x, double y, double width, double height, int colour, double thickness) {
        polyline(
                new double[] {x, x + width, x + width, x, x},
                new double[] {y, y, y + height, y + height, y},
                colour,
                thickness);
    }
}
