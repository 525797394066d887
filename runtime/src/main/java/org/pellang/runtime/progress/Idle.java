package org.pellang.runtime.progress;

/** What a rank can do instead of waiting: used by its own thread, wherever in the runtime it waits, just before it would yield or sleep. */
public interface Idle {
    /** Does something, which may take long and wait for messages itself; false if there is nothing to do. May send in ways that never wait. */
    boolean work();

    /** Whether {@link #work} would do something: asked once more before the rank sleeps. */
    boolean pending();

    /** The rank has what it waited for. */
    void over();
}
