package org.pellang.compiler.interpreter;

/** A function with the values of its first parameters. */
record FunctionValue(int function, Object... captured) {}
