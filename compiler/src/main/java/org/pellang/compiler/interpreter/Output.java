package org.pellang.compiler.interpreter;

/** Where an interpreted program's text goes. */
public interface Output {
    /** A line of {@code print} or {@code printall}. */
    void print(String line);

    /** A line of {@code note}. */
    void note(String line);

    /** Why the program ended with an exit code other than 0, or a warning at its end. */
    void error(String text);
}
