package org.pellang.compiler.sema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.SourceFile;

/** The standard library's declarations as resources of the class path: {@code modules.txt} names them. */
public final class ClassPathModules implements ModuleSource {
    private static final String FOLDER = "org/pellang/stdlib/";

    private final ClassLoader loader;
    private final List<String> modules;

    /** @param loader a loader that sees the standard library */
    public ClassPathModules(ClassLoader loader) {
        this.loader = loader;
        String names = text("modules.txt");
        this.modules = names == null ? List.of() : names.lines().filter(n -> !n.isBlank()).toList();
    }

    @Override
    public List<String> standardModules() {
        return modules;
    }

    @Override
    public @Nullable SourceFile find(String module) {
        String text = modules.contains(module) ? text(module + ".pel") : null;
        return text == null ? null : SourceFile.of("<" + module + ">", text);
    }

    private @Nullable String text(String name) {
        try (InputStream in = loader.getResourceAsStream(FOLDER + name)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
