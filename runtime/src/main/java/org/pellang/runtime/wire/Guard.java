package org.pellang.runtime.wire;

/** The guard hash that every message of a collective carries. Never 0, which means point-to-point. */
public final class Guard {
    private Guard() {}

    /**
     * Mixes what all ranks must agree on.
     *
     * @param site stable hash of the place in the text
     * @param sequence number of the collective on its communicator
     * @param operation stable hash of the operation's name
     * @param detail element type, operator and root
     * @param context number of the communicator
     */
    public static long hash(int site, int sequence, int operation, int detail, int context) {
        long h = mix(((long) site << 32) ^ (sequence & 0xffffffffL));
        h = mix(h ^ (((long) operation << 32) ^ (detail & 0xffffffffL)));
        h = mix(h + context);
        return h == 0 ? 1 : h;
    }

    /** Finaliser of splitmix64 (Steele, Lea, Flood 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
