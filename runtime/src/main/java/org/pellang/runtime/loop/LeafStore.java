package org.pellang.runtime.loop;

import java.util.Arrays;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** Values of a loop's tree slots, by number: what leaves or single iterations gave. Different threads may use different numbers. */
final class LeafStore {
    private final ReduceSpec spec;
    private final int width;
    private final boolean objects;
    private double[] f = {};
    private Object[] o = {};

    LeafStore(ReduceSpec spec, int size) {
        this.spec = spec;
        this.width = spec.treeSlots().length;
        boolean any = false;
        for (int s : spec.treeSlots()) {
            any |= !(spec.slot(s) instanceof Reduction.OfDouble);
        }
        this.objects = any;
        grow(size);
    }

    /** Makes room for numbers below {@code size}. */
    void grow(int size) {
        f = Arrays.copyOf(f, Math.multiplyExact(size, width));
        o = objects ? Arrays.copyOf(o, f.length) : o;
    }

    void save(int at, Slots values) {
        for (int k = 0; k < width; k++) {
            int s = spec.treeSlots()[k];
            f[at * width + k] = values.f[s];
            if (objects) {
                o[at * width + k] = values.o[s];
            }
        }
    }

    void load(int at, Slots values) {
        for (int k = 0; k < width; k++) {
            int s = spec.treeSlots()[k];
            values.f[s] = f[at * width + k];
            if (objects) {
                values.o[s] = o[at * width + k];
            }
        }
    }

    void write(Encoder out, int at, Slots scratch) {
        load(at, scratch);
        spec.write(out, scratch, spec.treeSlots());
    }

    void read(Decoder in, int at, Slots scratch) {
        spec.read(in, scratch, spec.treeSlots());
        save(at, scratch);
    }
}
