package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelProgram;

/** Finds a program's class, on the class path or in its jar. */
final class ProgramLoader {
    private static final String ATTRIBUTE = "Pel-Program";
    private static final String DEFAULT = "pel.Program";

    private ProgramLoader() {}

    static Supplier<PelProgram> load(@Nullable Path jar, @Nullable String className) throws RankArguments.Wrong {
        if (jar == null && className == null) {
            throw new RankArguments.Wrong(2, "neither --program nor --class is given");
        }
        String name = className != null ? className : jar == null ? DEFAULT : nameIn(jar);
        try {
            Constructor<? extends PelProgram> constructor = find(name, jar).asSubclass(PelProgram.class).getConstructor();
            return () -> create(constructor);
        } catch (ReflectiveOperationException | ClassCastException | IOException e) {
            throw new RankArguments.Wrong(1, (jar == null ? name : jar) + " is not a PEL program: " + e);
        } catch (LinkageError e) {
            throw new RankArguments.Wrong(1, (jar == null ? name : jar) + " does not fit this runtime; compile it again (" + e + ")");
        }
    }

    private static String nameIn(Path jar) throws RankArguments.Wrong {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            if (manifest == null) {
                return DEFAULT;
            }
            Attributes attributes = manifest.getMainAttributes();
            String named = attributes.getValue(ATTRIBUTE);
            String main = attributes.getValue(Attributes.Name.MAIN_CLASS);
            return named != null ? named : main != null ? main : DEFAULT;
        } catch (IOException e) {
            throw new RankArguments.Wrong(1, "cannot read " + jar + ": " + e.getMessage());
        }
    }

    private static Class<?> find(String name, @Nullable Path jar) throws ClassNotFoundException, IOException {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            if (jar == null) {
                throw e;
            }
        }
        // Stays open: classes are loaded from it until the JVM ends.
        @SuppressWarnings("resource")
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ProgramLoader.class.getClassLoader());
        return Class.forName(name, true, loader);
    }

    private static PelProgram create(Constructor<? extends PelProgram> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create the program", e);
        }
    }
}
