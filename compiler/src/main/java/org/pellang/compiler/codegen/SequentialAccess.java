package org.pellang.compiler.codegen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Variables and elements in uniform and in local sequential code: Java locals, fields of the program, checked element accesses. */
public final class SequentialAccess implements Access {
    private final JavaUnit unit;
    private final Names names;
    private final String self;
    private final Map<Var, JavaExpr> locals = new HashMap<>();

    /**
     * @param names local names of the method
     * @param self empty, or {@code "self."} in static methods that get the program as a parameter
     */
    public SequentialAccess(JavaUnit unit, Names names, String self) {
        this.unit = unit;
        this.names = names;
        this.self = self;
    }

    /** Gives a variable its Java text, for instance that of a parameter. */
    public void bind(Var variable, JavaExpr text) {
        locals.put(variable, text);
    }

    /** Whether this method knows the variable as a local. */
    public boolean isLocal(Var variable) {
        return locals.containsKey(variable);
    }

    @Override
    public JavaExpr read(Var variable) {
        JavaExpr local = locals.get(variable);
        if (local != null) {
            return local;
        }
        if (!variable.kind().global()) {
            throw new CompilerBug("no Java variable for " + variable);
        }
        return unit.globals().read(variable, self);
    }

    @Override
    public Target variable(Var variable, Scope scope) {
        JavaExpr text = read(variable);
        if (variable.type() instanceof Type.Array) {
            return new Targets.Array(variable.type(), text);
        }
        if (variable.type() instanceof Type.ListOf && variable.kind() == Var.Kind.MUT_PARAM) {
            return new Targets.SharedList(variable.type(), text);
        }
        if (variable.type() instanceof Type.MapOf && variable.kind() == Var.Kind.MUT_PARAM) {
            return new Targets.SharedMap(variable.type(), text);
        }
        return new Targets.Variable(scope, variable.type(), text.text());
    }

    @Override
    public Target element(
            Var array, List<TExpr> subscripts, Span span, boolean written, ExpressionWriter writer, JavaBody out) {
        return writer.elementOf(array.type(), read(array), subscripts, span, written, out);
    }

    /** The owner has the element, so that all ranks get it, change what they got and store it. */
    @Override
    public boolean isOuterElement(TExpr.Element element) {
        return element.array().type() instanceof Type.Array a && !a.distribution().isLocal()
                || element.array().type() instanceof Type.MapOf m && m.distributed();
    }

    @Override
    public void declare(Var variable, JavaExpr value, JavaBody out) {
        String name = names.fresh(variable.name());
        if (unit.isBuffer(variable)) {
            String type = unit.types().of(variable.type());
            String erased = type.contains("<") ? type.substring(0, type.indexOf('<')) : type;
            out.line("final " + erased + "[] " + name + " = {" + value + "};");
            locals.put(variable, JavaExpr.primary(name + "[0]"));
            return;
        }
        boolean fixed = variable.kind() != Var.Kind.VAR || variable.type() instanceof Type.Array;
        out.line((fixed ? "final " : "") + unit.types().of(variable.type()) + " " + name + " = " + value + ";");
        locals.put(variable, fixed ? JavaExpr.stable(name) : JavaExpr.primary(name));
    }

    @Override
    public void openLoop(Var index, CountedRange range, JavaBody out) {
        String name = names.fresh(index.name());
        locals.put(index, JavaExpr.stable(name));
        out.open(range.head(name));
    }
}
