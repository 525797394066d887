package org.pellang.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever carries data takes arrays of each type, and parts, and says what MPI calls it. */
class TypedCallsTest {
    private static final Path FOLDER = Path.of("src/main/java/org/pellang/runtime");
    private static final List<String> SUBJECTS = List.of("Calls", "Starts", "Inits", "Neighbors", "Access", "Window", "Operator");
    private static final List<Class<?>> ARRAYS = List.of(double[].class, long[].class, int[].class, float[].class, short[].class, byte[].class,
            boolean[].class);
    /** Windows are of one type each; the others take all of them. */
    private static final List<Class<?>> WINDOWS = List.of(DoubleWindow.class, LongWindow.class, IntWindow.class, FloatWindow.class, ShortWindow.class,
            ByteWindow.class, BooleanWindow.class);

    private static String of(String type) {
        return Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }

    /** The calls on arrays of each type are those on double[], word for word: {@code -Dgolden.update=true} writes them. */
    @ParameterizedTest
    @ValueSource(strings = {"long", "int", "float", "short", "byte", "boolean"})
    void areTheSameForEachType(String type) throws IOException {
        for (String subject : SUBJECTS) {
            String expected = Files.readString(FOLDER.resolve("Double" + subject + ".java"))
                    .replaceAll("\\bDouble(?=[A-Z])", of(type)).replaceAll("\\bdouble\\b", type);
            Path file = FOLDER.resolve(of(type) + subject + ".java");
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(file, expected);
            }
            assertThat(Files.readString(file)).isEqualTo(expected);
        }
    }

    static Stream<Class<?>> carriers() {
        return Stream.of(Comm.class, Nonblocking.class, PersistentCollectives.class, Cartesian.class, Graph.class, Message.class, SharedFile.class,
                SharedMemory.class);
    }

    private static List<Method> operations(Class<?> type) {
        return Arrays.stream(type.getMethods()).filter(m -> m.getDeclaringClass() != Object.class && !Modifier.isStatic(m.getModifiers())).toList();
    }

    private static boolean takes(Method method, Class<?> parameter) {
        return List.of(method.getParameterTypes()).contains(parameter);
    }

    /** A parameter of double as it is for another type. */
    private static Class<?> translated(Class<?> parameter, Class<?> array) {
        if (parameter == double.class) {
            return array.getComponentType();
        }
        try {
            return parameter == double[].class ? array
                    : parameter == DoubleOperator.class ? Class.forName("org.pellang.runtime." + of(array.getComponentType().getName()) + "Operator") : parameter;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** What the type or its sibling has not for that array. */
    private static List<String> missing(Class<?> type, Class<?> sibling, Class<?> array) {
        return operations(type).stream().filter(m -> takes(m, double[].class) || takes(m, double.class) && type == DoubleWindow.class)
                .filter(m -> {
                    try {
                        sibling.getMethod(m.getName(), Arrays.stream(m.getParameterTypes()).map(p -> translated(p, array)).toArray(Class<?>[]::new));
                        return false;
                    } catch (NoSuchMethodException e) {
                        return true;
                    }
                }).map(Method::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void everyOperationTakesArraysOfEachType(Class<?> type) {
        for (Class<?> array : ARRAYS) {
            assertThat(missing(type, type, array)).as(array.getSimpleName()).isEmpty();
        }
        // Each has a form with offset and length, or with lengths and places; a window is over a whole array.
        Set<String> all = names(type, double[].class);
        Set<String> withLengths = operations(type).stream().filter(m -> takes(m, double[].class) && takes(m, int.class) && m.getParameterCount() > 2
                || takes(m, double[].class) && takes(m, int[].class)).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
        all.remove("window");
        assertThat(all).isNotEmpty().isEqualTo(withLengths);
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void whatTakesPartsTakesArraysAndTheOtherWayRound(Class<?> type) {
        Set<String> ofParts = names(type, Part.class, Part[].class);
        Set<String> ofArrays = names(type, double[].class);
        // Lengths and places per rank are arrays of parts, those per peer of alltoallw too.
        ofArrays.removeAll(Set.of("gatherv", "scatterv", "allgatherv", "alltoallv", "neighborAlltoallv", "ineighborAlltoallv", "neighborAlltoallvInit"));
        assertThat(ofParts).containsAll(ofArrays);
        assertThat(names(type, double[].class)).containsAll(ofParts);
    }

    private static Set<String> names(Class<?> type, Class<?>... parameters) {
        return operations(type).stream().filter(m -> Arrays.stream(parameters).anyMatch(p -> takes(m, p))).map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void windowsAreTyped() {
        assertThat(names(DoubleWindow.class, double[].class)).contains("put", "rput", "get", "rget", "accumulate", "raccumulate", "getAccumulate",
                "rgetAccumulate", "getAndPut", "rgetAndPut").isEqualTo(names(Window.class, Part.class));
        for (int k = 0; k < ARRAYS.size(); k++) {
            assertThat(missing(DoubleWindow.class, WINDOWS.get(k), ARRAYS.get(k))).isEmpty();
            Class<?> scalar = ARRAYS.get(k).getComponentType();
            assertThat(names(WINDOWS.get(k), scalar)).contains("fetchAndOp", "compareAndSwap", "getAndPut");
        }
    }

    /** A buffer of whatever type is for generated code, which gives the site of the program text as well. */
    @Test
    void nothingElseTakesObjects() {
        Stream.concat(carriers(), WINDOWS.stream()).forEach(type -> assertThat(operations(type)).allSatisfy(
                m -> assertThat(takes(m, Object.class) && !takes(m, Site.class) && !m.getName().equals("equals")
                        && !m.getName().endsWith("Object") && !m.getName().endsWith("Objects")).as(m.toString()).isFalse()));
    }

    // ---- Javadoc ----

    private static final List<String> SOURCES = List.of("DoubleCalls", "DoubleStarts", "DoubleInits", "DoubleNeighbors", "DoubleAccess", "DoubleWindow",
            "PointToPoint", "PartSending", "CollectiveCalls", "PartCalls", "Comm", "Nonblocking", "PersistentCollectives", "Neighborhood", "Cartesian",
            "Graph", "Message", "Window", "SharedFile", "SharedMemory", "Request", "Requests", "PersistentRequest", "Group", "Attributes");
    /** What MPI has not: of this library itself, or of Java. */
    private static final Set<String> OURS = Set.of("nameTag", "situation", "ensureRunning", "sharedWords", "equals", "hashCode", "toString", "neighbors",
            "worldRanks", "Completed", "done", "needsMessage", "describe", "isActive", "local", "copied", "comm");
    private static final Pattern PUBLIC = Pattern.compile(
            "(?:/\\*\\*((?:(?!\\*/).)*)\\*/\\s*)?((?:@\\w+(?:\\([^)]*\\))?\\s+)*)(?:public|default) (?:static )?(?:<[^>]*> )?[\\w.<>\\[\\]@ ]+? (\\w+)\\([^;{]*\\)[^;{]*[;{]",
            Pattern.DOTALL);

    @Test
    void everyCallNamesWhatMpiCallsIt() throws IOException {
        int seen = 0;
        for (String source : SOURCES) {
            Matcher call = PUBLIC.matcher(Files.readString(FOLDER.resolve(source + ".java")));
            while (call.find()) {
                if (!OURS.contains(call.group(3)) && !call.group(2).contains("@Override") && !call.group().contains(" class ")
                        && !call.group(3).equals(source)) {
                    assertThat(String.valueOf(call.group(1))).as(source + "." + call.group(3)).contains("MPI_");
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(300);
    }
}
