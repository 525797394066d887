package org.pellang.compiler.opt;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.Bound;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.Interval;
import org.pellang.compiler.ir.IrProgram;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Schedule;
import org.pellang.compiler.ir.Subscript;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.Var;

/**
 * Ghost cells of neighbouring loops travel in the messages of the first one, unless a loop before changes the array.
 *
 * <pre>
 * before  halo u;  forall i in D.inner(1) { a[i] = u[i-1] + u[i+1] }
 *         halo v;  forall i in D.inner(1) { b[i] = v[i-1] + v[i+1] }
 * after   halo u, v;  both loops
 * </pre>
 */
final class FuseHalos implements ProgramRule {

    @Override
    public IrProgram apply(IrProgram program) {
        Map<Object, OwnedLoop> loops = new IdentityHashMap<>(program.loops());
        TreeWalk.outermost(program.program(), root -> Trees.walkStatements(root, s -> blocks(s, loops)));
        neighbours(program.program().body(), loops);
        program.program().functions().forEach(f -> neighbours(f.body().statements(), loops));
        program.program().tests().forEach(t -> neighbours(t.body().statements(), loops));
        return new IrProgram(program.program(), loops, program.kept());
    }

    private static void blocks(TStmt s, Map<Object, OwnedLoop> loops) {
        switch (s) {
            case TStmt.For f -> neighbours(f.body().statements(), loops);
            case TStmt.While w -> neighbours(w.body().statements(), loops);
            case TStmt.If i -> {
                neighbours(i.then().statements(), loops);
                if (i.otherwise() != null) {
                    neighbours(i.otherwise().statements(), loops);
                }
            }
            case TStmt.On o -> neighbours(o.body().statements(), loops);
            default -> {}
        }
    }

    private static void neighbours(List<TStmt> statements, Map<Object, OwnedLoop> loops) {
        for (int first = 0; first < statements.size(); first++) {
            OwnedLoop carrier = loop(statements.get(first), loops);
            if (carrier == null || carrier.before().stream().noneMatch(CommOp.Halo.class::isInstance)) {
                continue;
            }
            List<OwnedLoop> between = new ArrayList<>(List.of(carrier));
            List<CommOp> before = new ArrayList<>(carrier.before());
            for (int k = first + 1; k < statements.size(); k++) {
                OwnedLoop next = loop(statements.get(k), loops);
                if (next == null) {
                    break;
                }
                OwnedLoop rest = move(next, between, before);
                loops.put(statements.get(k), rest);
                between.add(rest);
            }
            loops.put(statements.get(first), carrier.withComm(before, carrier.after()));
        }
    }

    /** A loop in blocks; others send in an order of their own. */
    private static @Nullable OwnedLoop loop(TStmt s, Map<Object, OwnedLoop> loops) {
        OwnedLoop loop = s instanceof TStmt.Forall ? loops.get(s) : null;
        return loop != null && loop.schedule() instanceof Schedule.Block && loop.hidden().isEmpty() ? loop : null;
    }

    /** The loop without the halos that may come ahead, which are added to {@code before}. */
    private static OwnedLoop move(OwnedLoop next, List<OwnedLoop> between, List<CommOp> before) {
        List<Integer> moved = new ArrayList<>();
        List<CommOp> left = CommOps.map(next.before(), op -> {
            if (!(op instanceof CommOp.Halo h)) {
                return op;
            }
            List<Integer> stay = new ArrayList<>();
            for (int id : h.views()) {
                (ahead(next, next.view(id), between) ? moved : stay).add(id);
            }
            return stay.isEmpty() ? null : stay.size() == h.views().size() ? h : new CommOp.Halo(List.copyOf(stay));
        });
        if (moved.isEmpty()) {
            return next;
        }
        before.add(new CommOp.HaloAhead(next, List.copyOf(moved)));
        return next.withComm(left, next.after());
    }

    private static boolean ahead(OwnedLoop next, View view, List<OwnedLoop> between) {
        boolean changed = between.stream().anyMatch(l -> l.views().stream().anyMatch(v -> v.array().equals(view.array()) && v.written()));
        boolean aligned = view.read() && view.sameOrigin() && !changed;
        return aligned && known(next.space(), between) && view.uses().stream().allMatch(u -> u.subscripts().stream().allMatch(s -> known(s, between)));
    }

    private static boolean known(Subscript s, List<OwnedLoop> between) {
        Interval interval = s.interval();
        return interval == null || known(interval.low(), between) && known(interval.high(), between);
    }

    private static boolean known(Bound b, List<OwnedLoop> between) {
        return switch (b) {
            case Bound.Const _, Bound.LoopEnd _ -> true;
            case Bound.Value v -> known(v.expression(), between);
            case Bound.DomainEnd d -> known(d.domain(), between);
            case Bound.Sum s -> known(s.left(), between) && known(s.right(), between);
            case Bound.Scaled s -> known(s.of(), between);
            case Bound.Quotient q -> known(q.of(), between);
            case Bound.Extreme e -> known(e.left(), between) && known(e.right(), between);
        };
    }

    /** Whether an expression has its value already before the loops between: it reads nothing that these compute, and does nothing. */
    private static boolean known(TExpr value, List<OwnedLoop> between) {
        boolean[] known = {true};
        Trees.walk(value, e -> known[0] &= switch (e) {
            case TExpr.Read r -> !computed(r.variable(), between);
            case TExpr.Constant _, TExpr.Unary _, TExpr.Binary _, TExpr.Component _, TExpr.Range _, TExpr.DomainNew _ -> true;
            case TExpr.IntrinsicCall c -> switch (c.intrinsic()) {
                case INNER, FROM, AXIS, STRIDE, LEN, DOMAIN_OF, DOMAINS_OF, SIZE -> true;
                default -> false;
            };
            default -> false;
        });
        return known[0];
    }

    private static boolean computed(Var v, List<OwnedLoop> between) {
        return between.stream().anyMatch(l -> l.reductions().stream().anyMatch(r -> r.variable().equals(v))
                || l.views().stream().anyMatch(w -> w.written() && w.array().equals(v)));
    }
}
