package org.pellang.cli.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pellang.cli.CommandFailure;
import org.pellang.cli.run.SafeWrite;

/** Reports of tests in the form that JUnit, Surefire and their readers share. */
public final class JunitXml {
    private JunitXml() {}

    /**
     * One test.
     *
     * @param name as the program calls it
     * @param seconds that it took at all its rank counts
     * @param faults what went wrong; empty if it passed
     */
    public record Case(String name, double seconds, List<String> faults) {}

    /** Writes {@code TEST-pel.NAME.xml} of one program into a folder, which is made if need be. */
    public static void write(Path folder, Path program, List<Case> cases) throws CommandFailure {
        String name = "pel." + String.valueOf(program.getFileName()).replaceFirst("\\.pel$", "");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw CommandFailure.io("cannot make the folder " + folder);
        }
        SafeWrite.write(folder.resolve("TEST-" + name + ".xml"), text(name, program, cases).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String name, Path program, List<Case> cases) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        long failed = cases.stream().filter(c -> !c.faults().isEmpty()).count();
        double seconds = cases.stream().mapToDouble(Case::seconds).sum();
        out.append("<testsuite name=\"%s\" file=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%s\">\n"
                .formatted(name, escaped(program.toString()), cases.size(), failed, time(seconds)));
        for (Case c : cases) {
            out.append("  <testcase name=\"%s\" classname=\"%s\" time=\"%s\"".formatted(escaped(c.name()), name, time(c.seconds())));
            if (c.faults().isEmpty()) {
                out.append("/>\n");
            } else {
                String first = c.faults().getFirst().lines().findFirst().orElse("");
                out.append(">\n    <failure message=\"%s\" type=\"pel\">%s</failure>\n  </testcase>\n"
                        .formatted(escaped(first), escaped(String.join("\n", c.faults()))));
            }
        }
        return out.append("</testsuite>\n").toString();
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private static String escaped(String text) {
        return text.replaceAll("[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
