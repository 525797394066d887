package org.pellang.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.ModuleSource;
import org.pellang.compiler.source.SourceFile;
import org.pellang.stdlib.Format;

/** The declarations of the standard library, from its jar. */
public final class StandardLibrary implements ModuleSource {
    /** All modules; a test compares them with what the library has. */
    public static final List<String> MODULES = List.of("io", "math", "random", "sorting", "stats", "text");

    @Override
    public List<String> standardModules() {
        return MODULES;
    }

    @Override
    public @Nullable SourceFile find(String module) {
        try (InputStream in = Format.class.getResourceAsStream("/org/pellang/stdlib/" + module + ".pel")) {
            return in == null ? null : SourceFile.of(module + ".pel", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
