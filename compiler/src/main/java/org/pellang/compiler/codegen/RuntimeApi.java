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
    public static final String EXPORTED = RUNTIME + "embed.Exported";
    public static final String KERNEL = RUNTIME + "embed.Kernel";
    public static final String RANKS = RUNTIME + "embed.Ranks";
    public static final String CONTAINERS = RUNTIME + "embed.Containers";
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
    public static final String PEL_MAP = RUNTIME + "value.PelMap";
    public static final String MAPS = RUNTIME + "loop.Maps";
    public static final String JAVA_ARRAYS = RUNTIME + "array.JavaArrays";
    public static final String FN = RUNTIME + "value.Fn";
    public static final String CODEC = RUNTIME + "value.Codec";
    public static final String PEL_ARRAY = RUNTIME + "array.PelArray";
    public static final String DOMAIN = RUNTIME + "array.Domain";
    public static final String REDISTRIBUTION = RUNTIME + "loop.Redistribution";
    public static final String SHUFFLE = RUNTIME + "array.Shuffle";
    public static final String DIM_DIST = RUNTIME + "array.DimDist";
    public static final String ELEM_TYPE = RUNTIME + "array.ElemType";
    public static final String CHANNEL = RUNTIME + "loop.Channel";
    public static final String VALUE_COLLECTIVES = RUNTIME + "loop.ValueCollectives";
    public static final String VALUE_OPERATORS = RUNTIME + "loop.ValueOperators";
    public static final String NEW_ARRAYS = RUNTIME + "array.NewArrays";
    public static final String ARRAY_FILES = RUNTIME + "array.ArrayFiles";
    public static final String OPTIONS = RUNTIME + "Options";
    public static final String COMM = RUNTIME + "Comm";
    public static final String PROGRESS_TYPE = RUNTIME + "Progress";
    public static final String SORTING = STDLIB + "Sorting";
    public static final String PLOT = STDLIB + "Plot";
    public static final String FORMAT = STDLIB + "Format";
    public static final String TEXT = STDLIB + "Text";
    public static final String INTS = STDLIB + "IntFunctions";
    public static final String LINES_TYPE = STDLIB + "TextLines";
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

    public static final RuntimeMethod TEXT_INDEX = method(TEXT, "static String index(String, long)");
    public static final RuntimeMethod TEXT_SLICE = method(TEXT, "static String slice(String, long, long)");
    public static final RuntimeMethod TEXT_LEN = method(TEXT, "static long len(String)");
    public static final RuntimeMethod TEXT_CHARACTERS = method(TEXT, "static PelArray characters(String)");

    public static final RuntimeMethod DOMAIN_LOCAL = method(DOMAIN, "static Domain local(long[], long[])");
    public static final RuntimeMethod DOMAIN_LOCAL_PERIODIC = method(DOMAIN, "static Domain localPeriodic(long[], long[])");
    public static final RuntimeMethod DOMAIN_DISTRIBUTED =
            method(DOMAIN, "static Domain distributed(Rank, long[], long[], DimDist[], boolean)");
    public static final RuntimeMethod DOMAIN_RANGE = method(DOMAIN, "static Domain range(long, long)");
    public static final RuntimeMethod DOMAIN_EXTENTS = method(DOMAIN, "static Domain extents(long[])");
    public static final RuntimeMethod BLOCK_CYCLIC = method(DIM_DIST, "static DimDist blockCyclic(long)");
    public static final RuntimeMethod DOMAIN_BLOCK = method(DOMAIN, "long block(int)");
    public static final RuntimeMethod DOMAIN_BY = method(DOMAIN, "Domain by(int, long)");
    public static final RuntimeMethod DOMAIN_INNER = method(DOMAIN, "Domain inner(long)");
    public static final RuntimeMethod DOMAIN_FROM = method(DOMAIN, "Domain from(long[])");
    public static final RuntimeMethod DOMAIN_AXIS = method(DOMAIN, "Domain axis(int)");
    public static final RuntimeMethod DOMAIN_SLICE = method(DOMAIN, "Domain slice(int, long, long)");
    public static final RuntimeMethod DOMAIN_SIZE = method(DOMAIN, "long size()");
    public static final RuntimeMethod DOMAIN_LO = method(DOMAIN, "long lo(int)");
    public static final RuntimeMethod DOMAIN_HI = method(DOMAIN, "long hi(int)");
    public static final RuntimeMethod DOMAIN_EXTENT = method(DOMAIN, "long extent(int)");
    public static final RuntimeMethod DOMAIN_STEP = method(DOMAIN, "long step(int)");

    public static final RuntimeMethod ARRAY_CREATE = method(PEL_ARRAY, "static PelArray create(Domain, ElemType)");
    public static final RuntimeMethod OF_DOUBLES = method(PEL_ARRAY, "static PelArray ofDoubles(double[])");
    public static final RuntimeMethod OF_LONGS = method(PEL_ARRAY, "static PelArray ofLongs(long[])");
    public static final RuntimeMethod OF_BOOLS = method(PEL_ARRAY, "static PelArray ofBools(boolean[])");
    public static final RuntimeMethod OF_STRINGS = method(PEL_ARRAY, "static PelArray ofStrings(String[])");
    public static final RuntimeMethod OF_OBJECTS = method(PEL_ARRAY, "static PelArray ofObjects(ElemType, Object[])");
    public static final RuntimeMethod ARRAY_COPY = method(PEL_ARRAY, "PelArray copy()");
    public static final RuntimeMethod ARRAY_ASSIGN = method(PEL_ARRAY, "void assign(PelArray)");
    public static final RuntimeMethod ARRAY_FILL = method(PEL_ARRAY, "void fill(Object)");
    public static final RuntimeMethod ARRAY_DOMAIN = method(PEL_ARRAY, "Domain domain()");
    public static final RuntimeMethod ARRAY_LENGTH = method(PEL_ARRAY, "long length(int)");
    public static final RuntimeMethod CONTENT_EQUALS = method(PEL_ARRAY, "boolean contentEquals(PelArray)");
    public static final RuntimeMethod SWAP = method(PEL_ARRAY, "void swap(PelArray)");
    public static final RuntimeMethod READ_ELEMENT = method(PEL_ARRAY, "Object readElement(Rank, Site, long[])");
    public static final RuntimeMethod WRITE_ELEMENT = method(PEL_ARRAY, "void writeElement(Object, long[])");
    public static final RuntimeMethod SHUFFLE_ORDER = method(SHUFFLE, "static PelArray order(Domain, long, long, long)");
    public static final RuntimeMethod SHUFFLE_WITHIN = method(SHUFFLE, "static boolean within(Domain, long, long, long, long)");
    public static final RuntimeMethod REDISTRIBUTE = method(REDISTRIBUTION, "static void assign(Rank, Site, PelArray, PelArray)");
    public static final RuntimeMethod REDISTRIBUTED = method(REDISTRIBUTION, "static PelArray like(Rank, Site, PelArray, PelArray)");
    public static final RuntimeMethod REPLICATE = method(PEL_ARRAY, "PelArray replicate(Rank, Site)");
    public static final RuntimeMethod ARRAY_SET = method(PEL_ARRAY, "void set(int, Object)");
    private static final RuntimeMethod AT1 = method(PEL_ARRAY, "int at(long)");
    private static final RuntimeMethod AT2 = method(PEL_ARRAY, "int at(long, long)");
    private static final RuntimeMethod AT3 = method(PEL_ARRAY, "int at(long, long, long)");
    private static final RuntimeMethod AT_ANY = method(PEL_ARRAY, "int at(long[])");
    public static final List<RuntimeMethod> COLUMNS = List.of(
            method(PEL_ARRAY, "double[] f64(int)"),
            method(PEL_ARRAY, "long[] i64(int)"),
            method(PEL_ARRAY, "int[] i32(int)"),
            method(PEL_ARRAY, "short[] i16(int)"),
            method(PEL_ARRAY, "byte[] i8(int)"),
            method(PEL_ARRAY, "float[] f32(int)"),
            method(PEL_ARRAY, "boolean[] bool(int)"),
            method(PEL_ARRAY, "Object[] obj(int)"));

    public static final RuntimeMethod ARRAY_FILLED = method(NEW_ARRAYS, "static PelArray filled(Domain, ElemType, Object)");
    public static final RuntimeMethod ARRAY_OF = method(NEW_ARRAYS, "static PelArray of(Domain, ElemType, Object[])");
    public static final RuntimeMethod OF_LIST = method(NEW_ARRAYS, "static PelArray ofList(ElemType, PelList)");
    public static final RuntimeMethod TO_LIST = method(NEW_ARRAYS, "static PelList toList(PelArray)");
    public static final RuntimeMethod ARRAY_CONVERT = method(NEW_ARRAYS, "static PelArray convert(PelArray, ElemType)");
    public static final RuntimeMethod ZIP = method(NEW_ARRAYS, "static PelArray zip(ElemType, Fn, PelArray, PelArray)");
    public static final RuntimeMethod ENUMERATE = method(NEW_ARRAYS, "static PelArray enumerate(ElemType, Fn, PelArray)");
    public static final RuntimeMethod SLICE = method(NEW_ARRAYS, "static PelArray slice(PelArray, boolean[], Domain[])");
    public static final RuntimeMethod ASSIGN_SLICE =
            method(NEW_ARRAYS, "static void assignSlice(PelArray, boolean[], Domain[], PelArray)");
    public static final RuntimeMethod SHAPED = method(NEW_ARRAYS, "static PelArray shaped(PelArray, long[])");
    public static final RuntimeMethod ARRAY_LIKE = method(NEW_ARRAYS, "static PelArray like(PelArray, PelArray)");
    public static final RuntimeMethod CHECKED_STEP = method(NEW_ARRAYS, "static long step(long)");

    public static final RuntimeMethod LIST_OF = method(PEL_LIST, "static PelList of(Object[])");
    public static final RuntimeMethod LIST_PUSH = method(PEL_LIST, "void push(Object)");
    public static final RuntimeMethod LIST_POP = method(PEL_LIST, "Object pop()");
    public static final RuntimeMethod LIST_GET = method(PEL_LIST, "Object get(long)");
    public static final RuntimeMethod LIST_SET = method(PEL_LIST, "void set(long, Object)");
    public static final RuntimeMethod LIST_SIZE = method(PEL_LIST, "long size()");
    public static final RuntimeMethod LIST_SLICE = method(PEL_LIST, "PelList slice(long, long)");
    public static final RuntimeMethod LIST_COPY = method(PEL_LIST, "PelList copy()");
    public static final RuntimeMethod LIST_ASSIGN = method(PEL_LIST, "void assign(PelList)");

    public static final RuntimeMethod MAP_GET = method(PEL_MAP, "Object get(Object, Object)");
    public static final RuntimeMethod MAP_AT = method(PEL_MAP, "Object at(Object, Object)");
    public static final RuntimeMethod MAP_PUT = method(PEL_MAP, "void put(Object, Object)");
    public static final RuntimeMethod MAP_PUT_OWNED = method(PEL_MAP, "void putOwned(Object, Object)");
    public static final RuntimeMethod MAP_OWNS = method(PEL_MAP, "boolean owns(Object)");
    public static final RuntimeMethod MAP_HAS = method(PEL_MAP, "boolean has(Object)");
    public static final RuntimeMethod MAP_REMOVE = method(PEL_MAP, "void remove(Object)");
    public static final RuntimeMethod MAP_SIZE = method(PEL_MAP, "long size()");
    public static final RuntimeMethod MAP_COPY = method(PEL_MAP, "PelMap copy()");
    public static final RuntimeMethod MAP_ASSIGN = method(PEL_MAP, "void assign(PelMap)");
    public static final RuntimeMethod MAP_SAME = method(PEL_MAP, "boolean same(PelMap)");
    public static final RuntimeMethod MAP_SORTED = method(PEL_MAP, "List sorted()");
    public static final RuntimeMethod MAP_COMBINE = method(PEL_MAP, "void combine(Object, Object, BinaryOperator)");
    public static final RuntimeMethod MAP_COMBINE_ALL = method(PEL_MAP, "PelMap combineAll(PelMap, BinaryOperator)");
    public static final RuntimeMethod MAP_MAKE_SPREAD = method(PEL_MAP, "static PelMap spread(Rank, Codec, Codec)");
    public static final RuntimeMethod MAPS_GET = method(MAPS, "static Object get(PelMap, Site, Object, Object)");
    public static final RuntimeMethod MAPS_HAS = method(MAPS, "static boolean has(PelMap, Site, Object)");
    public static final RuntimeMethod MAPS_SIZE = method(MAPS, "static long size(PelMap, Site)");
    public static final RuntimeMethod MAPS_REPLICA = method(MAPS, "static PelMap replica(PelMap, Site)");
    public static final RuntimeMethod MAPS_SPREAD = method(MAPS, "static PelMap spread(PelMap, PelMap)");
    public static final RuntimeMethod MAPS_SAME = method(MAPS, "static boolean same(PelMap, Site, PelMap)");
    public static final RuntimeMethod MAPS_OF = method(MAPS, "static PelMap of(PelArray, PelMap)");
    public static final RuntimeMethod MAPS_ENTRIES = method(MAPS, "static PelArray entries(PelMap, Site, ElemType, Fn)");
    public static final RuntimeMethod MAPS_TOP = method(MAPS, "static PelArray top(PelMap, Site, long, ElemType, Fn)");
    public static final RuntimeMethod LINES = method(LINES_TYPE, "static PelArray read(Rank, Site, String)");

    public static final RuntimeMethod JAVA_DOUBLES = method(JAVA_ARRAYS, "static double[] doubles(PelArray)");
    public static final RuntimeMethod JAVA_LONGS = method(JAVA_ARRAYS, "static long[] longs(PelArray)");
    public static final RuntimeMethod JAVA_INTS = method(JAVA_ARRAYS, "static int[] ints(PelArray)");
    public static final RuntimeMethod JAVA_SHORTS = method(JAVA_ARRAYS, "static short[] shorts(PelArray)");
    public static final RuntimeMethod JAVA_BYTES = method(JAVA_ARRAYS, "static byte[] bytes(PelArray)");
    public static final RuntimeMethod JAVA_FLOATS = method(JAVA_ARRAYS, "static float[] floats(PelArray)");
    public static final RuntimeMethod JAVA_BOOLS = method(JAVA_ARRAYS, "static boolean[] bools(PelArray)");
    public static final RuntimeMethod JAVA_STRINGS = method(JAVA_ARRAYS, "static String[] strings(PelArray)");
    public static final RuntimeMethod JAVA_BACK = method(JAVA_ARRAYS, "static void back(PelArray, Object)");
    public static final RuntimeMethod JAVA_WRAP = method(JAVA_ARRAYS, "static PelArray wrap(Object, ElemType)");
    public static final RuntimeMethod JAVA_SHARE = method(JAVA_ARRAYS, "static PelArray share(PelArray)");
    public static final RuntimeMethod JAVA_BACK_TO = method(JAVA_ARRAYS, "static void backTo(PelArray, PelArray)");
    public static final RuntimeMethod JAVA_CHECK = method(JAVA_ARRAYS, "static PelArray check(PelArray, ElemType, int)");
    public static final RuntimeMethod KERNEL_NEW = method(KERNEL, "new(Class, String)");
    public static final RuntimeMethod KERNEL_CALL = method(KERNEL, "Object call(Ranks, int, String, Object[], int[])");
    public static final RuntimeMethod RANKS_OF = method(RANKS, "static Ranks of(int)");
    public static final RuntimeMethod RANKS_OPTION = method(RANKS, "Ranks option(String, Object)");
    public static final RuntimeMethod LIST_OF_JAVA = method(CONTAINERS, "static PelList list(List)");
    public static final RuntimeMethod LIST_FOR_JAVA = method(CONTAINERS, "static List javaList(PelList)");
    public static final RuntimeMethod MAP_OF_JAVA = method(CONTAINERS, "static PelMap map(Map)");
    public static final RuntimeMethod MAP_FOR_JAVA = method(CONTAINERS, "static Map javaMap(PelMap)");
    public static final RuntimeMethod JAVA_OF = method(JAVA_ARRAYS, "static PelArray of(Object, ElemType)");

    public static final RuntimeMethod CLOCK = method(RANK, "double clock(Site)");
    public static final RuntimeMethod LOCAL_CLOCK = method(RANK, "double localClock()");
    public static final RuntimeMethod PRINT = method(RANK, "void print(String)");
    public static final RuntimeMethod PRINTALL = method(RANK, "void printall(Site, String)");
    public static final RuntimeMethod NOTE = method(RANK, "void note(String)");
    public static final RuntimeMethod ABORT = method(RANK, "RuntimeException abort(long)");
    public static final RuntimeMethod RANK_NUMBER = method(RANK, "int rank()");
    public static final RuntimeMethod RANK_SIZE = method(RANK, "int size()");
    public static final RuntimeMethod RANK_THREADS = method(RANK, "int threads()");
    public static final RuntimeMethod RANK_HOST = method(RANK, "String host()");
    public static final RuntimeMethod RANK_WORLD = method(RANK, "Comm world()");
    public static final RuntimeMethod PROGRESS = method(PROGRESS_TYPE, "void update(long, long)");

    public static final RuntimeMethod BARRIER = method(COMM, "void barrier(Site)");
    public static final RuntimeMethod ALLREDUCE_LONG = method(COMM, "long allreduce(Site, long, Op)");
    public static final RuntimeMethod ALLREDUCE_DOUBLE = method(COMM, "double allreduce(Site, double, Op)");
    public static final RuntimeMethod ALLREDUCE_BOOLEAN = method(COMM, "boolean allreduce(Site, boolean, Op)");
    public static final RuntimeMethod VALUE_OPERATOR = method(VALUE_OPERATORS, "static BinaryOperator of(Op)");
    public static final RuntimeMethod ALLREDUCE =
            method(VALUE_COLLECTIVES, "static Object allreduce(Rank, Site, Codec, Object, BinaryOperator)");
    public static final RuntimeMethod REDUCE =
            method(VALUE_COLLECTIVES, "static Object reduce(Rank, Site, Codec, Object, BinaryOperator, long, Object)");
    public static final RuntimeMethod SCAN = method(VALUE_COLLECTIVES, "static Object scan(Rank, Site, Codec, Object, BinaryOperator)");
    public static final RuntimeMethod EXSCAN =
            method(VALUE_COLLECTIVES, "static Object exscan(Rank, Site, Codec, Object, BinaryOperator, Object)");
    public static final RuntimeMethod BCAST = method(VALUE_COLLECTIVES, "static Object bcast(Rank, Site, Codec, Object, long)");
    public static final RuntimeMethod AGREE = method(VALUE_COLLECTIVES, "static Object agree(Rank, Site, Codec, Object)");
    public static final RuntimeMethod GATHER = method(VALUE_COLLECTIVES, "static PelArray gather(Rank, Site, ElemType, Object, long)");
    public static final RuntimeMethod ALLGATHER = method(VALUE_COLLECTIVES, "static PelArray allgather(Rank, Site, ElemType, Object)");
    public static final RuntimeMethod GATHER_ARRAY = method(VALUE_COLLECTIVES, "static PelArray gatherArray(Rank, Site, PelArray, long)");
    public static final RuntimeMethod ALLGATHER_ARRAY = method(VALUE_COLLECTIVES, "static PelArray allgatherArray(Rank, Site, PelArray)");
    public static final RuntimeMethod SCATTER_ARRAY = method(VALUE_COLLECTIVES, "static PelArray scatterArray(Rank, Site, PelArray, long)");
    public static final RuntimeMethod SCATTER_LIST =
            method(VALUE_COLLECTIVES, "static Object scatterList(Rank, Site, Codec, PelList, long)");
    public static final RuntimeMethod ALLTOALL_ARRAY = method(VALUE_COLLECTIVES, "static PelArray alltoallArray(Rank, Site, PelArray)");
    public static final RuntimeMethod ALLTOALL_LIST =
            method(VALUE_COLLECTIVES, "static PelList alltoallList(Rank, Site, Codec, PelList)");
    public static final RuntimeMethod NEW_CHANNEL = method(CHANNEL, "new(Rank, Codec, int, String, long[])");

    public static final RuntimeMethod SAVE = method(ARRAY_FILES, "static void save(Rank, Site, String, PelArray)");
    public static final RuntimeMethod LOAD = method(ARRAY_FILES, "static PelArray load(Rank, Site, String, ElemType, int, DimDist[])");
    public static final RuntimeMethod PLOT_IMAGE = method(PLOT, "static void plotImage(Rank, Site, String, PelArray)");
    public static final RuntimeMethod PLOT_SERIES = method(PLOT, "static void plotLine(Rank, Site, String, PelArray)");
    public static final RuntimeMethod PLOT_LINE = method(PLOT, "static void plotLine(Rank, Site, String, PelArray, PelArray)");

    static {
        // Written by name: operators of the value types, overloads that javac chooses, descriptions of element types and options.
        for (String vec : List.of(VEC2, VEC3, VEC4, COMPLEX)) {
            String type = vec.substring(vec.lastIndexOf('.') + 1);
            for (String operator : List.of("plus", "minus", "times")) {
                method(vec, type + " " + operator + "(" + type + ")");
            }
            method(vec, type + " times(double)");
            method(vec, type + " div(double)");
            method(vec, type + " neg()");
            method(vec, "boolean same(" + type + ")");
            method(vec, "double " + (vec.equals(COMPLEX) ? "re" : "x") + "()");
        }
        method(COMPLEX, "static Complex of(double)");
        method(COMPLEX, "Complex div(Complex)");
        for (String type : List.of("long", "double", "float", "boolean", "Object")) {
            method(FORMAT, "static String show(" + type + ")");
            method(FORMAT, "static String format(" + type + ", String)");
        }
        method(FORMAT, "static String format(String, String)");
        method(ELEM_TYPE, "static ElemType struct(Class, ElemType[])");
        method(ELEM_TYPE, "static ElemType object(Codec, Object)");
        method(ELEM_TYPE, "Codec codec()");
        method(CODEC, "static Codec list(Codec)");
        method(CODEC, "static Codec array(ElemType)");
        method(FN, "Object apply(Object[])");
        method(PEL_TRAP, "new(String)");
        method(SITE, "new(String, int, String)");
        method(PROGRAM_INFO, "new(String, String, List)");
        method(OPTION_SPEC, "new(String, Kind, String, String)");
        method(RANK, "Options options()");
        method(RANK, "Progress progress()");
        method(OPTIONS, "boolean has(String)");
        method(OPTIONS, "long intValue(String)");
        method(OPTIONS, "double floatValue(String)");
        method(OPTIONS, "boolean boolValue(String)");
        method(OPTIONS, "String stringValue(String)");
        for (String array : List.of("sorted", "argsort", "reversed", "distinct")) {
            method(SORTING, "static PelArray " + array + "(PelArray)");
        }
        method(SORTING, "static PelArray sorted(PelArray, Fn)");
        method(SORTING, "static void sort(PelArray)");
        method(SORTING, "static void sort(PelArray, Fn)");
        method(SORTING, "static PelArray merge(PelList)");
        method(SORTING, "static PelList splitAt(PelArray, PelArray)");
        method(SORTING, "static long search(PelArray, Object)");
    }

    /** Constants, as {@code class.field}, that generated code names. */
    public static List<String> constants() {
        List<String> names = new ArrayList<>();
        for (String type : List.of("FLOAT", "INT", "INT32", "INT16", "BYTE", "FLOAT32", "BOOL", "COMPLEX", "VEC2", "VEC3", "VEC4", "STRING")) {
            names.add(ELEM_TYPE + "." + type);
        }
        for (String op : List.of("SUM", "PROD", "MIN", "MAX", "AND", "OR", "BAND", "BOR", "BXOR")) {
            names.add(OP + "." + op);
        }
        for (String kind : List.of("INT", "FLOAT", "BOOL", "STRING")) {
            names.add(OPTION_SPEC + "$Kind." + kind);
        }
        for (String zero : List.of(COMPLEX, VEC2, VEC3, VEC4)) {
            names.add(zero + ".ZERO");
        }
        names.addAll(List.of(COMPLEX + ".ONE", DIM_DIST + ".BLOCK", DIM_DIST + ".WHOLE"));
        return names;
    }

    /** The place of an element in an array's columns: traps outside the domain. */
    public static JavaExpr at(JavaExpr array, List<JavaExpr> subscripts, JavaUnit unit) {
        return switch (subscripts.size()) {
            case 1 -> AT1.on(array, subscripts.getFirst());
            case 2 -> AT2.on(array, subscripts.get(0), subscripts.get(1));
            case 3 -> AT3.on(array, subscripts.get(0), subscripts.get(1), subscripts.get(2));
            default -> AT_ANY.on(
                    array,
                    JavaExpr.primary(subscripts.stream()
                            .map(JavaExpr::text)
                            .collect(java.util.stream.Collectors.joining(", ", "new long[] {", "}"))));
        };
    }

    private static final List<String> CLASSES = List.of(
            PEL_PROGRAM, EXPORTED, PROGRAM_INFO, OPTION_SPEC, RANK, SITE, PEL_TRAP, OP, COMPLEX, VEC2, VEC3, VEC4, PEL_LIST, FN, CODEC, PEL_ARRAY, DOMAIN,
            DIM_DIST, ELEM_TYPE, CHANNEL, VALUE_COLLECTIVES, VALUE_OPERATORS, NEW_ARRAYS, ARRAY_FILES, COMM, OPTIONS, PROGRESS_TYPE, SORTING, PLOT, FORMAT,
            TEXT, INTS, MATH);

    /** All classes, for the contract test. */
    public static List<String> classes() {
        return CLASSES;
    }

    /** Their simple names: no member of a generated class may hide one. */
    static List<String> simpleNames() {
        return CLASSES.stream().map(c -> c.substring(c.lastIndexOf('.') + 1)).toList();
    }

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
