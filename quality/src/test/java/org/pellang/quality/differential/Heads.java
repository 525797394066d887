package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import org.pellang.quality.differential.Env.Index;
import org.pellang.quality.differential.Env.Space;

/** Random heads of divided loops: spaces, parts of them, indices. */
final class Heads {
    private final Dice dice;
    private final Expressions expressions;

    Heads(Dice dice, Expressions expressions) {
        this.dice = dice;
        this.expressions = expressions;
    }

    /** Declares the indices of a loop over a space; they come first in the environment. */
    List<String> indices(Space space, Env env) {
        List<String> names = new ArrayList<>();
        List<Index> before = List.copyOf(env.indices);
        env.indices.clear();
        for (int d = 0; d < space.axes(); d++) {
            String name = expressions.fresh("i");
            names.add(name);
            env.indices.add(new Index(name, space.lo()[d], space.hi()[d]));
        }
        env.indices.addAll(before);
        return names;
    }

    /** The space or a part of it; sets how far neighbours may be. */
    String part(Space space, Env env) {
        if (dice.chance(45)) {
            int k = dice.pick(1, 1, 2, 3, 7);
            env.margin = k;
            return space.text() + ".inner(" + k + ")";
        }
        if (dice.chance(20)) {
            return space.text() + " by " + dice.between(1, 4);
        }
        if (dice.chance(15) && space.distributed()) {
            List<String> from = new ArrayList<>();
            for (int d = 0; d < space.axes(); d++) {
                from.add(Long.toString(space.lo()[d] + dice.between(0, 2)));
            }
            return space.text() + ".from(" + String.join(", ", from) + ")";
        }
        if (dice.chance(15) && space.distributed() && space.size() > 0) {
            List<String> cut = new ArrayList<>();
            for (int d = 0; d < space.axes(); d++) {
                long a = space.lo()[d] + dice.below((int) space.extent(d));
                cut.add(a + ".." + Math.min(space.hi()[d], a + dice.between(-1, 12)));
            }
            return space.text() + "[" + String.join(", ", cut) + "]";
        }
        return space.text();
    }

    /** Now and then a clause that hands the iterations out. */
    String work() {
        return dice.chance(20) ? " dist " + dice.pick("dynamic", "guided", "steal") + "(" + dice.pick(1, 2, 3, 7, 16, 100) + ")" : "";
    }

    static String index(List<String> names) {
        return names.size() == 1 ? names.get(0) : "(" + String.join(", ", names) + ")";
    }
}
