package org.pellang.quality.differential;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.pellang.runtime.Options;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;

/** A program that runs all compiled programs of a folder one after another, so that a job of JVMs need not be started for each. */
public final class ManyPrograms implements PelProgram {
    /** Environment variable: the folder. */
    static final String FOLDER = "PEL_TEST_PROGRAMS";

    /** Behind the name of a program's jar: a file with its options, one a line, if it has any. */
    static final String OPTIONS = ".options";

    /** Stands before the name of each program in the output. */
    static final String MARK = "=== ";

    /** For the runtime's loader. */
    public ManyPrograms() {}

    @Override
    public ProgramInfo info() {
        return new ProgramInfo("many", "", List.of());
    }

    @Override
    public void run(Rank rank) throws Throwable {
        try (Stream<Path> files = Files.list(Path.of(System.getenv(FOLDER)))) {
            for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
                rank.print(MARK + jar.getFileName());
                try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ManyPrograms.class.getClassLoader())) {
                    PelProgram program = Class.forName(main(jar), true, loader).asSubclass(PelProgram.class).getConstructor().newInstance();
                    program.run(rank.with(Options.parse(program.info(), options(jar))));
                }
            }
        }
    }

    private static List<String> options(Path jar) throws IOException {
        Path file = jar.resolveSibling(jar.getFileName() + OPTIONS);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static String main(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes attributes = file.getManifest().getMainAttributes();
            String named = attributes.getValue("Pel-Program");
            return named != null ? named : attributes.getValue(Attributes.Name.MAIN_CLASS);
        }
    }
}
