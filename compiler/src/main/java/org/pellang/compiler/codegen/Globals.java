package org.pellang.compiler.codegen;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/** Top-level variables: instance fields, except {@code let}s with a constant value, which are Java constants. */
final class Globals {
    private final Map<Var, String> fields = new LinkedHashMap<>();
    private final Map<Var, JavaExpr> constants = new HashMap<>();

    Globals(TypedProgram program, JavaUnit unit) {
        for (TStmt s : program.body()) {
            switch (s) {
                case TStmt.Declare d -> declare(d.variable(), d.value(), unit);
                case TStmt.DeclareTuple t -> t.variables().forEach(v -> fields.put(v, unit.names().fresh(v.name())));
                default -> {}
            }
        }
    }

    private void declare(Var v, TExpr value, JavaUnit unit) {
        JavaExpr constant = v.kind() == Var.Kind.GLOBAL_LET ? constant(value, unit) : null;
        if (constant == null) {
            fields.put(v, unit.names().fresh(v.name()));
        } else {
            constants.put(v, JavaExpr.stable(unit.constant(unit.types().of(v.type()), v.name(), constant.text())));
        }
    }

    /** The Java constant of an int, float or bool literal, converted or negated perhaps; null for everything else. */
    static @Nullable JavaExpr constant(TExpr e, JavaUnit unit) {
        Operators operators = new Operators(unit);
        return switch (e) {
            case TExpr.Constant c when c.type() != Type.Scalar.STRING -> JavaLiteral.of(c);
            case TExpr.Unary u -> {
                JavaExpr operand = constant(u.operand(), unit);
                yield operand == null ? null : operators.unary(u.op(), u.type(), operand);
            }
            case TExpr.Convert c when c.target() == Type.Scalar.FLOAT -> {
                JavaExpr value = constant(c.value(), unit);
                yield value == null ? null : operators.convert(c.value().type(), c.target(), value);
            }
            default -> null;
        };
    }

    /** The Java name. */
    JavaExpr read(Var v, String self) {
        JavaExpr constant = constants.get(v);
        if (constant != null) {
            return constant;
        }
        String text = self + name(v);
        if (v.kind() == Var.Kind.SHARED) {
            return JavaExpr.stable(text + ".array()");
        }
        boolean fixed = v.kind() != Var.Kind.GLOBAL_VAR || v.type() instanceof Type.Array;
        return fixed ? JavaExpr.stable(text) : JavaExpr.primary(text);
    }

    /** The Java type of its field. */
    static String type(Var v, JavaUnit unit) {
        return v.kind() == Var.Kind.SHARED ? unit.use(ExplicitApi.SHARED_ARRAY) : unit.types().of(v.type());
    }

    String name(Var v) {
        String name = fields.get(v);
        if (name == null) {
            throw new CompilerBug("no field for " + v);
        }
        return name;
    }

    boolean isConstant(Var v) {
        return constants.containsKey(v);
    }

    /** The variables with fields, in order of declaration. */
    Set<Var> withFields() {
        return fields.keySet();
    }

    Set<Var> constants() {
        return new HashSet<>(constants.keySet());
    }
}
