package org.pellang.compiler.doc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.doc.Section.Entry;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Item;
import org.pellang.compiler.syntax.Parser;
import org.pellang.compiler.syntax.Program;
import org.pellang.compiler.syntax.Stmt;
import org.pellang.compiler.syntax.TokenReader;
import org.pellang.grammar.PelLexer;

/** Reads what a file declares, with the {@code ##} lines above or behind each declaration. */
public final class DocReader {
    private final SourceFile file;
    /** Doc comments that have a line of their own, and those behind code, by line. */
    private final Map<Integer, String> alone = new HashMap<>();
    private final Map<Integer, String> behind = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private int lastLine;

    private DocReader(SourceFile file) {
        this.file = file;
        int line = 0;
        for (Token token : TokenReader.tokens(file)) {
            if (token.getType() == PelLexer.DOC) {
                (token.getLine() == line ? behind : alone).put(token.getLine(), token.getText().substring(2).stripTrailing().replaceFirst("^ ", ""));
            }
            line = token.getLine();
        }
    }

    /** All of a program or module; syntax errors go to the diagnostics. */
    public static Section read(String name, SourceFile file, Diagnostics diagnostics) {
        Program program = Parser.parse(file, diagnostics);
        DocReader reader = new DocReader(file);
        program.items().forEach(reader::item);
        String doc = program.doc();
        List<String> head = doc == null ? List.of() : reader.head();
        return new Section(program.module() == null ? name : program.module(), head, List.copyOf(reader.entries));
    }

    /** The functions that the compiler knows by name, in groups. */
    public static List<Section> builtIns() {
        SourceFile file = resource("builtins.pel");
        List<Section> sections = new ArrayList<>();
        for (Item item : Parser.parse(file, new Diagnostics()).items()) {
            if (item instanceof Item.Extern group) {
                DocReader reader = new DocReader(file);
                reader.item(group);
                sections.add(new Section(group.className(), reader.above(group.span().line()), List.copyOf(reader.entries)));
            }
        }
        return List.copyOf(sections);
    }

    private static SourceFile resource(String name) {
        try (InputStream in = DocReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return SourceFile.of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> head() {
        List<String> lines = new ArrayList<>();
        for (int line = alone.keySet().stream().mapToInt(l -> l).min().orElse(1); alone.containsKey(line); line++) {
            lines.add(alone.get(line));
        }
        return lines;
    }

    private void item(Item item) {
        switch (item) {
            case Item.Extern extern -> extern.functions().forEach(f -> add("function", f.name().name(), f.span(), f.span().text()));
            case Item.Function f -> add("function", f.name().name(), f.span(), upTo(f.span(), f.body()));
            case Item.Op op -> add("operator", op.name().name(), op.span(), upTo(op.span(), op.body()));
            case Item.RecordDecl r -> add("record", r.name().name(), r.span(), r.span().text());
            case Item.Test test -> add("test", test.name(), test.span(), new Span(file, test.span().start(), test.body().span().start()).text());
            case Stmt.Config config -> add("option", config.name().name(), config.span(), config.span().text());
            case Stmt.DomainDecl domain -> documented("domain", domain.name().name(), domain.span());
            case Stmt.ChannelDecl channel -> documented("channel", channel.name().name(), channel.span());
            case Stmt.VarDecl v -> documented("variable", v.names().getFirst().name(), v.span());
            case Item _ -> {
                // other statements declare nothing
            }
        }
    }

    private void documented(String kind, String name, Span span) {
        if (!text(span).isEmpty()) {
            add(kind, name, span, span.text());
        }
    }

    private String upTo(Span declaration, Item.Body body) {
        return new Span(file, declaration.start(), body.span().start()).text();
    }

    private void add(String kind, String name, Span span, String written) {
        String signature = written.replaceAll("#[^\\n]*", "").replaceAll("\\s+", " ").strip().replaceFirst("\\s*=$", "").replaceFirst("^pure ", "");
        List<String> text = text(span);
        boolean adjacent = span.line() == lastLine + 1 && !entries.isEmpty();
        lastLine = file.line(span.end());
        if (text.isEmpty() && adjacent && kind.equals("function") && entries.getLast().kind().equals(kind)) {
            Entry first = entries.removeLast();
            List<String> signatures = new ArrayList<>(first.signatures());
            signatures.add(signature);
            boolean known = List.of(first.name().split(", ")).contains(name);
            entries.add(new Entry(kind, known ? first.name() : first.name() + ", " + name, List.copyOf(signatures), first.text()));
        } else {
            entries.add(new Entry(kind, name, List.of(signature), text));
        }
    }

    private List<String> text(Span declaration) {
        int line = declaration.line();
        List<String> above = above(line);
        return above.isEmpty() && behind.containsKey(line) ? List.of(behind.get(line)) : above;
    }

    private List<String> above(int line) {
        Deque<String> lines = new ArrayDeque<>();
        for (int l = line - 1; alone.containsKey(l); l--) {
            lines.addFirst(alone.get(l));
        }
        return List.copyOf(lines);
    }
}
