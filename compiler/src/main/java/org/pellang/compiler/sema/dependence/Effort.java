package org.pellang.compiler.sema.dependence;

/** How much work one question may take; what is not decided by then is taken as not proved. Counted, so that answers do not depend on the machine. */
final class Effort {
    private long left;

    /** @param steps combinations of two constraints */
    Effort(long steps) {
        this.left = steps;
    }

    /** Takes away from what is left; whether there was enough. */
    boolean spend(long steps) {
        left -= steps;
        return left >= 0;
    }

    boolean spent() {
        return left < 0;
    }
}
