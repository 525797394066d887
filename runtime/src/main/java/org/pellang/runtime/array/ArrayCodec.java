package org.pellang.runtime.array;

import org.pellang.runtime.PelTrap;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** Replicated arrays as messages: number of axes, per axis lowest, highest and stride, then the elements of the bounding box. */
public final class ArrayCodec implements Codec<PelArray> {
    private final ElemType type;

    public ArrayCodec(ElemType type) {
        this.type = type;
    }

    @Override
    public void write(Encoder out, PelArray array) {
        Domain domain = array.domain();
        if (domain.isDistributed()) {
            throw new PelTrap("a distributed array is not a message: replicate it first");
        }
        out.putInt(domain.axes());
        for (int d = 0; d < domain.axes(); d++) {
            out.putLong(domain.lo(d)).putLong(domain.hi(d)).putLong(domain.step(d));
        }
        Rows.pack(array, domain.box(), out);
    }

    @Override
    public PelArray read(Decoder in) {
        int axes = in.getInt();
        if (axes < 1 || axes > 3) {
            throw new IllegalStateException("array with " + axes + " axes in a message");
        }
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        long[] step = new long[axes];
        for (int d = 0; d < axes; d++) {
            lo[d] = in.getLong();
            hi[d] = in.getLong();
            step[d] = in.getLong();
        }
        Domain domain = Domain.local(lo, hi);
        for (int d = 0; d < axes; d++) {
            domain = step[d] == 1 ? domain : domain.by(d, step[d]);
        }
        PelArray array = PelArray.create(domain, type);
        Rows.unpack(in, array, domain.box());
        return array;
    }
}
