package org.pellang.stdlib;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.PelArray;

/** Pictures of arrays as PNG or, for paths that end in {@code .svg}, SVG. Collective; rank 0 writes the file. */
public final class Plot {
    private static final int MOST_SAMPLES = 1280;

    private Plot() {}

    /**
     * A 2-D array of numbers as an image with a colour bar: first axis downwards, second to the right. NaN is grey; the scale runs from the least to
     * the greatest finite element. Traps on another number of axes, on an empty array and if the file cannot be written.
     */
    public static void plotImage(Rank rank, Site site, String path, PelArray a) {
        if (a.axes() != 2) {
            throw new PelTrap("plot_image takes an array of two axes, not of " + a.axes());
        }
        if (a.size() == 0) {
            throw new PelTrap("plot_image of an empty array");
        }
        Samples samples = Samples.of(rank, site, a, MOST_SAMPLES);
        if (rank.rank() == 0) {
            ImagePlot plot = new ImagePlot(samples, a.domain());
            Canvas canvas = canvas(path, plot.width(), plot.height());
            plot.draw(canvas);
            write(rank, canvas, path);
        }
    }

    /**
     * Lines through the points (x[i], y[i]); a 2-D {@code y} holds one line per row. Points that are not finite interrupt a line. Traps if the sizes differ
     * and if the file cannot be written.
     */
    public static void plotLine(Rank rank, Site site, String path, PelArray x, PelArray y) {
        if (x.axes() != 1 || y.axes() > 2) {
            throw new PelTrap("plot_line takes x of one axis and y of one or two");
        }
        if (y.length(y.axes() - 1) != x.size()) {
            throw new PelTrap("plot_line: " + x.size() + " values of x, but " + y.length(y.axes() - 1) + " of y");
        }
        PelArray allX = x.domain().isDistributed() ? x.replicate(rank, site) : x;
        PelArray allY = y.domain().isDistributed() ? y.replicate(rank, site) : y;
        if (rank.rank() == 0) {
            Canvas canvas = canvas(path, LinePlot.WIDTH, LinePlot.HEIGHT);
            new LinePlot(Elements.doubles(allX), Elements.doubles(allY)).draw(canvas);
            write(rank, canvas, path);
        }
    }

    /** A line through (i, y[i]). */
    public static void plotLine(Rank rank, Site site, String path, PelArray y) {
        long n = y.length(y.axes() - 1);
        double[] x = new double[Math.toIntExact(n)];
        for (int i = 0; i < x.length; i++) {
            x[i] = y.domain().lo(y.axes() - 1) + i * (double) y.domain().step(y.axes() - 1);
        }
        plotLine(rank, site, path, PelArray.ofDoubles(x), y);
    }

    private static Canvas canvas(String path, int width, int height) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".svg")) {
            return new SvgCanvas(width, height);
        }
        if (lower.endsWith(".png")) {
            return new PngCanvas(width, height);
        }
        throw new PelTrap("cannot plot to " + path + ": the name must end in .png or .svg");
    }

    private static void write(Rank rank, Canvas canvas, String path) {
        if (rank.replays(path)) {
            return;
        }
        try {
            canvas.write(Path.of(path));
        } catch (NoSuchFileException e) {
            throw new PelTrap("cannot write " + path + ": there is no such folder", e);
        } catch (AccessDeniedException e) {
            throw new PelTrap("cannot write " + path + ": permission denied", e);
        } catch (IOException | InvalidPathException e) {
            throw new PelTrap("cannot write " + path + ": " + e.getMessage(), e);
        }
    }
}
