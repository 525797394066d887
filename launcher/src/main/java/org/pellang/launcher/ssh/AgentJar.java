package org.pellang.launcher.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.pellang.launcher.agent.Agent;
import org.pellang.runtime.bootstrap.Leftovers;

/** The agent as a small jar, made of classes of this module and one of the runtime. */
final class AgentJar {
    private static final List<String> PARTS =
            List.of("org/pellang/launcher/agent/", "org/pellang/launcher/placement/HostMemory", "org/pellang/launcher/placement/AotCache",
                    "org/pellang/launcher/backend/SegmentFolder", "org/pellang/launcher/backend/OomEvidence", "org/pellang/runtime/bootstrap/Leftovers");

    private AgentJar() {}

    static byte[] bytes() throws IOException {
        TreeMap<String, byte[]> classes = new TreeMap<>();
        for (Class<?> one : List.of(Agent.class, Leftovers.class)) {
            Path source;
            try {
                source = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
            } catch (URISyntaxException e) {
                throw new IOException("this installation of PEL cannot be read", e);
            }
            if (Files.isDirectory(source)) {
                ofFolder(source, classes);
            } else {
                ofJar(source, classes);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (var entry : classes.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isPart(String name) {
        return name.endsWith(".class") && PARTS.stream().anyMatch(name::startsWith);
    }

    private static void ofFolder(Path folder, TreeMap<String, byte[]> classes) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (isPart(name)) {
                    classes.put(name, Files.readAllBytes(file));
                }
            }
        }
    }

    private static void ofJar(Path jar, TreeMap<String, byte[]> classes) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().filter(e -> isPart(e.getName())).toList()) {
                try (var in = file.getInputStream(entry)) {
                    classes.put(entry.getName(), in.readAllBytes());
                }
            }
        }
    }
}
