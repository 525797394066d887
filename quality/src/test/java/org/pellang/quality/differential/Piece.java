package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;

/** A part of a generated program that may be left out when a failure is made smaller. */
sealed interface Piece {

    /** One statement or declaration. */
    record Line(String text) implements Piece {}

    /** A statement with a body. */
    record Block(String head, List<Piece> body) implements Piece {}

    /** The text of a list of pieces. */
    static String text(List<Piece> pieces) {
        StringBuilder out = new StringBuilder();
        write(pieces, "", out);
        return out.toString();
    }

    private static void write(List<Piece> pieces, String indent, StringBuilder out) {
        for (Piece piece : pieces) {
            switch (piece) {
                case Line line -> out.append(indent).append(line.text()).append('\n');
                case Block block -> {
                    out.append(indent).append(block.head()).append(" {\n");
                    write(block.body(), indent + "  ", out);
                    out.append(indent).append("}\n");
                }
            }
        }
    }

    /** All lists that lack one piece, or have a block replaced by its body, the last ones first. */
    static List<List<Piece>> smaller(List<Piece> pieces) {
        List<List<Piece>> all = new ArrayList<>();
        for (int i = pieces.size() - 1; i >= 0; i--) {
            all.add(with(pieces, i, List.of()));
            if (pieces.get(i) instanceof Block block) {
                for (List<Piece> body : smaller(block.body())) {
                    all.add(with(pieces, i, List.of(new Block(block.head(), body))));
                }
                all.add(with(pieces, i, block.body()));
            }
        }
        return all;
    }

    private static List<Piece> with(List<Piece> pieces, int i, List<Piece> replacement) {
        List<Piece> copy = new ArrayList<>(pieces);
        copy.remove(i);
        copy.addAll(i, replacement);
        return copy;
    }
}
