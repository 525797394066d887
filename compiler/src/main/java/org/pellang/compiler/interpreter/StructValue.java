package org.pellang.compiler.interpreter;

import org.pellang.compiler.sema.type.Type;

/** A tuple or a record; never changed, a changed field makes a new one. */
record StructValue(Type type, Object... parts) {
    StructValue with(int index, Object value) {
        Object[] changed = parts.clone();
        changed[index] = value;
        return new StructValue(type, changed);
    }
}
