package org.pellang.runtime.progress;

/** An operation of several steps that goes on whenever its rank is in the runtime. */
public interface Advancing extends Waitable {
    /** Does what can be done now, without blocking. Returns whether there was something. */
    boolean advance();
}
