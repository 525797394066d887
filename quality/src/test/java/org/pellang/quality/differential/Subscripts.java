package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import org.pellang.quality.differential.Env.ArrayInfo;
import org.pellang.quality.differential.Env.Index;
import org.pellang.quality.differential.Env.Space;

/** Random subscripts: the own index, neighbours near and far, fixed ones, transposed, anything. */
final class Subscripts {
    private final Dice dice;
    private final Expressions expressions;
    private int nesting;

    Subscripts(Dice dice, Expressions expressions) {
        this.dice = dice;
        this.expressions = expressions;
    }

    /** A read of one element, in bounds (nearly always in a program that may trap). */
    String read(ArrayInfo array, Env env) {
        Space space = array.space();
        if (space == env.loop && (env.written.contains(array.name()) || dice.chance(40))) {
            return at(array, own(env, space.axes()));
        }
        if (space == env.loop && dice.chance(50)) {
            return at(array, neighbour(env, space));
        }
        if (space.axes() == 2 && space.extent(0) == space.extent(1) && space.lo()[0] == space.lo()[1] && space == env.loop && dice.chance(20)) {
            List<String> swapped = own(env, 2);
            return at(array, List.of(swapped.get(1), swapped.get(0)));
        }
        List<String> subs = new ArrayList<>();
        for (int d = 0; d < space.axes(); d++) {
            subs.add(inside(space.lo()[d], space.extent(d), env));
        }
        return at(array, subs);
    }

    /** The element at the loop's own index. */
    String own(ArrayInfo array, Env env) {
        return at(array, own(env, array.space().axes()));
    }

    private static String at(ArrayInfo array, List<String> subs) {
        return array.name() + "[" + String.join(", ", subs) + "]";
    }

    private static List<String> own(Env env, int axes) {
        return env.indices.subList(0, axes).stream().map(Index::name).toList();
    }

    private List<String> neighbour(Env env, Space space) {
        List<String> subs = new ArrayList<>();
        for (int d = 0; d < space.axes(); d++) {
            String i = env.indices.get(d).name();
            long most = space.periodic() ? Math.min(space.extent(d) + 1, 5) : env.margin;
            long far = most == 0 ? 0 : dice.between((int) -most, (int) most);
            if (far != 0 && dice.chance(70)) {
                subs.add(i + (far < 0 ? " - " + -far : " + " + far));
            } else if (!space.periodic() && dice.chance(25)) {
                subs.add("clamp(" + i + " + " + dice.between(-9, 9) + ", " + space.lo()[d] + ", " + space.hi()[d] + ")");
            } else {
                subs.add(i);
            }
        }
        return subs;
    }

    /** An int expression within low and low + extent - 1. */
    String inside(long low, long extent, Env env) {
        if (dice.chance(25) || nesting > 1) {
            return Long.toString(low + dice.below((int) extent));
        }
        nesting++;
        boolean wild = env.dangerous && dice.chance(3);
        String e = expressions.of(Kind.INT, nesting > 1 ? 0 : dice.between(0, 2), env);
        nesting--;
        if (wild) {
            return e;
        }
        return low == 0 ? "(" + e + ") % " + extent : low + " + (" + e + ") % " + extent;
    }
}
