package org.pellang.compiler.codegen;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;

/**
 * How a facade shows PEL's types: numbers, bools and strings as Java's, arrays of one axis as Java arrays, others as PelArray, lists and maps as those of Java, records and
 * tuples as records of the facade. Values go to the program and come back as the runtime's {@code embed.Exported} says.
 */
final class FacadeTypes {
    private static final List<String> PLACES = List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth");

    private final ClassName facade;
    private final Names names = new Names();
    private final Map<Type, String> records = new LinkedHashMap<>();

    FacadeTypes(ClassName facade) {
        this.facade = facade;
        names.reserve(facade.simpleName());
        JavaTypes.JAVA_LANG.forEach(names::reserve);
        RuntimeApi.simpleNames().forEach(names::reserve);
        List.of("List", "Map", "Kernel", "Ranks", "Containers", "JavaArrays", "PelMap").forEach(names::reserve);
    }

    TypeName of(Type type) {
        return switch (type) {
            case Type.Scalar s -> scalar(s);
            case Type.Array a when Exports.isJavaArray(a) -> ArrayTypeName.of(scalar((Type.Scalar) a.element()));
            case Type.Array _ -> runtime(RuntimeApi.PEL_ARRAY);
            case Type.ListOf l -> ParameterizedTypeName.get(runtime("java.util.List"), value(l.element()).box());
            case Type.MapOf m -> ParameterizedTypeName.get(runtime("java.util.Map"), value(m.key()).box(), value(m.value()).box());
            case Type.Tuple _, Type.Record _ -> facade.nestedClass(record(type));
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> throw new CompilerBug("exported " + type);
        };
    }

    /** As lists and maps hold them: storage types are widened. */
    private TypeName value(Type type) {
        return scalar((Type.Scalar) type.asValue());
    }

    private static TypeName scalar(Type.Scalar s) {
        return switch (s) {
            case INT -> TypeName.LONG;
            case INT32 -> TypeName.INT;
            case INT16 -> TypeName.SHORT;
            case BYTE -> TypeName.BYTE;
            case FLOAT -> TypeName.DOUBLE;
            case FLOAT32 -> TypeName.FLOAT;
            case BOOL -> TypeName.BOOLEAN;
            case STRING -> ClassName.get(String.class);
            case COMPLEX -> runtime(RuntimeApi.COMPLEX);
            case VEC2 -> runtime(RuntimeApi.VEC2);
            case VEC3 -> runtime(RuntimeApi.VEC3);
            case VEC4 -> runtime(RuntimeApi.VEC4);
            case VOID -> TypeName.VOID;
            case ERROR -> throw new CompilerBug("a type in error reached the code generator");
        };
    }

    static ClassName runtime(String qualified) {
        int dot = qualified.lastIndexOf('.');
        return ClassName.get(qualified.substring(0, dot), qualified.substring(dot + 1));
    }

    /** The name of the nested record that stands for a record or tuple: {@code IntFloat} for {@code (int, float)}. */
    private String record(Type type) {
        String known = records.get(type);
        if (known == null) {
            known = names.fresh(word(type));
            records.put(type, known);
        }
        return known;
    }

    private static String word(Type type) {
        return switch (type) {
            case Type.Scalar s -> Exports.capital(s.toString());
            case Type.Record r -> Exports.capital(Exports.camel(r.name()));
            case Type.Tuple t -> String.join("", t.elements().stream().map(FacadeTypes::word).toList());
            case Type.Array a -> word(a.element()) + (a.axes() == 1 ? "s" : "Array");
            case Type.ListOf l -> word(l.element()) + "List";
            case Type.MapOf m -> word(m.key()) + word(m.value()) + "Map";
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> throw new CompilerBug("exported " + type);
        };
    }

    private static List<String> components(Type type) {
        Names components = new Names();
        List<String> out = new ArrayList<>();
        int n = Column.components(type).size();
        for (int k = 0; k < n; k++) {
            String name = type instanceof Type.Record r ? JavaTypes.componentName(Exports.camel(r.fields().get(k).name()))
                    : k < PLACES.size() ? PLACES.get(k) : "element" + (k + 1);
            out.add(components.fresh(name));
        }
        return out;
    }

    /** A value of the facade as the program gets it. {@code value} is a name or a component of one. */
    CodeBlock toProgram(Type type, CodeBlock value) {
        return switch (type) {
            case Type.Scalar s -> switch (s) {
                case INT32, INT16 -> CodeBlock.of("(long) $L", value);
                case BYTE -> CodeBlock.of("$L & 0xffL", value);
                case INT, FLOAT, FLOAT32, BOOL, STRING, COMPLEX, VEC2, VEC3, VEC4, VOID, ERROR -> value;
            };
            case Type.Array a when Exports.isJavaArray(a) -> value;
            case Type.Array a -> CodeBlock.of("$T.$L($L, $T.$L, $L)", runtime(RuntimeApi.JAVA_ARRAYS), RuntimeApi.JAVA_CHECK.name(), value,
                    runtime(RuntimeApi.ELEM_TYPE), ((Type.Scalar) a.element()).name(), a.axes());
            case Type.ListOf _ -> container(RuntimeApi.LIST_OF_JAVA, value);
            case Type.MapOf _ -> container(RuntimeApi.MAP_OF_JAVA, value);
            case Type.Tuple _, Type.Record _ -> {
                List<String> names = components(type);
                List<CodeBlock> parts = new ArrayList<>();
                for (int k = 0; k < names.size(); k++) {
                    parts.add(toProgram(Column.components(type).get(k), CodeBlock.of("$L.$L()", value, names.get(k))));
                }
                yield CodeBlock.of("new $T[] {$L}", Object.class, CodeBlock.join(parts, ", "));
            }
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> throw new CompilerBug("exported " + type);
        };
    }

    /** What the program gives as a value of the facade. {@code object} is a name or an element of one. */
    CodeBlock fromProgram(Type type, CodeBlock object) {
        return switch (type) {
            case Type.Scalar s -> switch (s) {
                case INT32, INT16, BYTE -> CodeBlock.of("($T) (long) $L", of(type), object);
                case INT, FLOAT, FLOAT32, BOOL, STRING, COMPLEX, VEC2, VEC3, VEC4, VOID, ERROR -> CodeBlock.of("($T) $L", of(type), object);
            };
            case Type.Array _ -> CodeBlock.of("($T) $L", of(type), object);
            case Type.ListOf l -> container(RuntimeApi.LIST_FOR_JAVA, CodeBlock.of("($T) $L",
                    ParameterizedTypeName.get(runtime(RuntimeApi.PEL_LIST), value(l.element()).box()), object));
            case Type.MapOf m -> container(RuntimeApi.MAP_FOR_JAVA, CodeBlock.of("($T) $L",
                    ParameterizedTypeName.get(runtime(RuntimeApi.PEL_MAP), value(m.key()).box(), value(m.value()).box()), object));
            case Type.Tuple _, Type.Record _ -> {
                List<CodeBlock> parts = new ArrayList<>();
                for (int k = 0; k < Column.components(type).size(); k++) {
                    parts.add(fromProgram(Column.components(type).get(k), CodeBlock.of("(($T[]) $L)[$L]", Object.class, object, k)));
                }
                yield CodeBlock.of("new $T($L)", of(type), CodeBlock.join(parts, ", "));
            }
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> throw new CompilerBug("exported " + type);
        };
    }

    private static CodeBlock container(RuntimeMethod method, CodeBlock value) {
        return CodeBlock.of("$T.$L($L)", runtime(method.owner()), method.name(), value);
    }

    /** The records that have been named, and those that they need. */
    List<TypeSpec> records() {
        List<TypeSpec> specs = new ArrayList<>();
        for (int k = 0; k < records.size(); k++) {
            Type type = List.copyOf(records.keySet()).get(k);
            List<String> names = components(type);
            MethodSpec.Builder components = MethodSpec.constructorBuilder();
            for (int c = 0; c < names.size(); c++) {
                components.addParameter(ParameterSpec.builder(of(Column.components(type).get(c)), names.get(c)).build());
            }
            specs.add(TypeSpec.recordBuilder(record(type))
                    .addModifiers(Modifier.PUBLIC)
                    .addJavadoc("$L\n", "PEL's {@code " + type + "}.")
                    .recordConstructor(components.build())
                    .build());
        }
        return specs;
    }
}
