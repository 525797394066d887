package org.pellang.runtime.bootstrap;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;

/** The same, each operation on every transport. */
@Tag("slow")
class DyingEverywhereTest extends DyingTest {
    static Stream<Arguments> cases() {
        return everywhere(false);
    }

    static Stream<Arguments> later() {
        return everywhere(true);
    }
}
