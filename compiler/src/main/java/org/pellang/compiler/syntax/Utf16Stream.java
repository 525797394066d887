package org.pellang.compiler.syntax;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;
import org.pellang.compiler.source.SourceFile;

/** The characters of a file for the lexer, counted in UTF-16 units like {@link org.pellang.compiler.source.Span}. */
final class Utf16Stream implements CharStream {
    private final String name;
    private final String text;
    private int position;

    Utf16Stream(SourceFile file) {
        this.name = file.name();
        this.text = file.text();
    }

    @Override
    public void consume() {
        if (position >= text.length()) {
            throw new IllegalStateException("cannot consume EOF");
        }
        position++;
    }

    @Override
    public int LA(int i) {
        int at = i > 0 ? position + i - 1 : position + i;
        return i == 0 ? 0 : at < 0 || at >= text.length() ? IntStream.EOF : text.charAt(at);
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {
        // the whole text stays in memory: nothing to release
    }

    @Override
    public int index() {
        return position;
    }

    @Override
    public void seek(int index) {
        position = Math.min(index, text.length());
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return name;
    }

    @Override
    public String getText(Interval interval) {
        int start = Math.clamp(interval.a, 0, text.length());
        return text.substring(start, Math.clamp(interval.b + 1L, start, text.length()));
    }
}
