package org.pellang.cli.run;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.doc.DocReader;
import org.pellang.compiler.doc.Section;
import org.pellang.compiler.source.SourceFile;

/** What {@code pel doc --std} shows: the compiler's own functions, then the library's modules. */
public final class LibraryReference {
    public static final String TITLE = "The PEL standard library";

    public static final List<String> INTRODUCTION = List.of(
            "Every name here can be used without `use`; a program's own names come first. An indented line is an example, and a test runs",
            "those that compare something. In signatures of the compiler's own functions `T` is any type and `n` any type of numbers.");

    private LibraryReference() {}

    /** All sections in order. */
    public static List<Section> sections() {
        List<Section> sections = new ArrayList<>(DocReader.builtIns());
        StandardLibrary library = new StandardLibrary();
        for (String module : StandardLibrary.MODULES) {
            SourceFile file = library.find(module);
            if (file == null) {
                throw new IllegalStateException("the library has no module " + module);
            }
            Section section = DocReader.read(module, file, new Diagnostics());
            sections.add(new Section("Module " + module, forUsers(section.text()), section.entries()));
        }
        return List.copyOf(sections);
    }

    // What the head of a module says about its Java is for those who write modules.
    private static List<String> forUsers(List<String> lines) {
        return lines.stream().filter(l -> !l.startsWith("A Java method carries") && !l.startsWith("collective: their Java methods")).toList();
    }
}
