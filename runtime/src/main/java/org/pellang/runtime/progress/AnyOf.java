package org.pellang.runtime.progress;

import java.util.List;

/** Waits for the first of several operations. */
public record AnyOf(List<? extends Waitable> operations) implements Waitable {
    @Override
    public boolean done() {
        for (Waitable operation : operations) {
            if (operation.done()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean needsMessage() {
        for (Waitable operation : operations) {
            if (!operation.needsMessage()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String describe() {
        return "any of " + operations.size() + " operations, the first: " + operations.getFirst().describe();
    }
}
