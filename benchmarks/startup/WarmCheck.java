import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.pellang.cli.run.StandardLibrary;
import org.pellang.compiler.PelCompiler;
import org.pellang.compiler.source.SourceFile;

/**
 * How long a warm compiler takes to check a program after an edit, as an editor or a watching build asks for it: {@code java -cp lib/* WarmCheck.java FILE.pel}.
 * Every round changes a line. Prints lines, and milliseconds: median and greatest of 30 rounds after 30 that do not count.
 */
final class WarmCheck {
    private WarmCheck() {}

    public static void main(String[] args) throws Exception {
        String text = Files.readString(Path.of(args[0]));
        PelCompiler compiler = new PelCompiler(new StandardLibrary(), List.of(), "benchmark");
        double[] ms = new double[60];
        for (int k = 0; k < ms.length; k++) {
            SourceFile source = SourceFile.of("edited.pel", text + "let edited = " + k + "\n");
            long start = System.nanoTime();
            PelCompiler.Result result = compiler.compile(source, new PelCompiler.Goal.Check());
            ms[k] = (System.nanoTime() - start) / 1e6;
            if (result.diagnostics().stream().anyMatch(d -> d.isError())) {
                throw new IllegalStateException(result.diagnostics().toString());
            }
        }
        double[] counted = Arrays.copyOfRange(ms, 30, ms.length);
        Arrays.sort(counted);
        System.out.printf("%-44s %8d %8.1f %8.1f%n", Path.of(args[0]).getFileName(), text.lines().count() + 1, counted[counted.length / 2], counted[counted.length - 1]);
    }
}
