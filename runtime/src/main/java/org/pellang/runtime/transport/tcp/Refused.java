package org.pellang.runtime.transport.tcp;

import java.io.IOException;

/** A connection that did not prove that it belongs to the job, or took too long to. */
public final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
        super(reason);
    }
}
