package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Item;

/** {@code test "name" ranks 1, 2 { .. }}. */
final class TestBlocks {
    private static final List<Integer> USUAL = List.of(1, 2, 4);
    private static final int MOST_RANKS = 1 << 16;

    private final Session s;

    TestBlocks(Session session) {
        this.s = session;
    }

    /** Checks a test. */
    void check(Item.Test test, Map<String, Item.Test> seen, List<TypedProgram.TTest> out) {
        Item.Test before = seen.putIfAbsent(test.name(), test);
        if (before != null) {
            s.report(Diagnostic.error("PEL0102", test.span(), "there are two tests \"" + test.name() + "\"")
                    .label(before.span(), "the first one"));
        }
        Scope scope = Scope.of(new Frame(Frame.Kind.TEST, null, null, s.globals.declared()));
        List<Integer> ranks = new ArrayList<>();
        test.ranks().forEach(r -> rank(r, scope, ranks));
        TStmt.TBlock body = s.statements.block(test.body(), scope);
        out.add(new TypedProgram.TTest(
                test.span(), test.name(), ranks.isEmpty() ? USUAL : List.copyOf(ranks), body));
    }

    private void rank(Expr e, Scope scope, List<Integer> ranks) {
        TExpr r = s.coercion.to(s.expressions.value(e, scope, Scalar.INT), Scalar.INT, "a number of ranks");
        if (r.type().isError()) {
            return;
        }
        Long value = s.folding.intValue(r);
        if (value == null) {
            s.report(Diagnostic.error("PEL0224", e.span(), "the numbers of ranks of a test are constants").under("not known while compiling"));
        } else if (value < 1 || value > MOST_RANKS) {
            s.report(Diagnostic.error("PEL0206", e.span(), "a test runs on 1 or more ranks").under("this is " + value));
        } else {
            ranks.add(value.intValue());
        }
    }
}
