package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Layout;
import org.pellang.runtime.array.PelArray;

/** An array as a loop with several runs per rank sees it: its geometry is that of the present run. */
final class Window {
    private final PelArray view;
    private final PelArray array;
    /** By run; empty: the array's own storage at the run's own indices. */
    private final Layout[] layouts;

    private Window(PelArray view, PelArray array, Layout[] layouts) {
        this.view = view;
        this.array = array;
        this.layouts = layouts;
    }

    /** The array itself, for accesses at the loop's own indices. */
    static PelArray own(ParallelLoop loop, PelArray array) {
        Window window = new Window(array.window(), array, new Layout[0]);
        loop.add(window);
        return window.view;
    }

    /** The boxes that the runs read, fetched; or the array itself if its owners are the readers. Collective. */
    static PelArray fetch(ParallelLoop loop, PelArray array, Need need) {
        PatchPlan plan = PatchPlan.reads(loop, array, need);
        if (plan.plan().silent()) {
            Box[] boxes = plan.plan().patches(loop.rank().rank());
            Layout[] layouts = new Layout[plan.patchOf().length];
            for (int k = 0; k < layouts.length; k++) {
                int patch = plan.patchOf()[k];
                layouts[k] = patch < 0 ? array.layout() : array.layout().run(boxes[patch]);
            }
            Window window = new Window(array.window(), array, layouts);
            loop.add(window);
            return window.view;
        }
        return copies(loop, new PelArray[] {array}, new PatchPlan[] {plan})[0];
    }

    /** Copies of what the runs of a loop touch in several arrays, all with one geometry per run. Collective. */
    static PelArray[] copies(ParallelLoop loop, PelArray[] arrays, PatchPlan[] plans) {
        int self = loop.rank().rank();
        int runs = Math.toIntExact(loop.parts().runs(self));
        Box[] boxes = new Box[runs];
        for (int k = 0; k < runs; k++) {
            boxes[k] = touched(plans, k, self, arrays[0].axes());
        }
        Layout[] layouts = new Layout[runs];
        int size = place(boxes, layouts);
        PelArray[] views = new PelArray[arrays.length];
        Layout columns = Layout.of(Box.of(0, size - 1L));
        for (int a = 0; a < arrays.length; a++) {
            views[a] = PelArray.create(Domain.range(0, size - 1L), arrays[a].type()).window();
            views[a].show(columns);
            loop.add(new Window(views[a], arrays[a], layouts));
        }
        ExchangePlan[] exchanges = new ExchangePlan[plans.length];
        Layout[][][] places = new Layout[plans.length][][];
        for (int a = 0; a < plans.length; a++) {
            exchanges[a] = plans[a].plan();
            places[a] = places(plans[a], layouts, self);
        }
        Exchange.run(loop, "fetch", arrays, views, exchanges, (a, patch) -> places[a][patch]);
        return views;
    }

    private static Box touched(PatchPlan[] plans, int run, int self, int axes) {
        Box all = null;
        for (PatchPlan plan : plans) {
            int patch = plan.patchOf()[run];
            if (patch >= 0 && !plan.plan().patches(self)[patch].isEmpty()) {
                Box mine = plan.plan().patches(self)[patch];
                all = all == null ? mine : Views.hull(all, mine);
            }
        }
        return all == null ? Box.empty(axes) : all;
    }

    /** Places the boxes one after the other, equal ones once; or all in the box around them if that is smaller. Returns the length of the columns. */
    private static int place(Box[] boxes, Layout[] layouts) {
        Set<Box> distinct = new LinkedHashSet<>(Arrays.asList(boxes));
        Box around = null;
        long sum = 0;
        for (Box box : distinct) {
            around = box.isEmpty() ? around : around == null ? box : Views.hull(around, box);
            sum += box.isEmpty() ? 0 : box.size();
        }
        Map<Box, Layout> known = new HashMap<>();
        int size = 0;
        if (around != null && around.size() <= sum) {
            Layout one = Layout.of(around);
            distinct.forEach(box -> known.put(box, one));
            size = one.size();
        } else {
            for (Box box : distinct) {
                Layout next = Layout.of(box.isEmpty() ? Box.empty(box.axes()) : box).at(size);
                known.put(box, next);
                size = Math.addExact(size, box.isEmpty() ? 0 : next.size());
            }
        }
        for (int k = 0; k < boxes.length; k++) {
            layouts[k] = Objects.requireNonNull(known.get(boxes[k]));
        }
        return size;
    }

    /** By box of this rank: the layouts of the runs that need it, each once. */
    private static Layout[][] places(PatchPlan plan, Layout[] layouts, int self) {
        List<Set<Layout>> found = new ArrayList<>();
        for (int p = 0; p < plan.plan().patches(self).length; p++) {
            found.add(Collections.newSetFromMap(new IdentityHashMap<>(2)));
        }
        for (int k = 0; k < layouts.length; k++) {
            int patch = plan.patchOf()[k];
            if (patch >= 0) {
                found.get(patch).add(layouts[k]);
            }
        }
        return found.stream().map(l -> l.toArray(Layout[]::new)).toArray(Layout[][]::new);
    }

    /** The geometry of a run, if this window is of copies. */
    Layout layout(int k) {
        return layouts[k];
    }

    /** The present run is number {@code k}, with these iterations. */
    void enter(int k, Box run) {
        view.show(layouts.length == 0 ? array.layout().run(run) : layouts[k]);
    }
}
