package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pellang.compiler.sema.flow.CountDependence;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/**
 * The results of tests, by which runs on different numbers of ranks are compared: the values at the end of a test of its own variables and of the top-level ones
 * that it uses, as far as they do not depend on the number of ranks. Their text tells each bit (but not those of a nan).
 */
public final class TestResults {
    /** Stands in front of each result in the output of a test. */
    public static final String MARK = "\u0001";

    private TestResults() {}

    /** The program with tests that print their results at the end: for each variable {@code MARK name = value}. */
    public static TypedProgram printed(TypedProgram p) {
        Set<Var> dependent = CountDependence.variables(p);
        List<Var> global = declared(p.body());
        List<TypedProgram.TTest> tests = p.tests().stream().map(t -> {
            Set<Var> all = new LinkedHashSet<>(global);
            all.retainAll(CountDependence.mentioned(p, t.body().statements()));
            all.addAll(declared(t.body().statements()));
            List<TStmt> statements = new ArrayList<>(t.body().statements());
            all.stream().filter(v -> !dependent.contains(v)).forEach(v -> statements.add(print(v)));
            return new TypedProgram.TTest(t.span(), t.name(), t.ranks(), new TStmt.TBlock(t.body().span(), List.copyOf(statements)));
        }).toList();
        return new TypedProgram(p.file(), p.modules(), p.doc(), p.configs(), p.records(), p.functions(), p.body(), tests, p.exports());
    }

    /** The variables that stand in the program by name and have a text. */
    private static List<Var> declared(List<TStmt> statements) {
        List<Var> all = new ArrayList<>();
        for (TStmt s : statements) {
            switch (s) {
                case TStmt.Declare d -> all.add(d.variable());
                case TStmt.DeclareTuple d -> all.addAll(d.variables());
                default -> {}
            }
        }
        all.removeIf(v -> !shown(v));
        return all;
    }

    private static boolean shown(Var v) {
        boolean kind = switch (v.kind()) {
            case GLOBAL_LET, GLOBAL_VAR, LET, VAR -> true;
            case CONFIG, DOMAIN, CHANNEL, SHARED, PARAM, MUT_PARAM, FORALL_INDEX, FOR_INDEX, COMPREHENSION_LET -> false;
        };
        return kind && Texts.hasText(v.type()) && v.span().text().equals(v.name());
    }

    private static TStmt print(Var v) {
        TExpr text = new TExpr.Interpolation(v.span(), Scalar.STRING, List.of(
                new TExpr.Part(MARK + v.name() + " = ", null, null),
                new TExpr.Part(null, new TExpr.Read(v.span(), v.type().asValue(), v), null)));
        return new TStmt.Do(v.span(), new TExpr.IntrinsicCall(v.span(), Scalar.VOID, Intrinsic.PRINT, List.of(text)));
    }
}
