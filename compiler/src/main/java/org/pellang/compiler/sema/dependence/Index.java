package org.pellang.compiler.sema.dependence;

/** The value of an integer expression, as far as it can be reasoned about. */
record Index(Linear value) {

    static Index of(Linear value) {
        return new Index(value);
    }

    Index prime() {
        return new Index(value.prime());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
