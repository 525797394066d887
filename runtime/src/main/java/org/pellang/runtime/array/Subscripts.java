package org.pellang.runtime.array;

import org.pellang.runtime.PelTrap;

/** Checked subscripts: into the domain (wrapping where it is periodic), then onto what this rank stores. */
final class Subscripts {
    private Subscripts() {}

    /** The stored index on axis {@code d} that {@code i} means; owned elements first, since ghost cells may be stale in sequential code. */
    static long check(PelArray array, int d, long i) {
        Domain domain = array.domain();
        if (d >= domain.axes()) {
            throw new PelTrap("subscript " + (d + 1) + " of an array with " + domain.axes() + " axes");
        }
        Box stored = array.layout().storage();
        Section part = domain.root().owned(domain.root().rank()).axes()[d];
        long index = i;
        if (domain.periodic()) {
            Box bounds = domain.root().bounds();
            long n = bounds.extent(d);
            index = n == 0 ? i : bounds.lo()[d] + Math.floorMod(i - bounds.lo()[d], n);
        }
        long lo = domain.lo(d);
        if (index < lo || index > domain.hi(d) || (domain.step(d) != 1 && (index - lo) % domain.step(d) != 0)) {
            String by = domain.step(d) == 1 ? "" : " by " + domain.step(d);
            throw new PelTrap("index " + i + " outside " + lo + ".." + domain.hi(d) + by + " of axis " + d);
        }
        if (part.contains(index)) {
            return index;
        } else if (domain.root().scattered()) {
            throw new PelTrap("index " + i + " of axis " + d + " lies on another rank");
        } else if (i >= stored.lo()[d] && i <= stored.hi()[d]) {
            return i;
        } else if (index >= stored.lo()[d] && index <= stored.hi()[d]) {
            return index;
        }
        throw new PelTrap("index " + i + " of axis " + d + " lies on another rank");
    }
}
