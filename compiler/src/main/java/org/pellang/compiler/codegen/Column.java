package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;

/**
 * One flat storage column of an array: every scalar leaf of the element type has one; elements with a leaf that is no scalar (strings,
 * lists, arrays) have a single column of objects.
 *
 * @param leaf storage type of the leaf: a number type or BOOL, or the whole element type if it is a column of objects
 */
public record Column(Type leaf) {

    /** The columns of arrays with this element type, in the order of the runtime. */
    public static List<Column> of(Type element) {
        List<Column> leaves = new ArrayList<>();
        return flatten(element, leaves) ? List.copyOf(leaves) : List.of(new Column(element));
    }

    /** Whether it holds objects. */
    public boolean isObject() {
        return !(leaf instanceof Type.Scalar s && isPrimitive(s));
    }

    /** The runtime's method that gives the column: {@code f64 i64 i32 i16 i8 f32 bool obj}. */
    public String accessor() {
        return !(leaf instanceof Type.Scalar s)
                ? "obj"
                : switch (s) {
                    case FLOAT -> "f64";
                    case INT -> "i64";
                    case INT32 -> "i32";
                    case INT16 -> "i16";
                    case BYTE -> "i8";
                    case FLOAT32 -> "f32";
                    case BOOL -> "bool";
                    case STRING, COMPLEX, VEC2, VEC3, VEC4 -> "obj";
                    case VOID, ERROR -> throw new CompilerBug("no array of " + s);
                };
    }

    /** Java type of its elements. */
    public String javaType() {
        return switch (accessor()) {
            case "f64" -> "double";
            case "i64" -> "long";
            case "i32" -> "int";
            case "i16" -> "short";
            case "i8" -> "byte";
            case "f32" -> "float";
            case "bool" -> "boolean";
            default -> "Object";
        };
    }

    /** The element {@code column[at]} as a value (storage integers widened to long, byte unsigned). */
    public JavaExpr load(String column, String at) {
        JavaExpr raw = JavaExpr.primary(column + "[" + at + "]");
        return switch (accessor()) {
            case "i32", "i16" -> JavaExpr.prefix("(long) ", raw);
            case "i8" -> new JavaExpr(raw + " & 0xffL", JavaExpr.BIT_AND, false);
            default -> raw;
        };
    }

    /** The statement that stores a value (already in range) in {@code column[at]}. */
    public String store(String column, String at, JavaExpr value) {
        String cast = switch (accessor()) {
            case "i32" -> "(int) " + value.at(JavaExpr.UNARY);
            case "i16" -> "(short) " + value.at(JavaExpr.UNARY);
            case "i8" -> "(byte) " + value.at(JavaExpr.UNARY);
            default -> value.text();
        };
        return column + "[" + at + "] = " + cast + ";";
    }

    /** Number of columns that a value of this type takes within a flattened element. */
    public static int width(Type type) {
        List<Column> leaves = new ArrayList<>();
        return flatten(type, leaves) ? leaves.size() : 1;
    }

    /** The types of the components of a tuple, record, vec or complex; empty for others. */
    public static List<Type> components(Type type) {
        return switch (type) {
            case Type.Tuple t -> t.elements();
            case Type.Record r -> r.fields().stream().map(Type.Field::type).toList();
            case Type.Scalar s -> Collections.nCopies(
                    switch (s) {
                        case COMPLEX, VEC2 -> 2;
                        case VEC3 -> 3;
                        case VEC4 -> 4;
                        case INT, FLOAT, BOOL, STRING, INT32, INT16, BYTE, FLOAT32, VOID, ERROR -> 0;
                    },
                    Type.Scalar.FLOAT);
            case Type.Array _, Type.ListOf _, Type.MapOf _, Type.Function _, Type.Domain _ -> List.of();
            case Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> List.of();
        };
    }

    private static boolean isPrimitive(Type.Scalar s) {
        return s != Type.Scalar.STRING && components(s).isEmpty() && s != Type.Scalar.VOID && s != Type.Scalar.ERROR;
    }

    private static boolean flatten(Type type, List<Column> leaves) {
        if (type instanceof Type.Scalar s && isPrimitive(s)) {
            leaves.add(new Column(type));
            return true;
        }
        List<Type> components = components(type);
        return !components.isEmpty() && components.stream().allMatch(c -> flatten(c, leaves));
    }
}
