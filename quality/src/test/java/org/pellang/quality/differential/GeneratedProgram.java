package org.pellang.quality.differential;

import java.util.List;

/**
 * A random program.
 *
 * @param pieces its statements in order
 * @param perRankCount whether its output depends on the number of ranks (it uses the explicit level)
 */
record GeneratedProgram(long seed, List<Piece> pieces, boolean perRankCount) {
    String text() {
        return Piece.text(pieces);
    }

    GeneratedProgram with(List<Piece> smaller) {
        return new GeneratedProgram(seed, smaller, perRankCount);
    }
}
