package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;

/** Java's side of PEL's types: class names, element types, codecs, zeros, components. Nested records are made at first use. */
public final class JavaTypes {
    /** Names that a component of a Java record must not have. */
    private static final Set<String> NOT_FOR_COMPONENTS = Set.of(
            "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait", "same", "equals");

    /** Simple names that generated text uses without an import. */
    static final Set<String> JAVA_LANG = Set.of(
            "Object", "String", "Long", "Double", "Float", "Boolean", "Integer", "Math", "Override", "Throwable",
            "IndexOutOfBoundsException", "StackOverflowError", "NegativeArraySizeException", "Record");

    private final JavaUnit unit;
    private final Map<Type, String> records = new HashMap<>();

    JavaTypes(JavaUnit unit) {
        this.unit = unit;
    }

    /** The Java type of a value. */
    public String of(Type type) {
        return switch (type) {
            case Type.Scalar s -> scalar(s);
            case Type.Tuple _, Type.Record _ -> recordName(type);
            case Type.Array _ -> unit.use(RuntimeApi.PEL_ARRAY);
            case Type.ListOf l -> unit.use(RuntimeApi.PEL_LIST) + "<" + boxed(l.element()) + ">";
            case Type.Function _ -> unit.use(RuntimeApi.FN);
            case Type.Domain _ -> unit.use(RuntimeApi.DOMAIN);
            case Type.Channel _ -> unit.use(RuntimeApi.CHANNEL) + "<Object>";
            case Type.Future _ -> unit.use(ExplicitApi.TASK);
            case Type.Request _ -> unit.use(ExplicitApi.PENDING);
            case Type.Team _ -> unit.use(ExplicitApi.TEAM);
            case Type.MapOf m -> unit.use(RuntimeApi.PEL_MAP) + "<" + boxed(m.key()) + ", " + boxed(m.value()) + ">";
        };
    }

    private String scalar(Type.Scalar s) {
        return switch (s) {
            case INT, INT32, INT16, BYTE -> "long";
            case FLOAT -> "double";
            case FLOAT32 -> "float";
            case BOOL -> "boolean";
            case STRING -> "String";
            case COMPLEX -> unit.use(RuntimeApi.COMPLEX);
            case VEC2 -> unit.use(RuntimeApi.VEC2);
            case VEC3 -> unit.use(RuntimeApi.VEC3);
            case VEC4 -> unit.use(RuntimeApi.VEC4);
            case VOID -> "void";
            case ERROR -> throw new CompilerBug("a type in error reached the code generator");
        };
    }

    /** The Java class of a boxed value. */
    public String boxed(Type type) {
        return switch (of(type)) {
            case "long" -> "Long";
            case "double" -> "Double";
            case "float" -> "Float";
            case "boolean" -> "Boolean";
            case "void" -> "Object";
            case String other -> other;
        };
    }

    /** A boxed value (static type Object) as a value of the type. */
    public JavaExpr unbox(Type type, JavaExpr object) {
        return JavaExpr.prefix("(" + of(type) + ") ", object);
    }

    /** Whether values are references to contents that can change: they are copied where a value is kept. */
    public static boolean isMutable(Type type) {
        return switch (type) {
            case Type.Array _, Type.ListOf _, Type.MapOf _ -> true;
            case Type.Tuple _, Type.Record _ -> Column.components(type).stream().anyMatch(JavaTypes::isMutable);
            case Type.Scalar _, Type.Function _, Type.Domain _, Type.Channel _, Type.Future _ -> false;
            case Type.Request _, Type.Team _ -> false;
        };
    }

    /** The value that variables of this type have without an initialiser. */
    public JavaExpr zero(Type type) {
        return switch (type) {
            case Type.Scalar s ->
                switch (s) {
                    case INT, INT32, INT16, BYTE -> JavaLiteral.of(0L);
                    case FLOAT -> JavaLiteral.of(0.0);
                    case FLOAT32 -> JavaLiteral.of(0.0f);
                    case BOOL -> JavaLiteral.of(false);
                    case STRING -> JavaExpr.stable("\"\"");
                    case COMPLEX, VEC2, VEC3, VEC4 -> JavaExpr.stable(scalar(s) + ".ZERO");
                    case VOID, ERROR -> throw new CompilerBug("no zero of " + s);
                };
            case Type.Tuple t -> construct(type, t.elements().stream().map(this::zero).toList());
            case Type.Record r -> construct(type, r.fields().stream().map(this::zero).toList());
            case Type.ListOf l -> JavaExpr.primary("new " + unit.use(RuntimeApi.PEL_LIST) + "<" + boxed(l.element()) + ">()");
            case Type.Array a -> {
                String zeros = "new long[" + a.axes() + "]";
                String last = "new long[] {" + String.join(", ", java.util.Collections.nCopies(a.axes(), "-1")) + "}";
                yield RuntimeApi.ARRAY_CREATE.call(
                        unit,
                        RuntimeApi.DOMAIN_LOCAL.call(unit, JavaExpr.primary(zeros), JavaExpr.primary(last)),
                        elemType(a.element()));
            }
            case Type.MapOf m -> JavaExpr.primary("new " + unit.use(RuntimeApi.PEL_MAP) + "<" + boxed(m.key()) + ", " + boxed(m.value()) + ">()");
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _ -> throw new CompilerBug("no zero of " + type);
            case Type.Request _, Type.Team _ -> throw new CompilerBug("no zero of " + type);
        };
    }

    private JavaExpr zero(Type.Field f) {
        if (!(f.type() instanceof Type.Array a) || f.extents().isEmpty()) {
            return zero(f.type());
        }
        String zeros = "new long[" + a.axes() + "]";
        String last = f.extents().stream().map(n -> (n - 1) + "L").collect(Collectors.joining(", ", "new long[] {", "}"));
        return RuntimeApi.ARRAY_CREATE.call(
                unit, RuntimeApi.DOMAIN_LOCAL.call(unit, JavaExpr.primary(zeros), JavaExpr.primary(last)), elemType(a.element()));
    }

    /** A value from its components: tuple, record, vec or complex. */
    public JavaExpr construct(Type type, List<JavaExpr> components) {
        String arguments = components.stream().map(JavaExpr::text).collect(Collectors.joining(", "));
        boolean stable = components.stream().allMatch(JavaExpr::stable);
        return new JavaExpr("new " + of(type) + "(" + arguments + ")", JavaExpr.PRIMARY, stable);
    }

    /** Component {@code index} of a tuple, record, vec or complex value. */
    public JavaExpr component(Type type, JavaExpr value, int index) {
        return new JavaExpr(
                value.receiver() + "." + componentNames(type).get(index) + "()", JavaExpr.PRIMARY, value.stable());
    }

    /** Java names of the components. */
    public List<String> componentNames(Type type) {
        return switch (type) {
            case Type.Tuple t ->
                IntStream.range(0, t.elements().size()).mapToObj(k -> "e" + k).toList();
            case Type.Record r -> r.fields().stream().map(f -> componentName(f.name())).toList();
            case Type.Scalar s when s == Type.Scalar.COMPLEX -> List.of("re", "im");
            default -> List.of("x", "y", "z", "w").subList(0, Column.components(type).size());
        };
    }

    static String componentName(String field) {
        boolean forbidden = NOT_FOR_COMPONENTS.contains(field)
                || javax.lang.model.SourceVersion.isKeyword(field)
                || field.equals("_");
        return forbidden ? field + "_" : field;
    }

    /** The runtime's description of an array element: a constant. */
    public JavaExpr elemType(Type element) {
        String elem = unit.use(RuntimeApi.ELEM_TYPE);
        String codec = unit.use(RuntimeApi.CODEC);
        return switch (element) {
            case Type.Scalar s -> JavaExpr.stable(elem + "." + s.name());
            case Type.Tuple _, Type.Record _ -> {
                String record = recordName(element);
                String fields = element instanceof Type.Record r
                        ? r.fields().stream().map(f -> ", " + elemType(f)).collect(Collectors.joining())
                        : Column.components(element).stream().map(c -> ", " + elemType(c)).collect(Collectors.joining());
                yield constant(elem, "ELEM_" + record, elem + ".struct(" + record + ".class" + fields + ")");
            }
            case Type.ListOf l ->
                objects(elem, codec + ".list(" + codec(l.element()) + ")", element);
            case Type.Array a -> objects(elem, codec + ".array(" + elemType(a.element()) + ")", element);
            case Type.MapOf m -> objects(elem, codec + ".map(" + codec(m.key()) + ", " + codec(m.value()) + ")", element);
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _ -> throw new CompilerBug("no array of " + element);
            case Type.Request _, Type.Team _ -> throw new CompilerBug("no array of " + element);
        };
    }

    /** A field: an array with declared extents is zeros, not empty. */
    private JavaExpr elemType(Type.Field f) {
        if (!(f.type() instanceof Type.Array a) || f.extents().isEmpty()) {
            return elemType(f.type());
        }
        return objects(unit.use(RuntimeApi.ELEM_TYPE), unit.use(RuntimeApi.CODEC) + ".array(" + elemType(a.element()) + ")", zero(f));
    }

    private JavaExpr objects(String elem, String codec, Type element) {
        return objects(elem, codec, zero(element));
    }

    private JavaExpr objects(String elem, String codec, JavaExpr zero) {
        return constant(elem, "ELEM_OBJECT", elem + ".object(" + codec + ", " + zero + ")");
    }

    private JavaExpr constant(String type, String hint, String initialiser) {
        return JavaExpr.stable(unit.constant(type, hint, initialiser));
    }

    /** The runtime's codec for boxed values of a type. */
    public JavaExpr codec(Type type) {
        return JavaExpr.stable(elemType(type) + ".codec()");
    }

    /** The nested Java record of a tuple or record type. */
    public String recordName(Type type) {
        String known = records.get(type);
        if (known != null) {
            return known;
        }
        List<Type> components = Column.components(type);
        List<String> names = componentNames(type);
        List<String> declared = new ArrayList<>();
        for (int k = 0; k < components.size(); k++) {
            declared.add(of(components.get(k)) + " " + names.get(k));
        }
        // The underscore is dropped where the value is shown.
        String name = type instanceof Type.Record r
                ? unit.names().fresh(unit.names().isFree(r.name()) ? r.name() : r.name() + "_")
                : unit.names().fresh("Tuple" + components.stream().map(JavaTypes::word).collect(Collectors.joining()));
        records.put(type, name);
        Operators operators = new Operators(unit);
        unit.record(name, declared, operators.sameBody(type), operators.copyBody(type, name));
        return name;
    }

    private static String word(Type type) {
        return switch (type) {
            case Type.Scalar s -> s.name().charAt(0) + s.toString().substring(1);
            case Type.Tuple t -> "Tuple" + t.elements().size();
            case Type.Record r -> r.name();
            case Type.Array _ -> "Array";
            case Type.ListOf _ -> "List";
            case Type.Domain _ -> "Domain";
            case Type.Function _ -> "Fn";
            case Type.MapOf _ -> "Map";
            case Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> "Other";
        };
    }
}
