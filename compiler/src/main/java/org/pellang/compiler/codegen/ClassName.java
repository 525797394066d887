package org.pellang.compiler.codegen;

import org.pellang.compiler.sema.typed.TypedProgram;

/** The Java class of a program: the words of its file's name, capitalised. */
final class ClassName {
    private ClassName() {}

    static String of(TypedProgram program) {
        String file = program.file().name();
        String base = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).replaceFirst("\\.pel$", "");
        StringBuilder name = new StringBuilder();
        for (String word : base.split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        String text = name.isEmpty() || Character.isDigit(name.charAt(0)) ? "P" + name : name.toString();
        boolean taken = JavaTypes.JAVA_LANG.contains(text)
                || RuntimeApi.simpleNames().contains(text)
                || program.records().stream().anyMatch(r -> r.name().equals(text));
        return taken ? text + "Program" : text;
    }
}
