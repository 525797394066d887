package org.pellang.quality.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifest for Kubernetes is one, and JVMs that are started as its pods are run the job together, or end together. */
@Timeout(120)
class IndexedJobTest {
    private static final Path ROOT = Path.of(System.getProperty("pel.root", "..")).toAbsolutePath().normalize();
    private static final Path MANIFEST = ROOT.resolve("docs/cli/kubernetes/job.yaml");
    private static final String PROGRAM = """
            extern java "java.util.concurrent.locks.LockSupport" { fn park_nanos(nanos: int) }
            config stay = false
            domain D[0..<2000] dist block
            var a: [D] float
            forall i in D { a[i] = sqrt(float(i)) * uniform01(3, i) }
            print("{sum(a)} on {size()}")
            printall("rank {rank()}")
            if stay {
              note("up")
              for i in 0..<300 { park_nanos(1_000_000_000) }
            }
            """;

    @TempDir
    private Path folder;

    private static List<Map<String, Object>> manifest() throws IOException {
        try (InputStream in = Files.newInputStream(MANIFEST)) {
            List<Map<String, Object>> objects = new ArrayList<>();
            StreamSupport.stream(new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(in).spliterator(), false).forEach(o -> objects.add(object(o)));
            return objects;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object o) {
        assertThat(o).isInstanceOf(Map.class);
        return (Map<String, Object>) o;
    }

    private static Object at(Object o, Object... path) {
        Object now = o;
        for (Object step : path) {
            now = step instanceof Integer i ? ((List<?>) now).get(i) : object(now).get(step);
            assertThat(now).as("%s", step).isNotNull();
        }
        return now;
    }

    // ---- the manifest ----

    /** By the schema of the API, from which the classes of the official client are made: it names unknown fields, wrong types and what is missing. */
    @Test
    void theManifestIsWhatTheSchemaAsksFor() throws Exception {
        for (Map<String, Object> object : manifest()) {
            Method validate = Class.forName("io.kubernetes.client.openapi.models.V1" + object.get("kind")).getMethod("validateJsonElement", JsonElement.class);
            validate.invoke(null, new Gson().toJsonTree(object));
            object(object.get("spec")).put("completionsMode", "Indexed");
            assertThatThrownBy(() -> validate.invoke(null, new Gson().toJsonTree(object))).hasStackTraceContaining("completionsMode");
        }
    }

    /** What is named in one place is what the other one means. */
    @Test
    void itsPartsFitTogether() throws IOException {
        Map<String, Object> service = manifest().getFirst();
        Map<String, Object> job = manifest().getLast();
        Object pod = at(job, "spec", "template", "spec");
        Map<String, String> environment = environment();
        assertThat(at(job, "spec", "completions")).isEqualTo(at(job, "spec", "parallelism")).isEqualTo(Integer.parseInt(environment.get("PEL_JVMS")));
        assertThat(at(pod, "subdomain")).isEqualTo(at(service, "metadata", "name"));
        assertThat(at(service, "spec", "selector")).isEqualTo(at(job, "spec", "template", "metadata", "labels"));
        assertThat(environment.get("PEL_MEET")).isEqualTo("%s-0.%s:%s".formatted(at(job, "metadata", "name"), at(pod, "subdomain"), at(service, "spec", "ports", 0, "port")));
        assertThat(environment.get("PEL_KEY_FILE")).isEqualTo(at(pod, "containers", 0, "volumeMounts", 0, "mountPath") + "/key");
        assertThat(at(pod, "containers", 0, "volumeMounts", 0, "name")).isEqualTo(at(pod, "volumes", 0, "name"));
        // YAML 1.1, as Kubernetes reads it: octal.
        assertThat(at(pod, "volumes", 0, "secret", "defaultMode")).isEqualTo(0400);
        assertThat(Files.readString(MANIFEST.resolveSibling("Dockerfile"))).contains("FROM eclipse-temurin:25-jdk").contains("/opt/pel/bin/").contains("/opt/program/");
    }

    private static Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (Object variable : (List<?>) at(manifest().getLast(), "spec", "template", "spec", "containers", 0, "env")) {
            if (object(variable).containsKey("value")) {
                environment.put(String.valueOf(at(variable, "name")), String.valueOf(at(variable, "value")));
            }
        }
        return environment;
    }

    // ---- the pods ----

    @Test
    void thePodsRunTheJob() throws Exception {
        List<Process> pods = pods(Map.of("PEL_RANKS", "1"), "");
        List<String> printed = new ArrayList<>();
        for (Process pod : pods) {
            printed.add(new String(pod.getInputStream().readAllBytes(), UTF_8));
        }
        for (Process pod : pods) {
            assertThat(pod.waitFor()).as(() -> printed + read(folder.resolve("err0")) + read(folder.resolve("err1"))).isZero();
        }
        byte[] program = Files.readAllBytes(folder.resolve("program.jar"));
        assertThat(printed.getFirst()).isEqualTo(new Toolchain().run(program, 4, List.of()).out());
        assertThat(printed.subList(1, 4)).containsOnly("");
    }

    @Test
    void aPodThatIsKilledEndsTheOthers() throws Exception {
        List<Process> pods = pods(Map.of("PEL_JVMS", "3", "PEL_RANKS", "1"), "--stay=true");
        @SuppressWarnings("resource")
        BufferedReader first = new BufferedReader(new InputStreamReader(pods.getFirst().getInputStream(), UTF_8));
        for (String line = first.readLine(); !"up".equals(line); line = first.readLine()) {
            assertThat(line).as(() -> read(folder.resolve("err0"))).isNotNull();
        }
        pods.get(1).descendants().forEach(ProcessHandle::destroyForcibly);
        pods.get(1).destroyForcibly();
        for (Process pod : List.of(pods.getFirst(), pods.getLast())) {
            assertThat(pod.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(pod.exitValue()).isNotZero();
        }
        assertThat(read(folder.resolve("err0"))).contains("rank 1 ");
    }

    /** A key that is none, or another's, lets nobody in. */
    @Test
    void aPodWithoutTheKey() throws Exception {
        Process alone = pod(0, 1, Map.of("PEL_JVMS", "2", "PEL_KEY_FILE", Files.writeString(folder.resolve("none"), "secret").toString()), "");
        assertThat(alone.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(alone.exitValue()).isEqualTo(1);
        assertThat(read(folder.resolve("err0"))).contains("cannot join the job: the job's key in ").contains("64 hexadecimal digits");
    }

    private List<Process> pods(Map<String, String> changes, String argument) throws IOException {
        Files.writeString(folder.resolve("key"), "0123456789abcdef".repeat(4));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        int count = Integer.parseInt(changes.getOrDefault("PEL_JVMS", environment().get("PEL_JVMS")));
        List<Process> pods = new ArrayList<>();
        for (int i = count - 1; i >= 0; i--) {
            pods.addFirst(pod(i, port, changes, argument));
        }
        return pods;
    }

    private Process pod(int index, int port, Map<String, String> changes, String argument) throws IOException {
        Path script = ROOT.resolve("bin/pelrun-rank");
        Assumptions.assumeTrue(Files.exists(ROOT.resolve("cli/target/dist/lib")), "needs a build of the tools (./mvnw verify makes one)");
        Path jar = folder.resolve("program.jar");
        if (!Files.exists(jar)) {
            Toolchain.Compiled compiled = new Toolchain().compile("p.pel", PROGRAM);
            assertThat(compiled.jar()).as(compiled.messages()).isNotNull();
            Files.write(jar, compiled.jar());
        }
        List<String> command = new ArrayList<>(List.of(script.toString(), jar.toString()));
        if (!argument.isEmpty()) {
            command.add(argument);
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(folder.resolve("err" + index).toFile());
        builder.environment().putAll(environment());
        builder.environment().putAll(Map.of("JOB_COMPLETION_INDEX", "" + index, "PEL_MEET", "127.0.0.1:" + port, "PEL_ADDRESS", "127.0.0.1", "PEL_HEAP", "64m",
                "PEL_KEY_FILE", folder.resolve("key").toString(), "PEL_NO_BUILD", "1", "PEL_JAVA_HOME", System.getProperty("java.home")));
        builder.environment().putAll(changes);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
