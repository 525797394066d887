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

    /**
     * The files of a user's module.
     *
     * @param files empty if there are none
     * @param problem why there are none
     */
    record UserModule(List<SourceFile> files, String problem) {}

    /** A user's module by its name, as {@code from} uses it. */
    default UserModule user(String module, SourceFile from) {
        return new UserModule(List.of(), "");
    }

    /** Names of modules near a file, for suggestions. */
    default List<String> userModules(SourceFile from) {
        return List.of();
    }

    /** The bytes of a Java class that {@code extern java} names, or null; {@code name} has dots. Here: of the JDK. */
    default byte @Nullable [] javaClass(String name) {
        try (java.io.InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (java.io.IOException e) {
            return null;
        }
    }

    /** Whether classes that are not found are believed to be as {@code extern java} declares them: they may be compiled later. */
    default boolean trustsJava() {
        return false;
    }

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
