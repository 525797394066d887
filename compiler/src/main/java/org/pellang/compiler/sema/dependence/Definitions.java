package org.pellang.compiler.sema.dependence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/**
 * What immutable names stand for: {@code let} and {@code domain} by their value, arrays by their domain. Only definitions that
 * mean the same at every later place are kept (they read immutable names only).
 */
final class Definitions {
    private final Map<Var, TExpr> found = new HashMap<>();

    static Map<Var, TExpr> of(TypedProgram program) {
        Definitions definitions = new Definitions();
        definitions.statements(program.body());
        program.functions().forEach(f -> definitions.statements(f.body().statements()));
        program.tests().forEach(t -> definitions.statements(t.body().statements()));
        new FromZero(program, definitions.found).add();
        return definitions.found;
    }

    private void statements(List<TStmt> statements) {
        statements.forEach(this::statement);
    }

    private void statement(TStmt statement) {
        switch (statement) {
            case TStmt.Declare d -> declare(d);
            case TStmt.Forall f -> statements(f.body().statements());
            case TStmt.For f -> statements(f.body().statements());
            case TStmt.While w -> statements(w.body().statements());
            case TStmt.Checkpointed c -> statement(c.loop());
            case TStmt.If i -> {
                statements(i.then().statements());
                if (i.otherwise() != null) {
                    statements(i.otherwise().statements());
                }
            }
            case TStmt.On o -> statements(o.body().statements());
            case TStmt.Epoch e -> statements(e.body().statements());
            case TStmt.Sync s -> statements(s.body().statements());
            case TStmt.RemoteStore _, TStmt.DeclareTuple _, TStmt.Assign _, TStmt.Update _, TStmt.MultiAssign _, TStmt.Swap _, TStmt.Do _,
                    TStmt.Break _, TStmt.Continue _, TStmt.Return _, TStmt.Assert _ -> {}
        }
    }

    private void declare(TStmt.Declare declare) {
        Var v = declare.variable();
        boolean immutable = v.kind() == Var.Kind.GLOBAL_LET || v.kind() == Var.Kind.LET || v.kind() == Var.Kind.DOMAIN;
        if (declare.value() instanceof TExpr.ArrayFill fill) {
            if (stable(fill.domain())) {
                found.put(v, fill.domain());
            }
        } else if (immutable && stable(declare.value())) {
            found.put(v, declare.value());
        }
    }

    /** Whether an integer, condition or domain expression reads immutable names only. */
    static boolean stable(TExpr e) {
        Set<Var> changing = new HashSet<>();
        return stable(e, changing) && changing.isEmpty();
    }

    /** The same, numbers that may change aside, which are added to {@code changing}. */
    static boolean stable(TExpr e, Set<Var> changing) {
        return switch (e) {
            case TExpr.Constant _ -> true;
            case TExpr.Read r -> switch (r.variable().kind()) {
                case GLOBAL_LET, CONFIG, DOMAIN, LET, PARAM, FOR_INDEX, FORALL_INDEX, COMPREHENSION_LET -> true;
                case GLOBAL_VAR, VAR -> {
                    changing.add(r.variable());
                    yield r.variable().type() == Type.Scalar.INT;
                }
                case SHARED, MUT_PARAM, CHANNEL -> false;
            };
            case TExpr.Unary u -> stable(u.operand(), changing);
            case TExpr.Binary b -> stable(b.left(), changing) && stable(b.right(), changing);
            case TExpr.Compare c -> stable(c.left(), changing) && stable(c.right(), changing);
            case TExpr.Logical l -> stable(l.left(), changing) && stable(l.right(), changing);
            case TExpr.Conditional c -> stable(c.condition(), changing) && stable(c.then(), changing) && stable(c.otherwise(), changing);
            case TExpr.Convert c -> stable(c.value(), changing);
            case TExpr.Range r -> stable(r.low(), changing) && stable(r.high(), changing) && (r.step() == null || stable(r.step(), changing));
            case TExpr.DomainNew d -> d.axes().stream().allMatch(x -> stable(x, changing));
            case TExpr.IntrinsicCall c -> switch (c.intrinsic()) {
                case INNER, FROM, AXIS, STRIDE -> c.arguments().stream().allMatch(x -> stable(x, changing));
                case DOMAIN_OF -> c.arguments().get(0) instanceof TExpr.Read;
                case LEN -> c.arguments().get(0) instanceof TExpr.Read r && r.type() instanceof Type.Array;
                case SIZE -> true;
                case MIN, MAX, ABS, CLAMP -> c.arguments().stream().allMatch(x -> stable(x, changing));
                default -> false;
            };
            case TExpr.Slice s -> stable(s.array(), changing)
                    && s.subscripts().stream()
                            .allMatch(x -> (x.index() == null || stable(x.index(), changing)) && (x.range() == null || stable(x.range(), changing)));
            default -> false;
        };
    }
}
