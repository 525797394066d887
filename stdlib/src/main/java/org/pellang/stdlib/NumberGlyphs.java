package org.pellang.stdlib;

import java.awt.geom.Path2D;
import java.util.Map;
import java.util.StringTokenizer;

/** Digits and signs as strokes in a cell of height 1 (y downwards), drawn with a round pen; pictures are so the same without fonts. */
final class NumberGlyphs {
    private static final double ADVANCE = 0.76;
    private static final double POINT_ADVANCE = 0.40;
    private static final Map<Character, String> STROKES = Map.ofEntries(
            Map.entry('0', "M .3 .04 C .64 .04 .64 .96 .3 .96 C -.04 .96 -.04 .04 .3 .04"),
            Map.entry('1', "M .12 .22 L .34 .04 L .34 .96"),
            Map.entry('2', "M .07 .28 C .07 -.05 .55 -.05 .55 .27 C .55 .5 .2 .68 .06 .96 L .57 .96"),
            Map.entry('3', "M .08 .14 C .25 -.04 .54 .02 .54 .26 C .54 .44 .38 .48 .24 .48 C .42 .48 .57 .54 .57 .72 C .57 1.0 .22 1.04 .05 .84"),
            Map.entry('4', "M .42 .96 L .42 .04 L .04 .68 L .58 .68"),
            Map.entry('5', "M .52 .04 L .14 .04 L .1 .46 C .3 .32 .57 .42 .57 .68 C .57 .98 .22 1.05 .05 .86"),
            Map.entry('6', "M .5 .1 C .3 -.04 .06 .16 .06 .6 C .06 1.08 .57 1.08 .57 .67 C .57 .32 .14 .32 .07 .64"),
            Map.entry('7', "M .05 .04 L .56 .04 C .4 .3 .26 .6 .24 .96"),
            Map.entry('8', "M .3 .04 C .58 .04 .58 .47 .3 .47 C .02 .47 .02 .04 .3 .04 M .3 .47 C .65 .47 .65 .96 .3 .96 C -.05 .96 -.05 .47 .3 .47"),
            Map.entry('9', "M .1 .9 C .3 1.04 .54 .84 .54 .4 C .54 -.08 .03 -.08 .03 .33 C .03 .68 .46 .68 .53 .36"),
            Map.entry('-', "M .1 .55 L .5 .55"),
            Map.entry('+', "M .08 .55 L .52 .55 M .3 .33 L .3 .77"),
            Map.entry('.', "M .12 .94 L .12 .95"),
            Map.entry('e', "M .08 .66 L .52 .66 C .52 .22 .08 .22 .08 .66 C .08 1.0 .4 1.02 .51 .86"));

    private NumberGlyphs() {}

    static double width(String text, double size) {
        double width = 0.0;
        for (int i = 0; i < text.length(); i++) {
            width += advance(text.charAt(i));
        }
        return (width - (ADVANCE - 0.6)) * size;
    }

    private static double advance(char c) {
        return c == '.' ? POINT_ADVANCE : ADVANCE;
    }

    /** The strokes of {@code text} from x = 0; characters other than {@code 0-9 . + - e} leave a gap. */
    static Path2D path(String text) {
        Path2D path = new Path2D.Double();
        double x = 0.0;
        for (int i = 0; i < text.length(); i++) {
            append(path, STROKES.getOrDefault(text.charAt(i), ""), x);
            x += advance(text.charAt(i));
        }
        return path;
    }

    private static void append(Path2D path, String strokes, double left) {
        StringTokenizer tokens = new StringTokenizer(strokes);
        while (tokens.hasMoreTokens()) {
            String command = tokens.nextToken();
            double[] p = new double[command.equals("C") ? 6 : 2];
            for (int i = 0; i < p.length; i++) {
                p[i] = Double.parseDouble(tokens.nextToken()) + (i % 2 == 0 ? left : 0.0);
            }
            switch (command) {
                case "M" -> path.moveTo(p[0], p[1]);
                case "L" -> path.lineTo(p[0], p[1]);
                case "C" -> path.curveTo(p[0], p[1], p[2], p[3], p[4], p[5]);
                default -> throw new IllegalStateException("stroke " + command);
            }
        }
    }
}
