package org.pellang.compiler.codegen.loop;

import java.util.List;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/**
 * Whether one iteration of a divided loop may update one element of a reduced array more than once. Then its updates must become one
 * contribution before they meet those of other iterations, else the bits would depend on where the ranks' parts end.
 */
final class SeveralUpdates {
    private final Var array;
    private boolean repeated;

    private SeveralUpdates(Var array) {
        this.array = array;
    }

    static boolean possible(List<TStmt> body, Var array) {
        SeveralUpdates search = new SeveralUpdates(array);
        return search.updates(body, List.of()) > 1 || search.repeated;
    }

    /** The most updates that one pass makes; sets {@code repeated} if a loop inside may come to an element again. */
    private int updates(List<TStmt> statements, List<Iteration> loops) {
        int count = 0;
        for (TStmt s : statements) {
            count += switch (s) {
                case TStmt.Update u when u.place().root().equals(array) -> {
                    repeated |= loops.stream().anyMatch(l -> !moves(u.place(), l));
                    yield 1;
                }
                case TStmt.If i -> Math.max(
                        updates(i.then().statements(), loops),
                        i.otherwise() == null ? 0 : updates(i.otherwise().statements(), loops));
                case TStmt.For f -> {
                    List<Iteration> inner = new java.util.ArrayList<>(loops);
                    inner.add(f.iteration());
                    yield updates(f.body().statements(), inner);
                }
                case TStmt.While w -> {
                    int inside = updates(w.body().statements(), loops);
                    repeated |= inside > 0;
                    yield inside;
                }
                default -> {
                    int[] inside = {0};
                    Trees.statements(s, t -> inside[0] += updates(List.of(t), loops));
                    yield inside[0];
                }
            };
        }
        return count;
    }

    /** Whether each pass of the inner loop is at another element: every index is a subscript by itself. */
    private static boolean moves(Place place, Iteration loop) {
        return switch (place) {
            case Place.Component c -> moves(c.value(), loop);
            case Place.Element e -> loop.overDomain()
                    && loop.indices().stream().allMatch(i -> e.subscripts().stream().anyMatch(s -> s instanceof TExpr.Read r && r.variable().equals(i)));
            case Place.Variable _, Place.Slice _ -> false;
        };
    }
}
