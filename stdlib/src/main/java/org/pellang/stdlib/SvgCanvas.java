package org.pellang.stdlib;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Scalable vector graphics; pictures stand in it as embedded PNG. */
final class SvgCanvas implements Canvas {
    private final StringBuilder out = new StringBuilder();

    SvgCanvas(int width, int height) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n"
                .formatted(width, height, width, height));
        fill(0, 0, width, height, 0xFFFFFF);
    }

    @Override
    public void fill(double x, double y, double width, double height, int colour) {
        element("<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#%06x\"/>", x, y, width, height, colour);
    }

    @Override
    public void polyline(double[] x, double[] y, int colour, double thickness) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            points.append(String.format(Locale.ROOT, i == 0 ? "%.2f,%.2f" : " %.2f,%.2f", x[i], y[i]));
        }
        element(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%.2f\" stroke-linejoin=\"round\"/>",
                points, colour, thickness);
    }

    @Override
    public void number(String text, double x, double y, double size, Anchor anchor, int colour) {
        String place = switch (anchor) {
            case LEFT -> "start";
            case CENTRE -> "middle";
            case RIGHT -> "end";
        };
        element(
                "<text x=\"%.2f\" y=\"%.2f\" font-family=\"sans-serif\" font-size=\"%.2f\" text-anchor=\"%s\" fill=\"#%06x\">%s</text>",
                x, y + size / 2, size * 1.3, place, colour, text);
    }

    @Override
    public void picture(int[] colours, int columns, double x, double y, double width, double height) {
        int rows = colours.length / columns;
        BufferedImage picture = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, columns, rows, colours, 0, columns);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        element(
                "<image x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" preserveAspectRatio=\"none\""
                        + " style=\"image-rendering:pixelated\" href=\"data:image/png;base64,%s\"/>",
                x, y, width, height, Base64.getEncoder().encodeToString(png.toByteArray()));
    }

    private void element(String template, Object... arguments) {
        out.append(String.format(Locale.ROOT, template, arguments)).append('\n');
    }

    @Override
    public void write(Path file) throws IOException {
        Files.writeString(file, out + "</svg>\n");
    }
}
