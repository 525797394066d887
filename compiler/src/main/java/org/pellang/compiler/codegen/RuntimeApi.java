package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;

/**
 * Every name of the runtime and the standard library that generated code uses. A test proves by reflection that each exists with this signature.
 */
public final class RuntimeApi {
    private RuntimeApi() {}

    private static final List<RuntimeMethod> METHODS = new ArrayList<>();

    private static final String RUNTIME = "org.pellang.runtime.";
    private static final String STDLIB = "org.pellang.stdlib.";

    public static final String PEL_PROGRAM = RUNTIME + "PelProgram";
    public static final String PROGRAM_INFO = RUNTIME + "ProgramInfo";
    public static final String OPTION_SPEC = RUNTIME + "OptionSpec";
    public static final String RANK = RUNTIME + "Rank";
    public static final String SITE = RUNTIME + "Site";
    public static final String PEL_TRAP = RUNTIME + "PelTrap";
    public static final String OP = RUNTIME + "Op";
    public static final String COMPLEX = RUNTIME + "value.Complex";
    public static final String VEC2 = RUNTIME + "value.Vec2";
    public static final String VEC3 = RUNTIME + "value.Vec3";
    public static final String VEC4 = RUNTIME + "value.Vec4";
    public static final String PEL_LIST = RUNTIME + "value.PelList";
    public static final String FN = RUNTIME + "value.Fn";
    public static final String CODEC = RUNTIME + "value.Codec";
    public static final String PEL_ARRAY = RUNTIME + "array.PelArray";
    public static final String DOMAIN = RUNTIME + "array.Domain";
    public static final String DIM_DIST = RUNTIME + "array.DimDist";
    public static final String ELEM_TYPE = RUNTIME + "array.ElemType";
    public static final String CHANNEL = RUNTIME + "loop.Channel";
    public static final String VALUE_COLLECTIVES = RUNTIME + "loop.ValueCollectives";
    public static final String FORMAT = STDLIB + "Format";
    public static final String TEXT = STDLIB + "Text";
    public static final String INTS = STDLIB + "IntFunctions";
    public static final String MATH = STDLIB + "MathFunctions";

    public static final RuntimeMethod FLOOR_DIV = method(INTS, "static long floorDiv(long, long)");
    public static final RuntimeMethod FLOOR_MOD = method(INTS, "static long floorMod(long, long)");
    public static final RuntimeMethod INT_POW = method(INTS, "static long pow(long, long)");
    public static final RuntimeMethod SHIFT_LEFT = method(INTS, "static long shiftLeft(long, long)");
    public static final RuntimeMethod SHIFT_RIGHT = method(INTS, "static long shiftRight(long, long)");
    public static final RuntimeMethod SHIFT_RIGHT_UNSIGNED = method(INTS, "static long shiftRightUnsigned(long, long)");
    public static final RuntimeMethod TO_INT = method(INTS, "static long toInt(double)");
    public static final RuntimeMethod TO_INT32 = method(INTS, "static long toInt32(long)");
    public static final RuntimeMethod TO_INT16 = method(INTS, "static long toInt16(long)");
    public static final RuntimeMethod TO_BYTE = method(INTS, "static long toByte(long)");
    public static final RuntimeMethod TO_FLOAT32 = method(INTS, "static float toFloat32(double)");
    public static final RuntimeMethod INT_CLAMP = method(INTS, "static long clamp(long, long, long)");
    public static final RuntimeMethod FLOAT_FLOOR_DIV = method(MATH, "static double floorDiv(double, double)");
    public static final RuntimeMethod FLOAT_FLOOR_MOD = method(MATH, "static double floorMod(double, double)");
    public static final RuntimeMethod FLOAT_POW = method(MATH, "static double pow(double, double)");
    public static final RuntimeMethod FLOAT_CLAMP = method(MATH, "static double clamp(double, double, double)");
    public static final RuntimeMethod TEXT_COMPARE = method(TEXT, "static int compare(String, String)");

    public static final RuntimeMethod DOMAIN_LOCAL = method(DOMAIN, "static Domain local(long[], long[])");
    public static final RuntimeMethod ELEM_OBJECT = method(ELEM_TYPE, "static ElemType object(Codec, Object)");
    public static final RuntimeMethod ARRAY_CREATE = method(PEL_ARRAY, "static PelArray create(Domain, ElemType)");
    public static final RuntimeMethod ARRAY_COPY = method(PEL_ARRAY, "PelArray copy()");
    public static final RuntimeMethod CONTENT_EQUALS = method(PEL_ARRAY, "boolean contentEquals(PelArray)");

    private static RuntimeMethod method(String owner, String signature) {
        RuntimeMethod method = RuntimeMethod.of(owner, signature);
        METHODS.add(method);
        return method;
    }

    /** All methods, for the contract test. */
    public static List<RuntimeMethod> methods() {
        return List.copyOf(METHODS);
    }
}
