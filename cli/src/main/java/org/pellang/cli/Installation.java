package org.pellang.cli;

import java.util.List;
import java.util.Optional;

/** Whether the jars that the commands need can be read; asked only after something has failed. */
final class Installation {
    /** A part and a class of it. */
    private record Part(String name, String resource) {}

    private static final List<Part> PARTS = List.of(
            new Part("pel-compiler", "org/pellang/compiler/PelCompiler.class"),
            new Part("pel-dsl-grammar", "org/pellang/grammar/PelParser.class"),
            new Part("pel-runtime", "org/pellang/runtime/PelProgram.class"),
            new Part("pel-stdlib", "org/pellang/stdlib/Format.class"),
            new Part("pel-launcher", "org/pellang/launcher/LaunchRefused.class"),
            new Part("antlr4-runtime", "org/antlr/v4/runtime/Parser.class"),
            new Part("javapoet", "com/palantir/javapoet/JavaFile.class"),
            new Part("picocli", "picocli/CommandLine.class"));

    private Installation() {}

    /** One line that says what is missing; empty if nothing is. */
    static Optional<String> damage() {
        ClassLoader loader = Installation.class.getClassLoader();
        List<String> missing =
                PARTS.stream().filter(p -> loader.getResource(p.resource()) == null).map(Part::name).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("this installation of PEL is damaged: no readable jar of " + String.join(", ", missing) + " in "
                        + System.getProperty("pel.home", "its folder") + "; install or build it again");
    }
}
