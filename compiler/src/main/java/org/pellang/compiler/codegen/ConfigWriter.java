package org.pellang.compiler.codegen;

import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;

/** Writes {@code config} declarations: the value comes from the command line, else from the default, which is evaluated only then. */
final class ConfigWriter {
    private final ExpressionWriter writer;

    ConfigWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    void declare(TStmt.Declare d, JavaBody out) {
        out.at(d.span());
        JavaUnit unit = writer.scope().unit();
        String field = unit.globals().name(d.variable());
        String options = writer.scope().rank() + ".options()";
        String name = JavaLiteral.string(d.variable().name());
        out.open("if (" + options + ".has(" + name + ")) {");
        String rounded = d.variable().type() == Type.Scalar.FLOAT32 ? "(float) " : "";
        out.line(field + " = " + rounded + options + "." + getter(d.variable().type()) + "(" + name + ");");
        out.between("} else {");
        out.line(field + " = " + writer.value(d.value(), out) + ";");
        out.close();
    }

    private static String getter(Type type) {
        return switch (kind(type)) {
            case "INT", "INT32", "INT16", "BYTE" -> "intValue";
            case "FLOAT", "FLOAT32" -> "floatValue";
            case "BOOL" -> "boolValue";
            default -> "stringValue";
        };
    }

    private static String kind(Type type) {
        return switch ((Type.Scalar) type) {
            case INT, INT32, INT16, BYTE, FLOAT, FLOAT32, BOOL, STRING -> ((Type.Scalar) type).name();
            case COMPLEX, VEC2, VEC3, VEC4, VOID, ERROR ->
                throw new CompilerBug("config of type " + type);
        };
    }

    /** The description of an option. */
    static String spec(JavaUnit unit, TypedProgram.Config config) {
        String spec = unit.use(RuntimeApi.OPTION_SPEC);
        return "new " + spec + "("
                + JavaLiteral.string(config.variable().name()) + ", "
                + spec + ".Kind." + kind(config.variable().type()) + ", "
                + JavaLiteral.string(config.defaultText()) + ", "
                + JavaLiteral.string(config.doc() == null ? "" : config.doc()) + ")";
    }
}
