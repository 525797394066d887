package org.pellang.compiler.ir;

import java.util.List;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;

/** Checks what every rule must keep; a violation is a fault of the compiler. */
public final class IrVerifier {
    private IrVerifier() {}

    /** Checks one loop. */
    public static OwnedLoop verify(OwnedLoop loop) {
        for (int k = 0; k < loop.views().size(); k++) {
            view(loop, loop.view(k), k);
        }
        loop.before().forEach(op -> operation(loop, op));
        loop.after().forEach(op -> operation(loop, op));
        for (View v : loop.views()) {
            boolean returned = loop.after().stream().anyMatch(op -> op instanceof CommOp.GiveBack g && g.view() == v.id());
            boolean own = v.sameOrigin() && v.uses().stream().filter(Use::writes).allMatch(u -> u.isOwn(loop.axes()));
            boolean remote = v.mode() == View.Mode.FETCHED || v.mode() == View.Mode.ALIGNED;
            require(!remote || !v.written() || returned || own, loop, "what is written through " + v.array() + " is not given back");
        }
        return loop;
    }

    private static void view(OwnedLoop loop, View v, int number) {
        boolean distributed = v.array().type() instanceof Type.Array a && !a.distribution().isLocal();
        require(v.id() == number, loop, "view " + v.id() + " stands at " + number);
        require(!v.bare() || !v.written(), loop, v.array() + " is written as a whole");
        boolean right = switch (v.mode()) {
            case LOCAL -> !distributed && !v.written();
            case FETCHED -> distributed;
            case ALIGNED -> distributed && v.group() >= 0 && v.uses().stream().allMatch(u -> u.isNear(loop.axes()));
            case MERGED -> !distributed && v.written();
            case SCATTERED, ACCUMULATED -> v.uses().stream().allMatch(Use::writes);
            case BORROWED -> distributed;
            case RECORDED, LENT -> true;
            case SCANNED -> loop.scan() != null;
            case REDUCED -> loop.reductions().stream().anyMatch(r -> r.variable().equals(v.array()));
        };
        require(right, loop, v.array() + " cannot be " + v.mode());
    }

    private static void operation(OwnedLoop loop, CommOp op) {
        switch (op) {
            case CommOp.Halo h -> h.views().forEach(id -> mode(loop, id, View.Mode.ALIGNED));
            case CommOp.HaloAhead h -> h.views().forEach(id -> mode(h.next(), id, View.Mode.ALIGNED));
            case CommOp.Fetch f -> mode(loop, f.view(), View.Mode.FETCHED);
            case CommOp.Gather g -> {
                mode(loop, g.view(), View.Mode.FETCHED);
                require(!loop.view(g.view()).bare() && !loop.view(g.view()).written(), loop, "only reads of elements are gathered");
            }
            case CommOp.Merge m -> mode(loop, m.view(), View.Mode.MERGED);
            case CommOp.Scatter s -> mode(loop, s.view(), View.Mode.SCATTERED);
            case CommOp.Accumulate a -> mode(loop, a.view(), View.Mode.ACCUMULATED);
            case CommOp.Borrow b -> mode(loop, b.view(), View.Mode.BORROWED);
            case CommOp.Record r -> mode(loop, r.view(), View.Mode.RECORDED);
            case CommOp.Lend l -> mode(loop, l.view(), View.Mode.LENT);
            case CommOp.GiveBack g -> require(loop.view(g.view()).written(), loop, "nothing is written through view " + g.view());
            case CommOp.MapChanges m -> require(loop.reductions().stream().noneMatch(r -> r.variable().equals(m.map())), loop, m.map() + " is reduced");
            case CommOp.TreeReduce t -> reductions(loop, t.reductions(), false);
            case CommOp.FreeReduce f -> reductions(loop, f.reductions(), true);
        }
    }

    private static void mode(OwnedLoop loop, int view, View.Mode mode) {
        require(view < loop.views().size() && loop.view(view).mode() == mode, loop, "communication of view " + view + " is not " + mode);
    }

    private static void reductions(OwnedLoop loop, List<Integer> numbers, boolean exact) {
        numbers.forEach(k -> require(loop.reductions().get(k).exact() == exact, loop, "reduction " + k + " is combined wrongly"));
    }

    private static void require(boolean holds, OwnedLoop loop, String what) {
        if (!holds) {
            throw new CompilerBug("loop " + loop.id() + " at " + loop.span() + ": " + what);
        }
    }
}
