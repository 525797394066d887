package org.pellang.stdlib;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Two pixels per point. Draws numbers with its own strokes, so that no fonts need be installed. */
final class PngCanvas implements Canvas {
    private static final int SCALE = 2;

    private final BufferedImage image;
    private final Graphics2D graphics;

    PngCanvas(int width, int height) {
        System.setProperty("java.awt.headless", "true");
        image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        fill(0, 0, width, height, 0xFFFFFF);
    }

    @Override
    public void fill(double x, double y, double width, double height, int colour) {
        graphics.setColor(new Color(colour));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void polyline(double[] x, double[] y, int colour, double thickness) {
        Path2D path = new Path2D.Double();
        path.moveTo(x[0], y[0]);
        for (int i = 1; i < x.length; i++) {
            path.lineTo(x[i], y[i]);
        }
        stroke(path, colour, thickness, BasicStroke.CAP_BUTT);
    }

    private void stroke(Path2D path, int colour, double thickness, int cap) {
        graphics.setColor(new Color(colour));
        graphics.setStroke(new BasicStroke((float) thickness, cap, BasicStroke.JOIN_ROUND));
        graphics.draw(path);
    }

    @Override
    public void number(String text, double x, double y, double size, Anchor anchor, int colour) {
        double left = switch (anchor) {
            case LEFT -> x;
            case CENTRE -> x - NumberGlyphs.width(text, size) / 2;
            case RIGHT -> x - NumberGlyphs.width(text, size);
        };
        Path2D outline = NumberGlyphs.path(text);
        outline.transform(new AffineTransform(size, 0, 0, size, left, y - size / 2));
        stroke(outline, colour, size * 0.12, BasicStroke.CAP_ROUND);
    }

    @Override
    public void picture(int[] colours, int columns, double x, double y, double width, double height) {
        int rows = colours.length / columns;
        BufferedImage picture = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, columns, rows, colours, 0, columns);
        AffineTransform place = new AffineTransform(width / columns, 0, 0, height / rows, x, y);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(picture, place, null);
    }

    @Override
    public void write(Path file) throws IOException {
        graphics.dispose();
        ImageIO.setUseCache(false);
        try (OutputStream out = Files.newOutputStream(file)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this Java has no PNG writer");
            }
        }
    }
}
