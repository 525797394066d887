package org.pellang.compiler.interpreter;

import org.pellang.compiler.sema.type.Type;

/** An array: elements in row-major order of its domain. One of a distributed domain is one object that all ranks share. */
final class ArrayValue {
    final Type element;
    IndexSet domain;
    Object[] data;

    ArrayValue(Type element, IndexSet domain, Object[] data) {
        this.element = element;
        this.domain = domain;
        this.data = data;
    }

    /** All elements zero. */
    static ArrayValue zeroed(Type element, IndexSet domain) {
        ArrayValue array = new ArrayValue(element, domain, new Object[Math.toIntExact(domain.size())]);
        for (int k = 0; k < array.data.length; k++) {
            array.data[k] = Values.zero(element);
        }
        return array;
    }

    /** One axis from 0. */
    static ArrayValue line(Type element, java.util.List<?> items) {
        return new ArrayValue(element, IndexSet.range(0, items.size() - 1L), items.toArray());
    }

    boolean shared() {
        return domain.distributed();
    }

    int position(long... index) {
        int at = domain.position(index);
        if (at < 0) {
            throw new Trap(null, domain.outside(index));
        }
        return at;
    }

    /** Takes the elements of {@code from}, copied, position by position. */
    void assign(ArrayValue from) {
        if (!domain.sameExtents(from.domain)) {
            throw new Trap(null, "assignment between arrays of different extents: " + domain + " and " + from.domain);
        }
        Object[] copied = new Object[data.length];
        for (int k = 0; k < copied.length; k++) {
            copied[k] = Values.copy(from.data[k]);
        }
        data = copied;
    }

    ArrayValue copy() {
        ArrayValue copy = new ArrayValue(element, domain, new Object[data.length]);
        copy.assign(this);
        return copy;
    }
}
