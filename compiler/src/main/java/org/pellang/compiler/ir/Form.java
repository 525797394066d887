package org.pellang.compiler.ir;

/** How the innermost loop is written. */
public enum Form {
    /** With vectors of the JDK's vector module and a scalar tail. */
    VECTOR,
    /** A plain loop that the JVM turns into vectors by itself. */
    PLAIN,
    /** A scalar loop. */
    SCALAR
}
