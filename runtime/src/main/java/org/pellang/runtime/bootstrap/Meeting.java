package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.pellang.runtime.transport.tcp.JobKey;
import org.pellang.runtime.transport.tcp.TlsIdentity;

/** How the JVMs of a job find each other: through the launcher that holds their standard input. */
interface Meeting {
    /**
     * What only the JVMs of the job know.
     *
     * @param key with which they prove that they belong to it
     * @param identity with which they encipher what they say, if hosts are different
     */
    record Secret(JobKey key, Optional<TlsIdentity> identity) {}

    /** The secret of the job. */
    Secret secret() throws IOException;

    /**
     * Says at which port this JVM can be reached.
     *
     * @return where all JVMs can be reached, in order
     */
    List<InetSocketAddress> exchange(int port) throws IOException;
}
