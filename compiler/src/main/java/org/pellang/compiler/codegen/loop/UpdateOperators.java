package org.pellang.compiler.codegen.loop;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;
import org.pellang.compiler.sema.typed.TStmt;

/** The operator with which a loop updates an array; the checker allows one per array. */
final class UpdateOperators {
    private @Nullable BinaryOp found;

    private UpdateOperators() {}

    static BinaryOp of(OwnedLoop loop, View view) {
        UpdateOperators search = new UpdateOperators();
        loop.body().statements().forEach(s -> Trees.walkStatements(s, t -> {
            if (t instanceof TStmt.Update u && u.op() != null && u.place().root().equals(view.array())
                    && view.uses().stream().anyMatch(use -> use.span().equals(element(u.place()).span()))) {
                search.found = u.op();
            }
        }));
        if (search.found == null) {
            throw new CompilerBug("no operator for updates of " + view.array());
        }
        return search.found;
    }

    private static Place element(Place place) {
        return place instanceof Place.Component c ? element(c.value()) : place;
    }
}
