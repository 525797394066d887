package org.pellang.compiler.codegen;

import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/** Writes the divided constructs. The statement that prepares and calls the outlined nest goes to {@code out}; methods go to the class. */
public interface ParallelConstructs {

    /** What must be declared in front of a sequential loop for the divided ones in it. */
    void around(TStmt sequential, Scope scope, JavaBody out);

    /** A {@code forall} statement, reduction clauses included. */
    void forall(TStmt.Forall loop, Scope scope, JavaBody out);

    /** A reduction {@code sum(e forall i in D)}: its value. */
    JavaExpr reduce(TExpr.Reduce reduce, Scope scope, JavaBody out);

    /** {@code scan sum(e forall i in D)}: an array. */
    JavaExpr scan(TExpr.Scan scan, Scope scope, JavaBody out);

    /** {@code [e forall i in D]}: an array. */
    JavaExpr array(TExpr.ArrayComprehension comprehension, Scope scope, JavaBody out);
}
