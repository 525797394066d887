package org.pellang.runtime.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.pellang.runtime.array.PelArray;

/**
 * Updates of elements of a reduced array with a user's operator: those of one iteration fold from the identity into one contribution per element, in order,
 * before they meet what other iterations contributed. So the bits do not depend on where the ranks' parts end.
 */
public final class ElementFold {
    private final PelArray total;
    private final BinaryOperator<Object> op;
    private final Supplier<Object> identity;
    private final Map<Integer, Object> contributions = new LinkedHashMap<>();

    /**
     * @param total what the leaf has so far; changed
     * @param op on elements as boxed values
     * @param identity of the operator
     */
    public ElementFold(PelArray total, BinaryOperator<Object> op, Supplier<Object> identity) {
        this.total = total;
        this.op = op;
        this.identity = identity;
    }

    /** {@code total[..] reduce= value} for the element at a place in the columns. */
    public void update(int place, Object value) {
        Object before = contributions.get(place);
        contributions.put(place, op.apply(before == null ? identity.get() : before, value));
    }

    /** At the end of an iteration. */
    public void end() {
        contributions.forEach((place, value) -> total.set(place, op.apply(total.get(place), value)));
        contributions.clear();
    }

    /** The operator on arrays, element by element: it changes its left operand and returns it. */
    public static BinaryOperator<Object> arrays(BinaryOperator<Object> op) {
        return (a, b) -> {
            PelArray left = (PelArray) a;
            PelArray right = (PelArray) b;
            ArrayOperators.sameExtents(left, right);
            for (int k = 0; k < left.layout().size(); k++) {
                left.set(k, op.apply(left.get(k), right.get(k)));
            }
            return left;
        };
    }

    /** An array like another one, with the identity everywhere. */
    static PelArray identities(PelArray like, Supplier<Object> identity) {
        PelArray array = PelArray.create(like.domain(), like.type());
        for (int k = 0; k < array.layout().size(); k++) {
            array.set(k, identity.get());
        }
        return array;
    }
}
