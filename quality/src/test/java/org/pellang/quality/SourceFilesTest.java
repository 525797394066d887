package org.pellang.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Habits that a look at the files can check. */
final class SourceFilesTest {
    private static final int LONGEST_FILE = 500;
    private static final int WIDEST_LINE = 180;
    private static final Pattern UNWANTED_NAME = Pattern.compile(".*(Impl|Manager|Utils?|Helper)\\.java");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

    @Test
    void noFileIsTooLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Project.javaFiles()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                tooLong.add(relative(file) + ": " + lines + " lines");
            }
        }
        assertThat(tooLong).as("files over " + LONGEST_FILE + " lines").isEmpty();
    }

    @Test
    void noLineIsTooWide() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path file : Project.javaFiles()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > WIDEST_LINE || lines.get(i).contains("\t") && !lines.get(i).contains("\"")) {
                    wide.add(relative(file) + ":" + (i + 1));
                }
            }
        }
        assertThat(wide).as("lines over " + WIDEST_LINE + " columns, or with tabs").isEmpty();
    }

    @Test
    void namesSayWhatThingsAre() throws IOException {
        assertThat(Project.javaFiles()).noneMatch(file -> UNWANTED_NAME.matcher(file.toString()).matches());
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        List<String> marks = new ArrayList<>();
        for (Path file : Project.javaFiles()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (UNFINISHED.matcher(lines.get(i)).find() && !file.endsWith("SourceFilesTest.java")) {
                    marks.add(relative(file) + ":" + (i + 1) + " " + lines.get(i).strip());
                }
            }
        }
        assertThat(marks).isEmpty();
    }

    @Test
    void everyPackageSaysItsPurposeAndIsNullMarked() throws IOException {
        TreeSet<Path> folders = new TreeSet<>();
        Project.javaFiles().stream().filter(f -> f.toString().contains("/src/main/java/") && !f.toString().contains("/src/it/")).forEach(f -> folders.add(f.getParent()));
        List<String> faults = new ArrayList<>();
        for (Path folder : folders) {
            Path info = folder.resolve("package-info.java");
            String text = Files.exists(info) ? Files.readString(info) : "";
            if (!text.contains("@NullMarked") || !text.contains("/**")) {
                faults.add(relative(folder));
            }
        }
        assertThat(faults).as("packages without a documented, null-marked package-info").isEmpty();
    }

    private static String relative(Path file) {
        return Project.root().relativize(file).toString();
    }
}
