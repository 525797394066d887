package org.pellang.runtime.array;

import org.jspecify.annotations.Nullable;

/**
 * Indices that move together: those of a box, or those of a box that a rank owns.
 *
 * @param box the box
 * @param owned the owner's indices; null: all of the box
 */
public record Region(Box box, @Nullable OwnedSet owned) {
    /** All of a box. */
    public static Region of(Box box) {
        return new Region(box, null);
    }

    /** The indices of {@code box} that {@code owned} has; a plain box where they are one. */
    public static Region of(Box box, OwnedSet owned) {
        return owned.isBox() ? new Region(box.intersect(owned.box()), null) : new Region(box, owned);
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** Number of indices. */
    public long size() {
        return owned == null ? box.isEmpty() ? 0 : box.size() : owned.count(box);
    }

    /** Calls {@code action} for each row of consecutive indices, in row-major order. */
    public void forEachRow(Rows.Action action) {
        if (owned == null) {
            Rows.forEach(box, action);
        } else {
            owned.forEachRow(box, action);
        }
    }
}
