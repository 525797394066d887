package org.pellang.compiler.sema.typed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/** A typed statement. Values have been converted to the type of the place. */
public sealed interface TStmt {
    Span span();

    /**
     * Declaration of one variable, initialised. Arrays are copied unless the initialiser makes a fresh one
     * (ArrayFill, ArrayNew, comprehension, call result, ...). A config's value is its default.
     */
    record Declare(Span span, Var variable, TExpr value) implements TStmt {}

    /** {@code let (a, b) = tuple}. */
    record DeclareTuple(Span span, List<Var> variables, TExpr value) implements TStmt {}

    record Assign(Span span, Place place, TExpr value) implements TStmt {}

    /**
     * {@code place op= value}: the place's subscripts are evaluated once. Result type = place's value type, except
     * int {@code /=} which the checker refuses. {@code op} null means {@code reduce=} with the operator of the enclosing clause.
     */
    record Update(Span span, Place place, TExpr.@Nullable BinaryOp op, TExpr value) implements TStmt {}

    /** {@code a, b = b, a}: all values are evaluated, then stored. */
    record MultiAssign(Span span, List<Place> places, List<TExpr> values) implements TStmt {}

    /** {@code u <=> v} on two arrays of one shape and distribution (or two places of one type). */
    record Swap(Span span, Place left, Place right) implements TStmt {}

    /** An expression for its effect. */
    record Do(Span span, TExpr expression) implements TStmt {}

    /** Divided loop. {@code head}: span of the loop's head. */
    record Forall(Span span, Span head, Iteration iteration, List<Reduction> reductions, TBlock body) implements TStmt {}

    /** {@code reduce sum s}. */
    record Reduction(Span span, ReduceOp op, Var variable) {}

    record For(Span span, Iteration iteration, TBlock body) implements TStmt {}

    record While(Span span, TExpr condition, TBlock body) implements TStmt {}

    /**
     * A {@code for} or {@code while} loop with {@code checkpoint every}.
     *
     * @param every an int (passes), or a string: a time, or {@code "auto"}
     * @param loop the {@link For} or {@link While}
     */
    record Checkpointed(Span span, TExpr every, TStmt loop) implements TStmt {}

    record If(Span span, TExpr condition, TBlock then, @Nullable TBlock otherwise) implements TStmt {}

    record Break(Span span) implements TStmt {}

    record Continue(Span span) implements TStmt {}

    record Return(Span span, @Nullable TExpr value) implements TStmt {}

    record Assert(Span span, TExpr condition, @Nullable TExpr message) implements TStmt {}

    /** Statements in their own scope. */
    record TBlock(Span span, List<TStmt> statements) {}
}
