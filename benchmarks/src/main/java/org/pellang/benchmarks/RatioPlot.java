package org.pellang.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/** Ratios of medians to the better of Open MPI and MPICH, one row for each operation, on a logarithmic axis: left of the line is faster than C. */
final class RatioPlot {
    private static final int LEFT = 150;
    private static final int WIDTH = 560;
    private static final int ROW = 17;
    private static final int TOP = 40;
    private static final double LEAST = 0.05;
    private static final double MOST = 5;
    private static final double[] TICKS = {0.05, 0.1, 0.2, 0.5, 1, 2, 5};
    private static final Color THREADS = new Color(0x1B6CA8);
    private static final Color PROCESSES = new Color(0xD1700B);

    private final List<String> labels = new ArrayList<>();
    private final List<double[]> ratios = new ArrayList<>();

    RatioPlot(Map<Integer, CommResults> results) {
        results.forEach((ranks, r) -> {
            for (String operation : r.operations()) {
                var c = r.best(operation, "openmpi", "mpich");
                if (c.isPresent() && r.time(operation, "threads").isPresent()) {
                    labels.add(ranks + ": " + operation);
                    ratios.add(new double[] {r.time(operation, "threads").get().median() / c.get().median(),
                        r.time(operation, "processes").map(t -> t.median() / c.get().median()).orElse(Double.NaN)});
                }
            }
        });
    }

    void write(Path file) throws IOException {
        System.setProperty("java.awt.headless", "true");
        int height = TOP + labels.size() * ROW + 10;
        BufferedImage image = new BufferedImage(LEFT + WIDTH + 30, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), height);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        for (double tick : TICKS) {
            g.setColor(tick == 1 ? Color.BLACK : new Color(0xDDDDDD));
            g.setStroke(new BasicStroke(tick == 1 ? 1.5f : 1f));
            g.drawLine(x(tick), TOP - 6, x(tick), height - 8);
            g.setColor(Color.DARK_GRAY);
            g.drawString(String.format(Locale.ROOT, "%s", tick == Math.rint(tick) ? Integer.toString((int) tick) : Double.toString(tick)), x(tick) - 8, TOP - 10);
        }
        g.setColor(Color.DARK_GRAY);
        g.drawString("time / better of Open MPI and MPICH in C (medians)", LEFT, 14);
        legend(g, LEFT + 330, "threads", THREADS);
        legend(g, LEFT + 430, "processes", PROCESSES);
        for (int row = 0; row < labels.size(); row++) {
            int y = TOP + row * ROW + ROW / 2;
            g.setColor(Color.DARK_GRAY);
            g.drawString(labels.get(row), 6, y + 4);
            dot(g, ratios.get(row)[0], y, THREADS);
            dot(g, ratios.get(row)[1], y, PROCESSES);
        }
        g.dispose();
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("no writer for PNG");
        }
    }

    private static void legend(Graphics2D g, int x, String name, Color colour) {
        g.setColor(colour);
        g.fillOval(x, 6, 8, 8);
        g.setColor(Color.DARK_GRAY);
        g.drawString(name, x + 13, 14);
    }

    private static void dot(Graphics2D g, double ratio, int y, Color colour) {
        if (!Double.isNaN(ratio)) {
            g.setColor(colour);
            g.fillOval(x(Math.clamp(ratio, LEAST, MOST)) - 4, y - 4, 8, 8);
        }
    }

    private static int x(double ratio) {
        return (int) Math.round(LEFT + WIDTH * Math.log(ratio / LEAST) / Math.log(MOST / LEAST));
    }
}
