package org.pellang.compiler.sema;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Runs work on a stack that is deep enough for chains of functions that are specialised inside each other. */
final class DeepStack {
    /** Reserved, not used up: only the pages that are touched take memory. */
    private static final long BYTES = 512L << 20;

    private DeepStack() {}

    static <T> T run(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable body = () -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        };
        new Thread(null, body, "pel-checker", BYTES).start();
        try {
            return result.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }
}
