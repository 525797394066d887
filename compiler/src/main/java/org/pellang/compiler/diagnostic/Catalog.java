package org.pellang.compiler.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The explanations behind the codes, for {@code pel explain CODE}: one resource per code. */
public final class Catalog {
    private Catalog() {}

    /**
     * The explanation of a code as Markdown: a title, the rule, a wrong and a right program. {@code 301}, {@code 0301} and
     * {@code pel0301} mean {@code PEL0301}. Empty if there is no such code.
     */
    public static Optional<String> explain(String code) {
        String wanted = normalised(code);
        if (!wanted.matches("PEL\\d{4}")) {
            return Optional.empty();
        }
        try (InputStream in = Catalog.class.getResourceAsStream("/org/pellang/compiler/explain/" + wanted + ".md")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** All codes that have an explanation, in order. */
    public static java.util.List<String> codes() {
        return java.util.stream.IntStream.concat(java.util.stream.IntStream.range(0, 1000), java.util.stream.IntStream.of(9999))
                .mapToObj("PEL%04d"::formatted)
                .filter(c -> Catalog.class.getResource("/org/pellang/compiler/explain/" + c + ".md") != null)
                .toList();
    }

    /** The code in its full form, as far as it can be told. */
    public static String normalised(String code) {
        String upper = code.strip().toUpperCase(Locale.ROOT);
        String digits = upper.startsWith("PEL") ? upper.substring(3) : upper.startsWith("E") ? upper.substring(1) : upper;
        return digits.matches("\\d{1,4}") ? "PEL" + "0".repeat(4 - digits.length()) + digits : upper;
    }
}
