package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.pellang.runtime.transport.tcp.JobKey;

/** How the JVMs of a job find each other: through the launcher that holds their standard input. */
interface Meeting {
    /** The secret of the job. */
    JobKey key() throws IOException;

    /**
     * Says at which port this JVM can be reached.
     *
     * @return where all JVMs can be reached, in order
     */
    List<InetSocketAddress> exchange(int port) throws IOException;
}
