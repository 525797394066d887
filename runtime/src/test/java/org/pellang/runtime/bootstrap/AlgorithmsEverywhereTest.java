package org.pellang.runtime.bootstrap;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/** The same on every transport at every size. */
@Tag("slow")
class AlgorithmsEverywhereTest extends AlgorithmsTest {
    static Stream<Job> jobs() {
        return everywhere();
    }
}
