package org.pellang.compiler.codegen;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.TypedPrinter;
import org.pellang.compiler.sema.checkpoint.CheckpointStates;
import org.pellang.compiler.sema.checkpoint.LoopState;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TStmt;

/** Hashes by which a checkpoint knows its program again. */
final class Fingerprints {
    private static final int BYTES = 16;

    private Fingerprints() {}

    /** The Java expression for them; null if no loop has a clause. */
    static @Nullable String expression(JavaUnit unit) {
        CheckpointStates states = unit.checkpoints();
        if (states.loops().isEmpty()) {
            return null;
        }
        // The typed tree as text: comments, layout and places do not count, modules do.
        String program = hash(TypedPrinter.print(unit.program()));
        StringBuilder state = new StringBuilder();
        states.loops().forEach(l -> describe(l, state));
        return "new " + unit.use(RuntimeApi.PROGRAM_INFO) + ".Fingerprint(" + JavaLiteral.string(program) + ", "
                + JavaLiteral.string(hash(state.toString())) + ")";
    }

    private static void describe(LoopState loop, StringBuilder out) {
        out.append(loop.number()).append(loop.loop().loop() instanceof TStmt.For ? " for" : " while");
        loop.variables().forEach(v -> out.append(' ').append(v.name()).append(": ").append(form(v.type())));
        out.append('\n');
    }

    /** A type as its bytes show it: how elements are spread over the ranks does not count, what a record consists of does. */
    private static String form(Type type) {
        return switch (type) {
            case Type.Array a -> "[" + a.axes() + "] " + form(a.element());
            case Type.ListOf l -> "list " + form(l.element());
            case Type.MapOf m -> "map " + form(m.key()) + " -> " + form(m.value());
            case Type.Tuple t -> t.elements().stream().map(Fingerprints::form).collect(Collectors.joining(", ", "(", ")"));
            case Type.Record r -> r.fields().stream().map(f -> f.name() + ": " + f.extents() + form(f.type())).collect(Collectors.joining(", ", r.name() + "(", ")"));
            case Type.Scalar _, Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> type.toString();
        };
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new CompilerBug("no SHA-256", e);
        }
    }
}
