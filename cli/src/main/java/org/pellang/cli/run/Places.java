package org.pellang.cli.run;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where things are on this machine.
 *
 * @param cacheFolder {@code $XDG_CACHE_HOME/pel} or {@code ~/.cache/pel}
 * @param javaHome the JDK that runs this command and will run the ranks
 * @param classPath jars and class folders of this command
 */
public record Places(Path cacheFolder, Path javaHome, List<Path> classPath) {

    /** Of this process. */
    public static Places ofProcess(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The XDG specification wants relative paths ignored.
        Path base = cache.startsWith("/") ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            jars.add(Path.of(entry).toAbsolutePath());
        }
        return new Places(base.resolve("pel"), Path.of(System.getProperty("java.home")), List.copyOf(jars));
    }

    /** What ranks need on their class path besides the program: runtime and standard library. */
    public List<Path> runtimePath() {
        List<Path> path = new ArrayList<>();
        locate("org.pellang.runtime.PelProgram").ifPresent(path::add);
        locate("org.pellang.stdlib.Format").ifPresent(path::add);
        return List.copyOf(path);
    }

    /** Where the AOT caches of rank JVMs lie. */
    public Path aotFolder() {
        return cacheFolder.resolve("aot");
    }

    private static Optional<Path> locate(String className) {
        try {
            var source = Class.forName(className, false, Places.class.getClassLoader()).getProtectionDomain().getCodeSource();
            return source == null ? Optional.empty() : Optional.of(Path.of(source.getLocation().toURI())).filter(Files::exists);
        } catch (ClassNotFoundException | URISyntaxException e) {
            return Optional.empty();
        }
    }
}
