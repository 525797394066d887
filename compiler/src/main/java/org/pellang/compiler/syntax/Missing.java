package org.pellang.compiler.syntax;

/** What stands in the tree for a name that was not written. */
public final class Missing {
    /** No program can declare it; whoever meets it knows that an error was reported. */
    public static final String NAME = "";

    private Missing() {}
}
