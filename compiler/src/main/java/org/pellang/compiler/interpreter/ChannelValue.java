package org.pellang.compiler.interpreter;

/** A channel: the number of its declaration. */
record ChannelValue(int declaration, String name) {}
