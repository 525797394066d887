package org.pellang.runtime.collective;

import java.nio.ByteBuffer;
import org.pellang.runtime.memory.Kind;

/** Allgather of short parts: gather to rank 0, broadcast of the whole. */
final class RootAllgather {
    private RootAllgather() {}

    static void run(Call call, Object buf, int[] counts, int[] displs, int total) {
        int me = call.rank;
        DirectGather.run(call, buf, displs[me], counts[me], buf, counts, displs, 0);
        Object packed = call.scratch(0, buf, total);
        if (me == 0) {
            for (int r = 0, at = 0; r < call.size; at += counts[r++]) {
                Kind.copy(buf, displs[r], packed, at, counts[r]);
            }
        }
        BinomialBroadcast.run(call, packed, 0, total, 0);
        if (me != 0) {
            for (int r = 0, at = 0; r < call.size; at += counts[r++]) {
                Kind.copy(packed, at, buf, displs[r], counts[r]);
            }
        }
    }

    static byte[][] runBytes(Call call, byte[] payload) {
        byte[][] all = DirectGather.runBytes(call, payload, 0);
        byte[] packed = BinomialBroadcast.runBytes(call, call.rank == 0 ? pack(all) : new byte[0], 0);
        return call.rank == 0 ? all : unpack(packed, call.size);
    }

    private static byte[] pack(byte[][] parts) {
        int length = 0;
        for (byte[] part : parts) {
            length = Math.addExact(length, Integer.BYTES + part.length);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            buffer.putInt(part.length).put(part);
        }
        return buffer.array();
    }

    private static byte[][] unpack(byte[] packed, int count) {
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        byte[][] parts = new byte[count][];
        for (int r = 0; r < count; r++) {
            parts[r] = new byte[buffer.getInt()];
            buffer.get(parts[r]);
        }
        return parts;
    }
}
