package org.pellang.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pel new}: a small project that runs at once. */
@Command(
        name = "new",
        description = "Make a folder with a small program, its test and a README.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 ok, 2 command line, 3 the folder is there already or cannot be written."})
final class NewCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Name of the project and of its folder: letters, digits, - and _.")
    private @Nullable Path target;

    @Option(names = "--maven", description = "A Maven project instead, built by pel-maven-plugin.")
    private boolean maven;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    private final Invocation invocation;

    NewCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailure {
        Path folder = target;
        if (folder == null) {
            throw CommandFailure.usage("which name? pel new waves");
        }
        String name = String.valueOf(folder.getFileName());
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            throw CommandFailure.usage("'" + name + "' is no name for a project: use letters, digits, - and _");
        }
        try {
            if (folder.toAbsolutePath().getParent() instanceof Path parent) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder);
            for (Map.Entry<String, String> file : files(name).entrySet()) {
                Path path = folder.resolve(file.getValue());
                Files.createDirectories(path.resolve("..").normalize());
                Files.writeString(path, template(file.getKey(), name));
            }
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.io(folder + " is there already");
        } catch (IOException e) {
            throw CommandFailure.io("cannot write " + folder + ": " + e.getMessage());
        }
        String next = maven ? "cd " + folder + " && mvn verify" : "pelrun -n 2 " + folder.resolve(name + ".pel");
        invocation.terminal().out().println("made " + folder + "; try: " + next);
        return ExitCode.OK;
    }

    private Map<String, String> files(String name) {
        return maven
                ? Map.of("program.pel", "src/main/pel/" + name + ".pel", "pom.xml", "pom.xml", "README-maven.md", "README.md", "gitignore", ".gitignore")
                : Map.of("program.pel", name + ".pel", "README.md", "README.md", "gitignore", ".gitignore");
    }

    private static String template(String file, String name) throws IOException {
        try (InputStream in = NewCommand.class.getResourceAsStream("/org/pellang/cli/new/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no template " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@NAME@", name).replace("@VERSION@", Version.number());
        }
    }
}
