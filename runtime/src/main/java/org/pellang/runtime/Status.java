package org.pellang.runtime;

/**
 * What arrived.
 *
 * @param source rank that sent it, within the communicator
 * @param tag its tag
 * @param count number of elements; {@link Integer#MAX_VALUE} if there are more, which only a {@link Part} of memory can take
 * @param elements number of elements
 */
public record Status(int source, int tag, int count, long elements) {
    /** Of a message that fits into an array. */
    public Status(int source, int tag, int count) {
        this(source, tag, count, count);
    }

    /** Of a message of any length. */
    public static Status of(int source, int tag, long elements) {
        return new Status(source, tag, (int) Math.min(elements, Integer.MAX_VALUE), elements);
    }
}
