package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pellang.compiler.sema.typed.ReduceOp;

/** Prints divided loops: {@code --emit=ir}, {@code --emit=ir-opt} and {@code --report=vector}. */
public final class IrPrinter {
    private IrPrinter() {}

    /** All loops in order. */
    public static String print(IrProgram program) {
        return program.inOrder().stream().map(IrPrinter::print).collect(Collectors.joining("\n"));
    }

    private static String print(OwnedLoop loop) {
        List<String> lines = new ArrayList<>();
        String indices = loop.indices().stream().map(v -> v.name()).collect(Collectors.joining(", "));
        lines.add("loop " + loop.id() + " " + at(loop) + " " + loop.construct() + " (" + indices + ") in "
                + oneLine(loop.space().span().text()) + (loop.unitSteps() ? "" : " strided") + " " + form(loop));
        schedule(loop).forEach(line -> lines.add("  " + line));
        for (CommOp op : loop.before()) {
            lines.add("  before " + op(op, loop));
        }
        for (View v : loop.views()) {
            lines.add("  " + view(v));
            for (Use u : v.uses()) {
                lines.add("    " + u.kind().name().toLowerCase(Locale.ROOT) + " " + oneLine(u.span().text()) + " "
                        + u.subscripts().stream().map(IrPrinter::subscript).collect(Collectors.joining(", ", "[", "]")));
            }
        }
        for (LoopReduction r : loop.reductions()) {
            lines.add("  reduce " + name(r.op()) + " " + r.variable().name() + ": " + r.type() + (r.exact() ? " any order" : " tree"));
        }
        for (CommOp op : loop.after()) {
            lines.add("  after " + op(op, loop));
        }
        return String.join("\n", lines) + "\n";
    }

    /** How the iterations are shared out, if not in blocks. */
    public static List<String> schedule(OwnedLoop loop) {
        return switch (loop.schedule()) {
            case Schedule.Block _ -> List.of();
            case Schedule.Wave w when !w.serial().isEmpty() -> List.of("on one rank (" + w.serial() + ")");
            case Schedule.Wave w -> List.of("in tiles, distances " + (w.distances().isEmpty() ? "none" : w.distances().stream()
                    .map(v -> v.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"))).collect(Collectors.joining(" ")))
                    + (w.carried().isEmpty() ? "" : ", carries "
                            + w.carried().stream().map(c -> array(loop, c.view())).collect(Collectors.joining(", "))));
            case Schedule.Chunks c -> List.of("chunks handed out: " + c.kind().name().toLowerCase(Locale.ROOT));
        };
    }

    private static String view(View v) {
        return "view " + v.id() + " " + v.array().name() + ": " + v.array().type() + " "
                + v.mode().name().toLowerCase(Locale.ROOT) + (v.group() >= 0 ? " group " + v.group() : "")
                + (v.sameOrigin() ? " own domain" : "") + (v.bare() ? " whole" : "");
    }

    private static String subscript(Subscript s) {
        if (s.near() >= 0) {
            return "near " + s.linear();
        }
        return s.linear() != null && s.interval() != null ? s.linear().toString() : s.interval() != null ? "bounded" : "any";
    }

    private static String name(ReduceOp op) {
        return op instanceof ReduceOp.Builtin b ? b.name().toLowerCase(Locale.ROOT) : "op";
    }

    /** A communication in words. */
    public static String op(CommOp op, OwnedLoop loop) {
        return switch (op) {
            case CommOp.Halo h -> "halo " + h.views().stream().map(v -> array(loop, v)).collect(Collectors.joining(", "));
            case CommOp.HaloAhead h -> "halo " + h.views().stream().map(v -> array(h.next(), v)).collect(Collectors.joining(", ")) + " of " + at(h.next());
            case CommOp.Fetch f -> "fetch " + array(loop, f.view()) + switch (f.how()) {
                case WHOLE -> "";
                case KEPT -> ", kept while it does not change,";
                case PANELS -> ", in steps if it is long,";
            };
            case CommOp.Gather g -> "gather " + array(loop, g.view()) + (g.inspection().lasting() ? ", listed once" : ", listed each time");
            case CommOp.Merge m -> "merge " + array(loop, m.view());
            case CommOp.Scatter s -> "scatter " + array(loop, s.view());
            case CommOp.Accumulate a -> "accumulate " + array(loop, a.view());
            case CommOp.MapChanges m -> "entries of " + m.map().name();
            case CommOp.Borrow b -> "borrow " + array(loop, b.view());
            case CommOp.Record r -> "record " + array(loop, r.view());
            case CommOp.Lend l -> "lend " + array(loop, l.view()) + (l.operator() == null ? "" : " " + l.operator());
            case CommOp.GiveBack g -> "give back " + array(loop, g.view());
            case CommOp.TreeReduce t -> "reduce on the tree " + reductions(loop, t.reductions());
            case CommOp.FreeReduce f -> "reduce in any order " + reductions(loop, f.reductions());
        };
    }

    private static String reductions(OwnedLoop loop, List<Integer> numbers) {
        return numbers.stream().map(k -> loop.reductions().get(k).variable().name()).collect(Collectors.joining(", "));
    }

    private static String array(OwnedLoop loop, int view) {
        return loop.view(view).array().name();
    }

    private static String at(OwnedLoop loop) {
        return "line " + loop.span().line();
    }

    private static String form(OwnedLoop loop) {
        String form = loop.form().name().toLowerCase(Locale.ROOT);
        return loop.formReason().isEmpty() ? form : form + " (" + loop.formReason() + ")";
    }

    /** One line per loop: its form and why not a better one. */
    public static String vectorReport(IrProgram program) {
        return program.inOrder().stream()
                .filter(l -> !l.construct().equals("inspector"))
                .map(l -> l.span().file().name() + ":" + l.span().line() + ": " + l.construct() + ": " + form(l) + "\n")
                .collect(Collectors.joining());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
