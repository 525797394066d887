package org.pellang.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pellang.cli.report.HumanReport;
import org.pellang.cli.run.LibraryReference;
import org.pellang.cli.run.PelFiles;
import org.pellang.cli.run.SafeWrite;
import org.pellang.cli.run.SourceLoader;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.doc.DocReader;
import org.pellang.compiler.doc.HtmlPage;
import org.pellang.compiler.doc.MarkdownPage;
import org.pellang.compiler.doc.Section;
import org.pellang.launcher.LaunchRefused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pel doc}: the {@code ##} comments of programs, or of the standard library, as one page. */
@Command(
        name = "doc",
        description = "Write the ## comments of programs, or of the standard library, as one page, and run the examples in those of programs.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "Lines of a comment that are indented by four columns are code: conditions must hold, other pieces must end well; each comment's run as a test.", "",
            "Exit codes: 0 ok, 1 errors in a program or an example that does not hold, 2 command line, 3 file, 70 fault of PEL."})
final class DocCommand implements Callable<Integer> {
    /** What is written. */
    enum Form {
        HTML,
        MARKDOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "FILE|FOLDER", arity = "0..*", description = "Programs, or folders with programs.")
    private List<Path> given = List.of();

    @Option(names = "--std", description = "The standard library.")
    private boolean library;

    @Option(names = "--format", paramLabel = "FORMAT", description = "html or markdown (default: by the ending of the output, else html).")
    private @Nullable Form form;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Where to write; - is standard output (default: NAME.html in the current folder).")
    private @Nullable Path output;

    @Option(names = "--title", paramLabel = "TEXT", description = "The page's title.")
    private @Nullable String title;

    @Option(names = "--no-run", description = "Do not run the examples in the comments.")
    private boolean silent;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    private final Invocation invocation;

    DocCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailure, LaunchRefused {
        if (library != given.isEmpty()) {
            throw CommandFailure.usage(library ? "programs or --std, not both" : "which programs? pel doc prog.pel, or pel doc --std");
        }
        Diagnostics diagnostics = new Diagnostics();
        List<Section> sections = library ? LibraryReference.sections() : programs(diagnostics);
        new HumanReport(invocation.terminal().color()).write(diagnostics.sorted(), invocation.terminal().err());
        if (diagnostics.hasErrors()) {
            return ExitCode.SOURCE_ERRORS;
        }
        boolean markdown = form == Form.MARKDOWN || form == null && output != null && output.toString().endsWith(".md");
        String heading = title != null ? title : library ? LibraryReference.TITLE : sections.getFirst().name();
        List<String> introduction = library ? LibraryReference.INTRODUCTION : List.of();
        deliver(markdown ? MarkdownPage.write(heading, introduction, sections) : HtmlPage.write(heading, introduction, sections), markdown);
        return library || silent || examplesHold(sections) ? ExitCode.OK : ExitCode.SOURCE_ERRORS;
    }

    private List<Section> programs(Diagnostics diagnostics) throws CommandFailure {
        List<Section> sections = new ArrayList<>();
        for (Path file : PelFiles.expand(given)) {
            sections.add(DocReader.read(baseName(file), SourceLoader.load(file), diagnostics));
        }
        return sections;
    }

    private boolean examplesHold(List<Section> sections) throws CommandFailure, LaunchRefused {
        List<Path> files = PelFiles.expand(given);
        int wrong = 0;
        for (int k = 0; k < files.size(); k++) {
            wrong += new DocExamples(invocation, files.get(k)).run(sections.get(k));
        }
        return wrong == 0;
    }

    private void deliver(String page, boolean markdown) throws CommandFailure {
        String name = library ? "library" : baseName(given.getFirst().toAbsolutePath().normalize());
        Path file = output != null ? output : Path.of(name + (markdown ? ".md" : ".html"));
        if (file.toString().equals("-")) {
            invocation.terminal().out().print(page);
            invocation.terminal().out().flush();
        } else {
            SafeWrite.write(file, page.getBytes(StandardCharsets.UTF_8));
            invocation.terminal().out().println("wrote " + file);
        }
    }

    private static String baseName(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.pel$", "");
    }
}
