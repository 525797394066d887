package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pellang.compiler.codegen.RuntimeMethod;
import org.pellang.compiler.ir.VectorFacts;

/** Every name of the runtime that divided loops use; a part of {@code RuntimeApi} and under the same test. */
public final class LoopApi {
    private LoopApi() {}

    private static final List<RuntimeMethod> METHODS = new ArrayList<>();

    private static final String LOOP = "org.pellang.runtime.loop.";
    private static final String ARRAY = "org.pellang.runtime.array.";

    static final String PARALLEL_LOOP = LOOP + "ParallelLoop";
    static final String NEED = LOOP + "Need";
    static final String KEPT = LOOP + "Kept";
    static final String VIEWS = LOOP + "Views";
    static final String ARRAY_OPERATORS = LOOP + "ArrayOperators";
    static final String BOUNDS = LOOP + "Bounds";
    static final String SLOTS = LOOP + "Slots";
    static final String REDUCE_SPEC = LOOP + "ReduceSpec";
    static final String TREE_REDUCE = LOOP + "TreeReduce";
    static final String LANES = LOOP + "Lanes";
    static final String MERGE = LOOP + "Merge";
    static final String SCATTER = LOOP + "Scatter";
    static final String ELEMENT_FOLD = LOOP + "ElementFold";
    static final String MAP_UPDATES = LOOP + "MapUpdates";
    static final String BORROWED = LOOP + "Borrowed";
    static final String BOX_KERNEL = LOOP + "BoxKernel";
    static final String LEAF_KERNEL = LOOP + "LeafKernel";
    static final String SCAN_KERNEL = LOOP + "ScanKernel";
    static final String WAVEFRONT = LOOP + "Wavefront";
    static final String CARRIED = LOOP + "Carried";
    static final String CHUNKS = LOOP + "Chunks";
    static final String LENT = LOOP + "Lent";
    static final String SCAN = LOOP + "Scan";
    static final String BOX = ARRAY + "Box";
    static final String DOMAIN = ARRAY + "Domain";
    static final String PEL_ARRAY = ARRAY + "PelArray";

    static final String VECTOR_CALLS = "org.pellang.stdlib.VectorCalls";

    static final String VECTOR_RANDOM = "org.pellang.stdlib.VectorRandom";

    static {
        method(VECTOR_RANDOM, "static DoubleVector uniform01(VectorSpecies, long, long, long)");
        method(VECTOR_RANDOM, "static DoubleVector uniform01(VectorSpecies, long, long, long, long, long)");
        VectorFacts.ofOneArray().forEach(f -> method(VECTOR_CALLS, "static DoubleVector " + f + "(DoubleVector, double[])"));
        VectorFacts.ofTwoArrays()
                .forEach(f -> method(VECTOR_CALLS, "static DoubleVector " + f + "(DoubleVector, DoubleVector, double[], double[])"));
    }

    static final RuntimeMethod OVER = method(PARALLEL_LOOP, "static ParallelLoop over(Rank, Site, Domain)");
    static final RuntimeMethod OVER_TILED = method(PARALLEL_LOOP, "static ParallelLoop tiled(Rank, Site, Domain)");
    static final RuntimeMethod OVER_ON_ONE = method(PARALLEL_LOOP, "static ParallelLoop onOne(Rank, Site, Domain)");
    static final RuntimeMethod OVER_ANYWHERE = method(PARALLEL_LOOP, "static ParallelLoop anywhere(Rank, Site, Domain)");
    static final RuntimeMethod ON_THREADS = method(PARALLEL_LOOP, "ParallelLoop onThreads(long)");
    static final RuntimeMethod OVERLAPPING = method(PARALLEL_LOOP, "ParallelLoop overlapping()");
    static final RuntimeMethod ON_GPU = method(PARALLEL_LOOP, "ParallelLoop onGpu()");
    static final RuntimeMethod RUN_WAVEFRONT =
            method(WAVEFRONT, "static Slots run(ParallelLoop, ReduceSpec, long[][], int, Carried[], LeafKernel)");
    static final RuntimeMethod RUN_CHUNKS = method(CHUNKS, "static Slots run(ParallelLoop, ReduceSpec, Kind, long, LeafKernel)");
    static final RuntimeMethod CARRIED_OF = method(CARRIED, "static Carried of(PelArray, Need, long[])");
    static final String GATHER = "org.pellang.runtime.loop.Gather";
    static final RuntimeMethod GATHER_BEGIN = method(GATHER, "static Gather begin(ParallelLoop, PelArray, int, boolean, PelArray[])");
    static final RuntimeMethod GATHER_STALE = method(GATHER, "boolean stale()");
    static final RuntimeMethod GATHER_FETCH = method(GATHER, "PelArray fetch()");
    static final RuntimeMethod FETCH = method(PARALLEL_LOOP, "PelArray fetch(PelArray, Need)");
    static final RuntimeMethod FETCH_KEPT = method(PARALLEL_LOOP, "PelArray fetch(PelArray, Need, Kept)");
    static final RuntimeMethod FETCH_IN_PANELS = method(PARALLEL_LOOP, "PelArray fetchInPanels(PelArray, Need)");
    static final RuntimeMethod AHEAD = method(PARALLEL_LOOP, "void ahead(ParallelLoop, PelArray[], Need[])");
    static final RuntimeMethod INSIDE = method(PARALLEL_LOOP, "boolean inside(PelArray, Need)");
    static final RuntimeMethod CHECK = method(BOUNDS, "static long check(long, long, long, int)");
    static final RuntimeMethod WRAP = method(BOUNDS, "static long wrap(long, long, long, int)");
    static final RuntimeMethod TRIPS = method(BOUNDS, "static int trips(long, long, long)");
    static final RuntimeMethod COUNT = method(BOUNDS, "static int count(long, long)");
    static final RuntimeMethod EXTENT = method(BOUNDS, "static int extent(Domain, int)");
    static final RuntimeMethod START = method(BOUNDS, "static int start(long, long)");
    static final RuntimeMethod AT = method(BOUNDS, "static int at(int, int, long, int)");
    static final RuntimeMethod NARROW = method(BOUNDS, "static int narrow(long)");
    static final RuntimeMethod PLACE = method(BOUNDS, "static int place(double)");
    static final RuntimeMethod DENSE = method(BOUNDS, "static boolean dense(PelArray, PelArray)");
    static final RuntimeMethod EXACT = method(BOUNDS, "static boolean exact(long, long)");
    static final RuntimeMethod STORAGE = method(BOUNDS, "static PelTrap outsideStorage(IndexOutOfBoundsException)");
    static final RuntimeMethod APART_NEEDS = method(NEED, "static Need apart(Need, Need[])");
    static final RuntimeMethod STAR = method(NEED, "static Need star(Need)");
    static final RuntimeMethod OPEN = method(VIEWS, "static Views open(ParallelLoop, PelArray[], Need[], Need[])");
    static final RuntimeMethod LOCAL = method(VIEWS, "static PelArray local(ParallelLoop, PelArray, Need)");
    static final RuntimeMethod VIEW = method(VIEWS, "PelArray get(int)");
    static final RuntimeMethod CLOSE = method(VIEWS, "void close()");
    static final RuntimeMethod COMPONENT = method(PEL_ARRAY, "PelArray component(int[])");
    static final RuntimeMethod MERGE_OWN = method(MERGE, "static Merge own(ParallelLoop, PelArray)");
    static final RuntimeMethod MERGE_BEGIN = method(MERGE, "static Merge begin(ParallelLoop, PelArray)");
    static final RuntimeMethod MERGE_UNIQUE = method(MERGE, "static Merge unique(ParallelLoop, PelArray, String)");
    static final RuntimeMethod MERGE_ITERATION = method(MERGE, "void iteration()");
    static final RuntimeMethod MERGE_ONCE = method(MERGE, "void once(int)");
    static final RuntimeMethod MERGE_HERE = method(MERGE, "Merge here()");
    static final RuntimeMethod MERGE_END = method(MERGE, "void end()");
    static final RuntimeMethod MERGE_WRITTEN = method(MERGE, "boolean[] written()");
    static final RuntimeMethod SCATTER_ASSIGN = method(SCATTER, "static Scatter assign(ParallelLoop, PelArray)");
    static final RuntimeMethod SCATTER_UNIQUE = method(SCATTER, "static Scatter unique(ParallelLoop, PelArray, String)");
    static final RuntimeMethod SCATTER_UPDATE = method(SCATTER, "static Scatter update(ParallelLoop, PelArray, Op)");
    static final RuntimeMethod SCATTER_CHANGES = method(SCATTER, "static Scatter changes(ParallelLoop, PelArray, Change, Codec[])");
    static final RuntimeMethod PUT_CHANGE = method(SCATTER, "void putChange(int, Object, long, long, long)");
    static final RuntimeMethod MAP_COMBINED =
            method(MAP_UPDATES, "static MapUpdates combined(ParallelLoop, PelMap, Codec, Codec, Object, BinaryOperator)");
    static final RuntimeMethod MAP_CHANGES =
            method(MAP_UPDATES, "static MapUpdates changes(ParallelLoop, PelMap, Codec, Codec, Object, boolean, Change, Codec[])");
    static final RuntimeMethod MAP_ITERATION = method(MAP_UPDATES, "void iteration(long, long, long)");
    static final RuntimeMethod MAP_ADD = method(MAP_UPDATES, "void add(Object, Object)");
    static final RuntimeMethod MAP_CHANGE = method(MAP_UPDATES, "void change(int, Object, Object)");
    static final RuntimeMethod MAP_READ = method(MAP_UPDATES, "Object get(Object, Object)");
    static final RuntimeMethod MAP_READING = method(MAP_UPDATES, "MapUpdates reading()");
    static final RuntimeMethod MAP_END = method(MAP_UPDATES, "void end()");
    static final RuntimeMethod APART = method(VIEWS, "static boolean apart(ParallelLoop, PelArray, Need, Need)");
    static final RuntimeMethod READS = method(VIEWS, "static Need reads(Need, boolean, Need)");
    static final RuntimeMethod BORROW = method(BORROWED, "static Borrowed open(ParallelLoop, PelArray, Need, int[][])");
    static final RuntimeMethod BORROWED_COPY = method(BORROWED, "static PelArray copy(ParallelLoop, PelArray, Need)");
    static final RuntimeMethod LEND = method(LENT, "static Lent open(ParallelLoop, PelArray, Op)");
    static final RuntimeMethod LENT_ELEMENTS = method(LENT, "PelArray elements()");
    static final RuntimeMethod LENT_ITERATION = method(LENT, "void iteration(long, long, long)");
    static final RuntimeMethod LENT_END = method(LENT, "void end()");
    static final RuntimeMethod BORROWED_ELEMENTS = method(BORROWED, "PelArray elements()");
    static final RuntimeMethod BORROWED_WRITTEN = method(BORROWED, "boolean[] written(int)");
    static final RuntimeMethod BORROWED_END = method(BORROWED, "void end()");
    static final RuntimeMethod SCATTER_HERE = method(SCATTER, "Scatter here()");
    static final RuntimeMethod SCATTER_END = method(SCATTER, "void end()");
    static final RuntimeMethod SCATTER_ITERATION = method(SCATTER, "void iteration(long, long, long)");
    static final RuntimeMethod PUT_FLOAT = method(SCATTER, "void putFloat(double, long, long, long)");
    static final RuntimeMethod PUT_INT = method(SCATTER, "void putInt(long, long, long, long)");
    static final RuntimeMethod PUT_OBJECT = method(SCATTER, "void putObject(Object, long, long, long)");
    static final RuntimeMethod SCAN_RUN =
            method(SCAN, "static PelArray run(ParallelLoop, ReduceSpec, ElemType, ScanKernel)");
    static final RuntimeMethod SCAN_FLOAT = method(SCAN, "void putFloat(double)");
    static final RuntimeMethod SCAN_INT = method(SCAN, "void putInt(long)");
    static final RuntimeMethod SCAN_OBJECT = method(SCAN, "void putObject(Object)");
    static final RuntimeMethod RUN_TREE = method(TREE_REDUCE, "static Slots run(ParallelLoop, ReduceSpec, LeafKernel)");
    static final RuntimeMethod PRECISE_BOX = method(BOX_KERNEL, "static BoxKernel precise(BoxKernel, BoxKernel)");
    static final RuntimeMethod PRECISE_LEAF = method(LEAF_KERNEL, "static LeafKernel precise(LeafKernel, LeafKernel)");
    static final RuntimeMethod PRECISE_SCAN = method(SCAN_KERNEL, "static ScanKernel precise(ScanKernel, ScanKernel)");
    static final RuntimeMethod BLOCKED = method(LOOP + "BlockedKernel", "static BoxKernel of(BoxKernel, BoxKernel, int, int)");
    static final RuntimeMethod RUN_BOX = method(PARALLEL_LOOP, "void run(BoxKernel)");
    static final RuntimeMethod REDUCE_BOX = method(PARALLEL_LOOP, "Slots run(ReduceSpec, BoxKernel)");
    static final RuntimeMethod COMPACT = method(VIEWS, "static PelArray compact(ParallelLoop, PelArray, PelArray)");
    static final RuntimeMethod COMBINE = method(VIEWS, "static void combine(PelArray, Op, Object)");
    static final RuntimeMethod COMBINE_BY = method(VIEWS, "static void combine(PelArray, BinaryOperator, Object)");
    static final RuntimeMethod NEW_FOLD = method(ELEMENT_FOLD, "new(PelArray, BinaryOperator, Supplier)");
    static final RuntimeMethod FOLD_UPDATE = method(ELEMENT_FOLD, "void update(int, Object)");
    static final RuntimeMethod FOLD_END = method(ELEMENT_FOLD, "void end()");
    static final RuntimeMethod CONTRIBUTION = method(ARRAY_OPERATORS, "static PelArray identity(PelArray, Op)");
    static final RuntimeMethod CONTRIBUTE = method(ARRAY_OPERATORS, "static void contribute(PelArray, PelArray, Op)");
    static final RuntimeMethod LANES_SUM = method(LANES, "static double sum(double[])");
    static final RuntimeMethod LANES_PRODUCT = method(LANES, "static double product(double[])");
    static final RuntimeMethod LANES_FOUND = method(LANES, "static long found(long)");
    static final RuntimeMethod LANES_EXTREME = method(LANES, "static long extreme(long, long)");
    static final RuntimeMethod LANES_COUNT = method(LANES, "static double count(long)");
    static final RuntimeMethod OFFSET = method(PEL_ARRAY, "int offset()");
    static final RuntimeMethod STRIDE = method(PEL_ARRAY, "int stride(int)");
    static final RuntimeMethod ARRAY_DOMAIN = method(PEL_ARRAY, "Domain domain()");
    static final RuntimeMethod TOUCH = method(PEL_ARRAY, "void touch()");
    static final RuntimeMethod DOMAIN_LO = method(DOMAIN, "long lo(int)");
    static final RuntimeMethod DOMAIN_HI = method(DOMAIN, "long hi(int)");
    static final RuntimeMethod DOMAIN_STEP = method(DOMAIN, "long step(int)");
    static final RuntimeMethod DOMAIN_LINEAR = method(DOMAIN, "long linear(long, long, long)");
    static final RuntimeMethod DOMAIN_INDEX = method(DOMAIN, "long index(long, int)");

    static RuntimeMethod method(String owner, String signature) {
        RuntimeMethod method = RuntimeMethod.of(owner, signature);
        METHODS.add(method);
        return method;
    }

    /** All methods, for the contract test. */
    public static List<RuntimeMethod> methods() {
        return List.copyOf(METHODS);
    }

    /** Simple names of the classes that divided loops may name: no member of a generated class may hide one. */
    public static Set<String> simpleNames() {
        Set<String> names = new TreeSet<>(List.of("DoubleVector", "VectorMask", "VectorOperators", "VectorSpecies", "Need", "Kept"));
        METHODS.forEach(m -> names.add(m.owner().substring(m.owner().lastIndexOf('.') + 1)));
        return names;
    }
}
