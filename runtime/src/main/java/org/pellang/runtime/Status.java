package org.pellang.runtime;

/**
 * What arrived.
 *
 * @param source rank that sent it, within the communicator
 * @param tag its tag
 * @param count number of elements
 */
public record Status(int source, int tag, int count) {}
