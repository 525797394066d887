package org.pellang.compiler.sema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.SourceFile;

/** Finds the texts of the standard library's modules. */
public interface ModuleSource {

    /** Names of all modules of the standard library, for instance {@code math}. */
    List<String> standardModules();

    /** The declarations of a module of the standard library, or null if there are none. */
    @Nullable SourceFile find(String module);

    /** A source without any module. */
    ModuleSource NONE = new ModuleSource() {
        @Override
        public List<String> standardModules() {
            return List.of();
        }

        @Override
        public @Nullable SourceFile find(String module) {
            return null;
        }
    };
}
