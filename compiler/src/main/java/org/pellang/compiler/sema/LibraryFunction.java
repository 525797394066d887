package org.pellang.compiler.sema;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pellang.compiler.sema.typed.ExternFunction;

/**
 * One declaration of the standard library with the names of its parameters, for labels and messages.
 *
 * @param module the module that declares it
 */
record LibraryFunction(ExternFunction function, List<String> names, String module) {

    /** {@code fn hypot(x: float, y: float) -> float}. */
    String signature() {
        return IntStream.range(0, names.size())
                        .mapToObj(i -> names.get(i) + ": " + function.params().get(i))
                        .collect(Collectors.joining(", ", "fn " + function.name() + "(", ")"))
                + " -> " + function.result();
    }
}
