package org.pellang.runtime;

/**
 * A payload whose length only its sender knew.
 *
 * @param bytes the payload; belongs to the receiver
 * @param source rank that sent it, within the communicator
 * @param tag its tag
 */
@SuppressWarnings("ArrayRecordComponent")
public record Received(byte[] bytes, int source, int tag) {}
