package org.pellang.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Draws what {@code benchmarks/run scaling} has measured: the efficiency on two cores by kernel, and the time of one loop by its number of elements. Reads lines
 * {@code scaling kernel strong weak strong weak} (PEL, then OpenMP) and {@code loop elements C one two processes}, with tabulators between.
 */
public final class ScalingPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final int PANEL = 380;
    private static final int LEFT = 60;
    private static final int TOP = 50;
    private static final int BOTTOM = 360;
    private static final Color[] COLOURS = {new Color(0x1B6CA8), new Color(0x8CC1E8), new Color(0xD1700B), new Color(0xF2BE8A)};
    private static final Color[] LINES = {Color.GRAY, new Color(0x1B6CA8), new Color(0x2E8B57), new Color(0xD1700B)};

    private final Graphics2D g;

    private ScalingPlot(Graphics2D g) {
        this.g = g;
    }

    /** Arguments: the file with the measurements, and the PNG to write. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        List<String[]> scaling = new ArrayList<>();
        List<double[]> loops = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            String[] words = line.split("\t", -1);
            if (words[0].equals("scaling")) {
                scaling.add(words);
            } else {
                double[] numbers = new double[words.length - 1];
                for (int k = 0; k < numbers.length; k++) {
                    numbers[k] = Double.parseDouble(words[k + 1]);
                }
                loops.add(numbers);
            }
        }
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        ScalingPlot plot = new ScalingPlot(g);
        plot.bars(scaling);
        plot.lines(loops);
        g.dispose();
        if (!ImageIO.write(image, "png", Path.of(arguments[1]).toFile())) {
            throw new IOException("no writer for PNG");
        }
    }

    private void bars(List<String[]> rows) {
        title(LEFT, "Efficiency on two cores (1: ideal)", new String[] {"PEL strong", "PEL weak", "OpenMP strong", "OpenMP weak"}, COLOURS);
        for (int k = 0; k <= 6; k++) {
            int y = BOTTOM - (int) ((BOTTOM - TOP) * k / 6.0);
            g.setColor(k == 5 ? Color.BLACK : new Color(0xDDDDDD));
            g.drawLine(LEFT, y, LEFT + PANEL - 20, y);
            g.setColor(Color.DARK_GRAY);
            g.drawString(String.valueOf(k / 5.0), LEFT - 28, y + 4);
        }
        int group = (PANEL - 30) / Math.max(1, rows.size());
        for (int r = 0; r < rows.size(); r++) {
            for (int k = 0; k < 4; k++) {
                int height = (int) ((BOTTOM - TOP) * Math.clamp(Double.parseDouble(rows.get(r)[k + 2]), 0.0, 1.2) / 1.2);
                g.setColor(COLOURS[k]);
                int wide = Math.max(3, group / 5);
                g.fillRect(LEFT + 5 + r * group + k * wide, BOTTOM - height, wide - 1, height);
            }
            g.setColor(Color.DARK_GRAY);
            g.drawString(rows.get(r)[1], LEFT + 3 + r * group, BOTTOM + 15 + r % 2 * 13);
        }
    }

    private void lines(List<double[]> rows) {
        int left = LEFT + PANEL + 60;
        title(left, "One loop a += b + 3c, microseconds by elements", new String[] {"C", "PEL, 1 rank", "2 ranks", "2 processes"}, LINES);
        double lowest = -1;
        double highest = 6;
        for (int k = 3; k <= 8; k++) {
            int x = left + (int) ((PANEL - 60) * (k - 3) / 5.0);
            g.setColor(new Color(0xDDDDDD));
            g.drawLine(x, TOP, x, BOTTOM);
            g.setColor(Color.DARK_GRAY);
            g.drawString("1e" + k, x - 10, BOTTOM + 15);
        }
        for (int k = (int) lowest; k <= highest; k++) {
            int y = BOTTOM - (int) ((BOTTOM - TOP) * (k - lowest) / (highest - lowest));
            g.setColor(new Color(0xDDDDDD));
            g.drawLine(left, y, left + PANEL - 60, y);
            g.setColor(Color.DARK_GRAY);
            g.drawString("1e" + k, left - 30, y + 4);
        }
        g.setStroke(new BasicStroke(1.6f));
        for (int s = 0; s < 4; s++) {
            g.setColor(LINES[s]);
            int lastX = -1;
            int lastY = -1;
            for (double[] row : rows) {
                int x = left + (int) ((PANEL - 60) * (Math.log10(row[0]) - 3) / 5.0);
                int y = BOTTOM - (int) ((BOTTOM - TOP) * (Math.log10(row[s + 1] * 1e6) - lowest) / (highest - lowest));
                if (lastX >= 0) {
                    g.drawLine(lastX, lastY, x, y);
                }
                g.fillOval(x - 3, y - 3, 6, 6);
                lastX = x;
                lastY = y;
            }
        }
    }

    private void title(int left, String text, String[] names, Color[] colours) {
        g.setColor(Color.BLACK);
        g.drawString(text, left, 16);
        for (int k = 0; k < names.length; k++) {
            g.setColor(colours[k]);
            g.fillRect(left + k * 92, 26, 9, 9);
            g.setColor(Color.DARK_GRAY);
            g.drawString(names[k], left + k * 92 + 13, 35);
        }
    }
}
