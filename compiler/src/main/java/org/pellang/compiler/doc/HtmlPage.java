package org.pellang.compiler.doc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes sections as one HTML page with a list of names, a search field and nothing from elsewhere. */
public final class HtmlPage {
    private HtmlPage() {}

    /** A whole page. */
    public static String write(String title, List<String> introduction, List<Section> sections) {
        StringBuilder names = new StringBuilder();
        StringBuilder body = new StringBuilder();
        Anchors anchors = new Anchors();
        for (Section section : sections) {
            String anchor = anchors.next("section-" + section.name());
            names.append("<h2><a href=\"#").append(anchor).append("\">").append(escaped(section.name())).append("</a></h2>\n<ul>\n");
            body.append("<section>\n<h2 id=\"").append(anchor).append("\">").append(escaped(section.name())).append("</h2>\n");
            text(section.text(), body);
            section.entries().forEach(entry -> entry(entry, anchors.next(entry.name().replaceFirst(",.*", "")), names, body));
            names.append("</ul>\n");
            body.append("</section>\n");
        }
        StringBuilder head = new StringBuilder();
        text(introduction, head);
        return template().replace("@TITLE@", escaped(title)).replace("@NAMES@", names).replace("@INTRODUCTION@", head).replace("@BODY@", body);
    }

    private static void entry(Section.Entry entry, String anchor, StringBuilder names, StringBuilder body) {
        String name = escaped(entry.name());
        names.append("<li data-for=\"").append(anchor).append("\"><a href=\"#").append(anchor).append("\">").append(name).append("</a></li>\n");
        body.append("<article id=\"").append(anchor).append("\">\n<h3><a href=\"#").append(anchor).append("\">").append(name).append("</a>");
        body.append("<span class=\"kind\">").append(entry.kind()).append("</span></h3>\n<pre class=\"signature\">");
        entry.signatures().forEach(s -> body.append(escaped(s)).append('\n'));
        body.append("</pre>\n");
        text(entry.text(), body);
        body.append("</article>\n");
    }

    private static void text(List<String> lines, StringBuilder out) {
        for (DocText part : DocText.of(lines)) {
            if (part.code()) {
                out.append("<pre>");
                part.lines().forEach(line -> out.append(escaped(line)).append('\n'));
                out.append("</pre>\n");
            } else {
                String text = escaped(String.join("\n", part.lines()));
                out.append("<p>").append(text.replaceAll("`([^`\n]+)`", "<code>$1</code>")).append("</p>\n");
            }
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String template() {
        try (InputStream in = HtmlPage.class.getResourceAsStream("page.html")) {
            if (in == null) {
                throw new IllegalStateException("no resource page.html");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
