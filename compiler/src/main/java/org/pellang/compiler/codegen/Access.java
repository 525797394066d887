package org.pellang.compiler.codegen;

import java.util.List;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * How the variables and array elements of a piece of the program stand in Java. Sequential code: {@link SequentialAccess}. A divided
 * loop puts its own in front of it: loop indices as {@code base + ii}, arrays as hoisted columns, reduction variables as accumulators.
 */
public interface Access {

    /** The value of a variable. Loop indices, lets and parameters are stable. */
    JavaExpr read(Var variable);

    /** A variable as something to assign. */
    Target variable(Var variable, Scope scope);

    /**
     * An element {@code array[subscripts]} of an array variable. Evaluates the subscripts left to right into {@code out} where
     * they are not stable, so that the target may be read and written.
     *
     * @param written whether it will be written (else only read)
     */
    Target element(
            Var array, List<TExpr> subscripts, Span span, boolean written, ExpressionWriter writer, JavaBody out);

    /** Whether a distributed array stands here as a local copy of what is needed, so that its slices need no communication. */
    default boolean holdsLocally(Var array) {
        return false;
    }

    /** Whether a change of what an element holds must be stored once more: it belongs to a distributed array or spread map, or to one from outside of a divided loop. */
    default boolean isOuterElement(TExpr.Element element) {
        return false;
    }

    /** In an inspector: the object that lists what the loop which follows reads through a view. */
    default String inspector(int view) {
        throw new IllegalStateException("INSPECT outside of an inspector");
    }

    /** Declares a local of the Java method: {@code double x = value;}, and remembers its name. */
    void declare(Var variable, JavaExpr value, JavaBody out);

    /**
     * Opens a sequential counted loop over {@code low ..< end} (both long, evaluated once and stable) and declares its index; the
     * caller writes the body and closes the block.
     *
     * @param range bounds and step, evaluated
     */
    void openLoop(Var index, CountedRange range, JavaBody out);

    /**
     * Bounds of a counted loop. All are long expressions, evaluated and stable.
     *
     * @param low first index
     * @param end the index that ends the loop, excluded
     * @param step distance of the indices; negative only as a constant: the loop counts down
     * @param constantStep the step if it is a constant, else 0
     */
    record CountedRange(JavaExpr low, JavaExpr end, JavaExpr step, long constantStep) {

        /** The head of a Java loop with a long index of this name. */
        public String head(String name) {
            String next = constantStep == 1 ? name + "++" : constantStep == -1 ? name + "--" : name + " += " + step;
            String goesOn = name + (constantStep < 0 ? " > " : " < ") + end.at(JavaExpr.SHIFT);
            return "for (long " + name + " = " + low + "; " + goesOn + "; " + next + ") {";
        }
    }
}
