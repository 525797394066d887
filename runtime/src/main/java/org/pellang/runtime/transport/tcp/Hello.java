package org.pellang.runtime.transport.tcp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a connection is for, said and proved when it is made.
 *
 * @param purpose what it carries
 * @param from the caller: a rank, or the number of a JVM for control
 * @param to whom it wants
 */
public record Hello(Purpose purpose, int from, int to) {
    /** Kinds of connections. */
    public enum Purpose {
        /** Messages between two ranks. */
        MESSAGES,
        /** The state of the job, between two JVMs. */
        CONTROL
    }

    /** Bytes on the wire. */
    static final int BYTES = 12;

    private static final byte LITTLE = 1;
    private static final byte BIG = 2;

    byte[] encode() {
        return ByteBuffer.allocate(BYTES).put((byte) purpose.ordinal()).put(order()).putShort((short) 0).putInt(from).putInt(to).array();
    }

    /** @throws Refused if it says nothing that this runtime knows */
    static Hello decode(byte[] bytes) throws Refused {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int purpose = in.get();
        if (purpose < 0 || purpose >= Purpose.values().length) {
            throw new Refused("an unknown purpose");
        }
        if (in.get() != order()) {
            throw new Refused("the hosts order bytes differently");
        }
        in.getShort();
        return new Hello(Purpose.values()[purpose], in.getInt(), in.getInt());
    }

    /** Elements travel as they lie in memory. */
    private static byte order() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? LITTLE : BIG;
    }
}
