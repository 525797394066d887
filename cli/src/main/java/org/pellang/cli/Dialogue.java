package org.pellang.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/**
 * What was typed so far is a program that grows at its end. An input that has errors is forgotten; one that declares a name again takes the place of the earlier
 * declaration if the rest allows it (which is not run again); an expression is printed.
 */
final class Dialogue {
    private static final Pattern DECLARATION =
            Pattern.compile("\\s*(?:let|var|fn|op|record|domain|config|channel)\\s+([A-Za-z_][A-Za-z_0-9]*).*", Pattern.DOTALL);

    private final Function<SourceFile, List<Diagnostic>> check;
    private final Consumer<Span> run;
    private final List<String> accepted = new ArrayList<>();

    /**
     * @param check the messages about a program
     * @param run runs the statements of a part of a program on the living ranks
     */
    Dialogue(Function<SourceFile, List<Diagnostic>> check, Consumer<Span> run) {
        this.check = check;
        this.run = run;
    }

    /** Whether more lines are needed: a bracket, a string or a value is open at the end. */
    boolean isIncomplete(String input) {
        if (input.isBlank()) {
            return false;
        }
        return check.apply(SourceFile.of("input", input)).stream()
                .anyMatch(d -> d.code().equals("PEL0002") && d.message().endsWith("is never closed")
                        || (d.code().equals("PEL0001") || d.code().equals("PEL0002")) && d.primary().end() >= input.stripTrailing().length());
    }

    /** Takes one input; the messages about it, none if it was run. */
    List<Diagnostic> enter(String input) {
        if (input.isBlank()) {
            return List.of();
        }
        int end = accepted.size();
        Matcher declared = DECLARATION.matcher(input);
        if (declared.matches()) {
            int earlier = earlier(declared.group(1));
            boolean done = tryTo(earlier < 0 ? end : earlier, input) || earlier >= 0 && tryTo(end, input);
            return done ? List.of() : messages(end, input);
        }
        for (String printing : List.of("print(\n" + input + "\n)", "printall(\n" + input + "\n)")) {
            if (messages(end, printing).stream().noneMatch(Diagnostic::isError)) {
                run.accept(part(end, printing));
                return List.of();
            }
        }
        if (tryTo(end, input)) {
            return List.of();
        }
        List<Diagnostic> all = messages(end, input);
        boolean value = all.stream().anyMatch(d -> d.code().equals("PEL0004") && d.fixes().isEmpty());
        return value ? messages(end, "print(\n" + input + "\n)") : all;
    }

    private int earlier(String name) {
        for (int k = 0; k < accepted.size(); k++) {
            Matcher m = DECLARATION.matcher(accepted.get(k));
            if (m.matches() && m.group(1).equals(name)) {
                return k;
            }
        }
        return -1;
    }

    /** Puts the input at a place among what was accepted, and runs it, if there are no errors. */
    private boolean tryTo(int place, String input) {
        if (messages(place, input).stream().anyMatch(Diagnostic::isError)) {
            return false;
        }
        run.accept(part(place, input));
        if (place < accepted.size()) {
            accepted.set(place, input);
        } else {
            accepted.add(input);
        }
        return true;
    }

    /** The input as a part of the program in which it stands at a place. */
    private Span part(int place, String input) {
        String head = text(accepted.subList(0, place));
        String tail = place < accepted.size() ? "\n" + text(accepted.subList(place + 1, accepted.size())) : "";
        return new Span(SourceFile.of("input", head + input + tail), head.length(), head.length() + input.length());
    }

    /** Messages whose place is in the input; if all errors are elsewhere, all. */
    private List<Diagnostic> messages(int place, String input) {
        Span part = part(place, input);
        List<Diagnostic> all = check.apply(part.file());
        List<Diagnostic> here =
                all.stream().filter(d -> d.primary().start() >= part.start() && d.primary().start() <= part.end()).toList();
        return here.stream().anyMatch(Diagnostic::isError) ? here : all;
    }

    private static String text(List<String> parts) {
        StringBuilder out = new StringBuilder();
        parts.forEach(p -> out.append(p).append('\n'));
        return out.toString();
    }
}
