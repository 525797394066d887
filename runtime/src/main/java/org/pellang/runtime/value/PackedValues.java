package org.pellang.runtime.value;

import org.pellang.runtime.task.Travel;

/** Several values of known types as bytes, for tasks on their way to other ranks. */
public final class PackedValues implements Travel {
    private final Codec<?>[] codecs;

    /** @param codecs of the values, in order */
    public PackedValues(Codec<?>... codecs) {
        this.codecs = codecs.clone();
    }

    @Override
    public byte[] pack(Object[] values) {
        Encoder out = new Encoder();
        for (int k = 0; k < codecs.length; k++) {
            codecs[k].boxed().write(out, values[k]);
        }
        return out.toBytes();
    }

    @Override
    public Object[] unpack(byte[] bytes, int from) {
        Decoder in = new Decoder(bytes, from, bytes.length - from);
        Object[] values = new Object[codecs.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = codecs[k].boxed().read(in);
        }
        return values;
    }
}
