package org.pellang.compiler.sema.typed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/**
 * The head of a loop or comprehension.
 *
 * @param span the head
 * @param parallel {@code forall}: divided over the ranks; else sequential and local
 * @param indices one variable per axis; for a sequence of tuples one per component
 * @param space a domain, or (sequential only) an array, list or string whose elements are taken in order (map: pairs by ascending key)
 * @param lets {@code let} clauses of a comprehension, in order
 * @param filter {@code if} clause; sees the lets
 * @param work how a divided loop's iterations are shared out
 */
public record Iteration(
        Span span, boolean parallel, List<Var> indices, TExpr space, List<Let> lets, @Nullable TExpr filter, Work work) {

    /** Without clauses about the work. */
    public Iteration(Span span, boolean parallel, List<Var> indices, TExpr space, List<Let> lets, @Nullable TExpr filter) {
        this(span, parallel, indices, space, lets, filter, Work.BLOCK);
    }

    /** The same, shared out otherwise. */
    public Iteration with(Work other) {
        return new Iteration(span, parallel, indices, space, lets, filter, other);
    }

    /** {@code let x = e} or, with several variables, {@code let (x, y) = e} of a tuple. */
    public record Let(Span span, List<Var> variables, TExpr value) {}

    /** Whether the space is a domain (else a sequence of elements). */
    public boolean overDomain() {
        return space.type() instanceof org.pellang.compiler.sema.type.Type.Domain;
    }
}
