package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pellang.compiler.sema.typed.Var;

/**
 * The dependences of a wavefront, from the subscripts of its uses. The checker has proved that all distances are constant; what is no shifted index here
 * (a transposed store, several stores of one array at different distances) makes the loop run on one rank.
 *
 * <pre>
 * h[i, j] = max(h[i-1, j-1] + s, h[i-1, j] - gap, h[i, j-1] - gap)     distances (1, 1), (1, 0), (0, 1)
 * </pre>
 */
final class Waves {
    private final List<View> views;
    private final int axes;
    private final Set<List<Long>> distances = new LinkedHashSet<>();
    private final List<Schedule.Carried> carried = new ArrayList<>();
    private String serial = "";

    private Waves(List<View> views, int axes) {
        this.views = views;
        this.axes = axes;
    }

    static Schedule.Wave of(List<View> views, int axes) {
        Waves waves = new Waves(views, axes);
        Map<Var, List<View>> byArray = new LinkedHashMap<>();
        views.stream().filter(Waves::inPlace).forEach(v -> byArray.computeIfAbsent(v.array(), a -> new ArrayList<>()).add(v));
        byArray.values().forEach(waves::array);
        return new Schedule.Wave(List.copyOf(waves.distances), List.copyOf(waves.carried), waves.serial);
    }

    /** Whether iterations may see through the view what others wrote. */
    private static boolean inPlace(View v) {
        return switch (v.mode()) {
            case LOCAL, SCATTERED, ACCUMULATED, SCANNED, REDUCED -> false;
            case FETCHED, ALIGNED, MERGED, BORROWED, RECORDED -> !v.bare();
            case LENT -> true;
        };
    }

    private void array(List<View> of) {
        List<Use> writes = of.stream().flatMap(v -> v.uses().stream()).filter(Use::writes).toList();
        if (writes.isEmpty()) {
            if (of.stream().anyMatch(v -> v.mode() == View.Mode.LENT)) {
                serial("`" + of.getFirst().array().name() + "` is changed by a function that the loop calls");
            }
            return;
        }
        String name = of.getFirst().array().name();
        List<Long> shift = writes.getFirst().offset(axes);
        boolean one = writes.stream().allMatch(w -> sameSubscripts(w, writes.getFirst()));
        List<Use> reads = of.stream().flatMap(v -> v.uses().stream())
                .filter(u -> u.kind() != Use.Kind.WRITE && writes.stream().anyMatch(w -> w.overlaps(u.path()))).toList();
        boolean borrowed = of.stream().anyMatch(View::onCopy);
        if (!one || borrowed) {
            serial("`" + name + "` is written at several distances from the index");
        } else if (shift == null) {
            if (reads.stream().anyMatch(r -> !sameSubscripts(r, writes.getFirst()))) {
                serial("`" + name + "` is not written at the loop's index plus a constant");
            }
        } else {
            dependences(of, shift, reads);
        }
    }

    private void serial(String why) {
        serial = serial.isEmpty() ? why : serial;
    }

    private void dependences(List<View> of, List<Long> shift, List<Use> reads) {
        List<Use> later = new ArrayList<>();
        for (Use read : reads) {
            List<Long> at = read.offset(axes);
            if (at == null) {
                continue;
            }
            List<Long> distance = new ArrayList<>();
            for (int d = 0; d < axes; d++) {
                distance.add(shift.get(d) - at.get(d));
            }
            int sign = sign(distance);
            if (sign > 0) {
                later.add(read);
            }
            if (sign != 0) {
                distances.add(distance.stream().map(x -> x * sign).toList());
            }
        }
        if (!later.isEmpty()) {
            View through = of.stream().filter(v -> v.uses().contains(later.getFirst())).findFirst().orElse(of.getFirst());
            carried.add(new Schedule.Carried(through.id(), shift, List.copyOf(later)));
        }
    }

    /** Sign of the first component that is not 0. */
    private static int sign(List<Long> distance) {
        for (long x : distance) {
            if (x != 0) {
                return Long.signum(x);
            }
        }
        return 0;
    }

    private static boolean sameSubscripts(Use a, Use b) {
        for (int d = 0; d < a.subscripts().size(); d++) {
            Linear x = a.subscripts().get(d).linear();
            if (x == null ? !a.key().equals(b.key()) : !x.equals(b.subscripts().get(d).linear())) {
                return false;
            }
        }
        return true;
    }
}
