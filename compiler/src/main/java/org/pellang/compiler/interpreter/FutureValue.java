package org.pellang.compiler.interpreter;

/** What a task gives. Here a task runs when it is spawned: it is a function of its arguments alone. */
record FutureValue(Object value) {}
