package org.pellang.runtime.bootstrap;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** The same over TCP, shared memory between JVMs, and both, at every size. */
@Tag("slow")
class CollectivesOverTcpTest extends CollectivesTest {
    static Stream<Arguments> jobs() {
        return jobs(List.of(Link.TCP, Link.HOST, Link.MIXED), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
}
