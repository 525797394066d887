package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.JavaLiteral;
import org.pellang.compiler.codegen.JavaUnit;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.Inspection;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.View;

/** In front of a loop: the inspector that lists the elements which it reads at subscripts without bounds, and the fetching of these. */
final class Gathers {
    private final OwnedLoop loop;
    private final LoopGenerator loops;
    private final Caller caller;

    Gathers(OwnedLoop loop, LoopGenerator loops, Caller caller) {
        this.loop = loop;
        this.loops = loops;
        this.caller = caller;
    }

    void write() {
        Map<Integer, JavaExpr> gathers = new LinkedHashMap<>();
        Inspection inspection = null;
        JavaUnit unit = caller.unit();
        for (CommOp op : loop.before()) {
            if (op instanceof CommOp.Gather g) {
                inspection = g.inspection();
                View v = loop.view(g.view());
                List<String> arrays = inspection.arrays().stream().map(a -> caller.array(a).text()).toList();
                JavaExpr begun = LoopApi.GATHER_BEGIN.call(unit, caller.loopName(), caller.array(v.array()),
                        JavaExpr.stable(Integer.toString(loop.id() << 8 | v.id())), JavaLiteral.of(inspection.lasting()),
                        JavaExpr.primary(LoopGenerator.javaArray(unit.use(LoopApi.PEL_ARRAY), arrays)));
                gathers.put(v.id(), caller.spill(begun, unit.use(LoopApi.GATHER), v.array().name() + "Gather"));
            }
        }
        if (inspection == null) {
            return;
        }
        JavaBody out = caller.out();
        List<String> stale = new ArrayList<>();
        gathers.values().forEach(g -> stale.add(LoopApi.GATHER_STALE.on(g).text()));
        out.open("if (" + String.join(" || ", stale) + ") {");
        new LoopCall(loops.loop(inspection), loops, caller.scope(), out).listing(gathers).run();
        out.close();
        gathers.forEach((view, gather) -> {
            View v = loop.view(view);
            caller.bindView(v, caller.spill(LoopApi.GATHER_FETCH.on(gather), unit.use(LoopApi.PEL_ARRAY), v.array().name() + "Part"));
        });
    }
}
