package org.pellang.compiler.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/**
 * {@code dist block}, {@code dist cyclic}, {@code dist (block, *)}.
 *
 * @param span where
 * @param axes one entry for a plain kind, else one per axis; {@code *} has the name {@code "*"}
 * @param perAxis whether it was written in parentheses
 */
public record DistSyntax(Span span, List<Axis> axes, boolean perAxis) {

    /** {@code block}, {@code blockcyclic(64)}, {@code *}. */
    public record Axis(Span span, String kind, @Nullable Expr argument) {}
}
