package org.pellang.runtime.task;

/** How values of known types become bytes and values again, bit for bit. */
public interface Travel {
    /** The bytes of the values, in order. */
    byte[] pack(Object[] values);

    /** The values of the bytes from {@code from} to the end. */
    Object[] unpack(byte[] bytes, int from);
}
