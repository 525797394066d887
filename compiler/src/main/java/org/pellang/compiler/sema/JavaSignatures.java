package org.pellang.compiler.sema;

import java.lang.classfile.MethodModel;
import java.util.stream.Collectors;
import org.pellang.compiler.sema.type.Type;

/** Which Java types stand for which types of PEL in {@code extern java}. */
final class JavaSignatures {
    private static final String VALUE = "Lorg/pellang/runtime/value/";
    private static final String ARRAY = "Lorg/pellang/runtime/array/PelArray;";

    private JavaSignatures() {}

    /** Whether a value of the type goes into, or comes out of, a Java parameter with this descriptor. */
    static boolean fits(String descriptor, Type type) {
        return switch (type) {
            case Type.Scalar s -> scalar(s).equals(descriptor);
            case Type.Array a -> a.distribution().isLocal()
                    && (descriptor.equals(ARRAY) || a.element() instanceof Type.Scalar s && isPlain(s) && descriptor.equals("[" + scalar(s)));
            case Type.ListOf _ -> descriptor.equals(VALUE + "PelList;");
            case Type.MapOf _ -> descriptor.equals(VALUE + "PelMap;");
            case Type.Function _ -> descriptor.equals(VALUE + "Fn;");
            case Type.Domain _ -> descriptor.equals("Lorg/pellang/runtime/array/Domain;");
            case Type.Tuple _, Type.Record _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> false;
        };
    }

    private static boolean isPlain(Type.Scalar s) {
        return s != Type.Scalar.COMPLEX && !s.isVector();
    }

    private static String scalar(Type.Scalar s) {
        return switch (s) {
            case INT -> "J";
            case INT32 -> "I";
            case INT16 -> "S";
            case BYTE -> "B";
            case FLOAT -> "D";
            case FLOAT32 -> "F";
            case BOOL -> "Z";
            case STRING -> "Ljava/lang/String;";
            case COMPLEX -> VALUE + "Complex;";
            case VEC2 -> VALUE + "Vec2;";
            case VEC3 -> VALUE + "Vec3;";
            case VEC4 -> VALUE + "Vec4;";
            case VOID -> "V";
            case ERROR -> "";
        };
    }

    /** {@code double hypot(double, double)}. */
    static String show(MethodModel m) {
        String params = m.methodTypeSymbol().parameterList().stream().map(c -> c.displayName()).collect(Collectors.joining(", "));
        return m.methodTypeSymbol().returnType().displayName() + " " + m.methodName().stringValue() + "(" + params + ")";
    }
}
