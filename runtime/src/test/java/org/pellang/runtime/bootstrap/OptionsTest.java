package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pellang.runtime.OptionSpec;
import org.pellang.runtime.Options;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.UsageException;

/** The command line of programs: values, help, errors, exit codes. */
class OptionsTest {
    private static final ProgramInfo INFO = new ProgramInfo("heat", "Heat in a plate.", List.of(
            new OptionSpec("n", OptionSpec.Kind.INT, "512", "rows and columns"),
            new OptionSpec("tolerance", OptionSpec.Kind.FLOAT, "1e-6", ""),
            new OptionSpec("verbose", OptionSpec.Kind.BOOL, "false", "say more"),
            new OptionSpec("name", OptionSpec.Kind.STRING, "\"x\"", "")));

    private static Jobs.Result run(String... args) {
        return Jobs.run(Jobs.Link.LOCAL, 2, List.of(args), INFO, rank -> rank.print("ran"));
    }

    @Test
    void bothSpellings() throws UsageException {
        Options options = Options.parse(INFO, List.of("--n=100_000", "--tolerance", "-2.5e3", "--verbose", "--name=a=b"));
        assertThat(options.intValue("n")).isEqualTo(100_000);
        assertThat(options.floatValue("tolerance")).isEqualTo(-2500.0);
        assertThat(options.boolValue("verbose")).isTrue();
        assertThat(options.stringValue("name")).isEqualTo("a=b");
        assertThat(options.has("n")).isTrue();
        assertThat(Options.parse(INFO, List.of()).has("n")).isFalse();
    }

    @Test
    void negativeNumbersAndTheLastValueWins() throws UsageException {
        Options options = Options.parse(INFO, List.of("--n", "-5", "--n=7", "--verbose", "false", "--tolerance=inf"));
        assertThat(options.intValue("n")).isEqualTo(7);
        assertThat(options.boolValue("verbose")).isFalse();
        assertThat(options.floatValue("tolerance")).isInfinite();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--n=1e6 | option --n needs an int, not '1e6'",
        "--n=99999999999999999999 | needs an int",
        "--n=12x | needs an int, not '12x'",
        "--n | option --n needs a value: an int",
        "--n= | needs an int, not ''",
        "--tolerance=abc | option --tolerance needs a float, not 'abc'",
        "--tolerance=0x1p3 | needs a float",
        "--verbose=yes | option --verbose needs true or false, not 'yes'",
        "--tolerence=1 | unknown option --tolerence; did you mean --tolerance?",
        "--zzzzzz | unknown option --zzzzzz",
        "4096 | unexpected argument '4096'",
        "-n4 | unexpected argument '-n4'"})
    void errorsEndWithTwo(String arg, String message) {
        Jobs.Result result = run(arg);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("heat: ").contains(message).endsWith("try --help\n");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void nothingIsSuggestedForNonsense() {
        assertThat(run("--zzzzzz").err()).doesNotContain("did you mean");
    }

    @ParameterizedTest
    @CsvSource({"-h", "--help"})
    void helpListsOptionsAndEndsWithZero(String arg) {
        Jobs.Result result = run("--n=4", arg);
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("usage: heat [options]").contains("Heat in a plate.")
                .containsPattern("--n=<int> +rows and columns \\[512]").contains("--tolerance=<float>").doesNotContain("ran\n");
    }
}
