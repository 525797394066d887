package org.pellang.runtime;

import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Matched;
import org.pellang.runtime.progress.Members;

/** A message that a matched probe has taken (MPI_Message): only this object can receive it, once. */
public final class Message {
    private final Endpoint endpoint;
    private final Members members;
    private final Matched matched;

    Message(Endpoint endpoint, Members members, Matched matched) {
        this.endpoint = endpoint;
        this.members = members;
        this.matched = matched;
    }

    /** Source, tag and number of elements. */
    public Status status() {
        return members.local(matched.status());
    }

    /** Receives it as a request (MPI_Imrecv): the message is here, so it is complete at once. @throws CommException as {@link #recv} */
    public Request irecv(Object buf, int off, int len) {
        return new Finished(recv(buf, off, len));
    }

    /** Receives it (MPI_Mrecv). @throws CommException if it does not fit, or was received already */
    public Status recv(Object buf, int off, int len) {
        return members.local(endpoint.receive(matched, buf, off, len));
    }
}
