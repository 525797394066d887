package org.pellang.runtime;

import java.util.List;
import org.pellang.runtime.progress.Waitable;

/** Several requests as one; its status is the last one's. */
record AllRequests(List<Request> requests) implements Request, Waitable {
    @Override
    public Status await() {
        Status last = new Status(Comm.PROC_NULL, Comm.ANY_TAG, 0);
        for (Request request : requests) {
            last = request.await();
        }
        return last;
    }

    @Override
    public boolean test() {
        boolean all = true;
        for (Request request : requests) {
            all &= request.test();
        }
        return all;
    }

    @Override
    public boolean done() {
        for (Request request : requests) {
            if (request instanceof Waitable what && !what.done()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean needsMessage() {
        for (Request request : requests) {
            if (request instanceof Waitable what && !what.done() && !what.needsMessage()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String describe() {
        for (Request request : requests) {
            if (request instanceof Waitable what && !what.done()) {
                return what.describe();
            }
        }
        return "nothing";
    }
}
