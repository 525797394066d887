package org.pellang.compiler.sema.dependence;

import org.jspecify.annotations.Nullable;

/**
 * The value of an integer expression, as far as it can be reasoned about.
 *
 * @param value a linear expression
 * @param modulus if not null the value is {@code value mod modulus}
 * @param xor if not null the value is {@code value ^ mask}; equal texts are equal masks
 */
record Index(Linear value, @Nullable Linear modulus, @Nullable String xor) {

    static Index of(Linear value) {
        return new Index(value, null, null);
    }

    boolean isLinear() {
        return modulus == null && xor == null;
    }

    Index prime() {
        return new Index(value.prime(), modulus == null ? null : modulus.prime(), xor);
    }

    @Override
    public String toString() {
        String text = modulus == null ? value.toString() : "(" + value + ") % " + modulus;
        return xor == null ? text : text + " ^ " + xor;
    }
}
