package org.pellang.compiler.ir.comm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.Bound;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.Facts;
import org.pellang.compiler.ir.Interval;
import org.pellang.compiler.ir.IrPrinter;
import org.pellang.compiler.ir.IrProgram;
import org.pellang.compiler.ir.Linear;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Subscript;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;

/** {@code --report=comm}: for each divided loop what moves, by a formula, and for given sizes and numbers of ranks how much. */
public final class CommReport {
    private final IrProgram program;
    private final Known known;
    private final int ranks;

    private CommReport(IrProgram program, Known known, int ranks) {
        this.program = program;
        this.known = known;
        this.ranks = ranks;
    }

    /**
     * The report.
     *
     * @param ranks number of ranks to count for; 0: formulas only
     * @param configs values of the program's configs by name; others are as declared
     */
    public static String text(IrProgram program, int ranks, Map<String, Long> configs) {
        CommReport report = new CommReport(program, new Known(new Facts(program.program()), configs), ranks);
        return program.inOrder().stream().flatMap(l -> report.lines(l).stream()).map(line -> line + "\n").collect(Collectors.joining());
    }

    private List<String> lines(OwnedLoop loop) {
        String head = loop.span().file().name() + ":" + loop.span().line() + ": " + loop.construct() + ": ";
        List<String> lines = new ArrayList<>();
        IrPrinter.schedule(loop).forEach(line -> lines.add(head + line));
        String ahead = ahead(loop);
        if (!ahead.isEmpty()) {
            lines.add(head + ahead);
        }
        loop.before().forEach(op -> lines.add(head + IrPrinter.op(op, loop) + " before the loop" + formula(op, loop)));
        loop.after().forEach(op -> lines.add(head + IrPrinter.op(op, loop) + " after the loop" + formula(op, loop)));
        if (loop.before().isEmpty() && loop.after().isEmpty()) {
            if (ahead.isEmpty()) {
                lines.add(head + "no communication");
            }
        } else if (ranks > 0) {
            counted(loop).forEach(line -> lines.add(head + line));
        }
        return lines;
    }

    /** What comes with the messages of a loop before; empty if nothing does. */
    private String ahead(OwnedLoop loop) {
        for (OwnedLoop carrier : program.inOrder()) {
            for (CommOp op : carrier.before()) {
                if (op instanceof CommOp.HaloAhead h && h.next().id() == loop.id()) {
                    return "halo " + h.views().stream().map(v -> loop.view(v).array().name()).collect(Collectors.joining(", "))
                            + " comes with the messages of line " + carrier.span().line();
                }
            }
        }
        return "";
    }

    private List<String> counted(OwnedLoop loop) {
        boolean elements = loop.before().stream().anyMatch(op -> !(op instanceof CommOp.TreeReduce || op instanceof CommOp.FreeReduce))
                || loop.after().stream().anyMatch(op -> !(op instanceof CommOp.TreeReduce || op instanceof CommOp.FreeReduce));
        if (!elements) {
            return List.of();
        }
        List<Moves.Moved> all = Moves.of(loop, known, ranks);
        if (all == null) {
            return List.of("on " + ranks + " ranks: only the run can tell (pelrun --report=comm)");
        }
        if (all.isEmpty()) {
            return List.of("on " + ranks + " ranks: nothing moves");
        }
        return all.stream().map(m -> String.format(Locale.ROOT, "on %d ranks: %s: %d messages, %d bytes, at most %d neighbours",
                ranks, m.purpose(), m.messages(), m.bytes(), m.neighbours())).toList();
    }

    private static String formula(CommOp op, OwnedLoop loop) {
        return switch (op) {
            case CommOp.Halo h -> h.views().stream().map(v -> halo(loop.view(v), loop)).collect(Collectors.joining("; ", ": ", ""));
            case CommOp.HaloAhead h -> h.views().stream().map(v -> halo(h.next().view(v), h.next())).collect(Collectors.joining("; ", ": ", ""));
            case CommOp.Fetch f -> ": " + box(loop.view(f.view()), u -> true, loop) + ", but what the rank has" + element(loop.view(f.view()));
            case CommOp.GiveBack g -> ": " + box(loop.view(g.view()), Use::writes, loop) + ", but what the rank has" + element(loop.view(g.view()))
                    + "; nothing if the rank owns what it writes";
            case CommOp.Gather g -> ": the listed elements of other ranks" + element(loop.view(g.view())) + "; their lists, 4 bytes each";
            case CommOp.Merge _, CommOp.Scatter _, CommOp.Accumulate _, CommOp.MapChanges _, CommOp.Borrow _, CommOp.Record _, CommOp.Lend _,
                CommOp.TreeReduce _, CommOp.FreeReduce _ -> "";
        };
    }

    private static String element(View v) {
        int bytes = Known.bytes(((Type.Array) v.array().type()).element());
        return bytes == 0 ? "" : ", " + bytes + (bytes == 1 ? " byte" : " bytes") + " each";
    }

    /** Ghost cells of a rank with so many indices along each axis. */
    private static String halo(View v, OwnedLoop loop) {
        int axes = loop.axes();
        List<Use> reads = v.uses().stream().filter(u -> u.kind() != Use.Kind.WRITE).toList();
        Type.Array type = (Type.Array) v.array().type();
        String unlike = v.sameOrigin() ? "" : box(v, u -> u.kind() != Use.Kind.WRITE, loop) + ", but what the rank has, if loop and array are cut differently" + element(v);
        if (reads.isEmpty() || type.axes() != axes) {
            return unlike.isEmpty() ? "nothing" : unlike;
        }
        boolean star = axes > 1 && reads.stream().allMatch(u -> u.isStar(axes));
        List<String> slabs = new ArrayList<>();
        List<String> grown = new ArrayList<>();
        List<String> own = new ArrayList<>();
        int sides = 0;
        int around = 1;
        for (int d = 0; d < axes; d++) {
            long[] width = width(reads, d);
            if (width == null) {
                return v.array().name() + ": ghost cells by what the inner loops need" + element(v);
            }
            boolean spread = !type.distribution().isLocal() && type.distribution().axes().get(d).spread();
            long total = spread ? width[0] + width[1] : 0;
            int here = spread ? (width[0] > 0 ? 1 : 0) + (width[1] > 0 ? 1 : 0) : 0;
            sides += here;
            around *= 1 + here;
            own.add("n" + d);
            grown.add(total == 0 ? "n" + d : "(n" + d + " + " + total + ")");
            if (total > 0) {
                List<String> others = new ArrayList<>();
                for (int k = 0; k < axes; k++) {
                    if (k != d) {
                        others.add("n" + k);
                    }
                }
                slabs.add(total + (others.isEmpty() ? "" : "*" + String.join("*", others)));
            }
        }
        if (sides == 0) {
            return unlike.isEmpty() ? "nothing" : unlike;
        }
        String count = star || axes == 1 ? String.join(" + ", slabs) : String.join("*", grown) + " - " + String.join("*", own);
        return v.array().name() + ": at most " + count + " elements from " + (star ? sides : around - 1) + " neighbours, where a rank has "
                + String.join(" x ", own) + element(v);
    }

    /** Ghost cells below and above; null if they are no constants. */
    private static long @Nullable [] width(List<Use> reads, int axis) {
        long below = 0;
        long above = 0;
        for (Use u : reads) {
            Subscript s = u.subscripts().get(axis);
            Linear linear = s.linear();
            if (!s.shifted() || linear == null) {
                return null;
            }
            below = Math.max(below, -linear.constant());
            above = Math.max(above, linear.constant());
        }
        return new long[] {below, above};
    }

    private static String box(View v, java.util.function.Predicate<Use> which, OwnedLoop loop) {
        List<Use> all = v.uses().stream().filter(which).toList();
        return (v.mayBeApart(loop) ? Use.apart(all) : List.of(all)).stream().map(uses -> box(v, uses, loop)).collect(Collectors.joining(" and "));
    }

    private static String box(View v, List<Use> uses, OwnedLoop loop) {
        List<String> axes = new ArrayList<>();
        for (int d = 0; d < ((Type.Array) v.array().type()).axes(); d++) {
            Interval all = uses.isEmpty() || uses.getFirst().subscripts().size() <= d ? null : Use.interval(uses, d);
            if (all == null) {
                axes.add("..");
            } else {
                String low = bound(all.low(), loop);
                String high = bound(all.high(), loop);
                axes.add(low.equals(high) ? low : low + ".." + high);
            }
        }
        return v.array().name() + String.join(", ", axes).transform(t -> "[" + t + "]");
    }

    private static String bound(Bound b, OwnedLoop loop) {
        return switch (b) {
            case Bound.Const c -> Long.toString(c.value());
            case Bound.LoopEnd e -> (e.high() ? "last " : "first ") + loop.indices().get(e.axis()).name();
            case Bound.Value v -> v.expression().span().text().replaceAll("\\s+", " ");
            case Bound.DomainEnd d -> (d.high() ? "last of " : "first of ") + d.domain().span().text().replaceAll("\\s+", " ");
            case Bound.Sum s when s.right() instanceof Bound.Const c && c.value() < 0 -> bound(s.left(), loop) + " - " + -c.value();
            case Bound.Sum s -> bound(s.left(), loop) + " + " + bound(s.right(), loop);
            case Bound.Scaled s -> s.factor() + "*(" + bound(s.of(), loop) + ")";
            case Bound.Quotient q -> "(" + bound(q.of(), loop) + ") // " + q.divisor();
            case Bound.Extreme e -> (e.larger() ? "max(" : "min(") + bound(e.left(), loop) + ", " + bound(e.right(), loop) + ")";
        };
    }
}
