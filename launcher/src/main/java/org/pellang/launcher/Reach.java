package org.pellang.launcher;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How hosts are reached that are not this one.
 *
 * @param agent the command that runs a command there, to which options, host and a line for a shell are added: {@code ssh}; or
 *     with the word <code>{host}</code>, to which a command is added: <code>kubectl exec -i {host} --</code>
 * @param far names of the hosts that are reached so
 * @param addresses under which the JVMs there reach each other, where that is not the one that ssh has used
 * @param limit by then all hosts have answered and are ready
 * @param staging files that are not there are sent; otherwise they are an error
 * @param folderRequired the folder of the ranks must be there; otherwise the user's home folder does
 * @param tls when messages between JVMs are enciphered
 */
public record Reach(List<String> agent, Set<String> far, Map<String, String> addresses, Duration limit, boolean staging, boolean folderRequired, Tls tls) {
    /** When messages between JVMs are enciphered. */
    public enum Tls {
        /** If they pass between hosts. */
        AUTO,
        ALWAYS,
        NEVER
    }

    /** Time for all hosts to answer. */
    public static final Duration USUAL_LIMIT = Duration.ofSeconds(30);

    /** All is here. */
    public static final Reach HERE = new Reach(List.of("ssh"), Set.of(), Map.of(), USUAL_LIMIT, true, false, Tls.AUTO);

    public Reach {
        agent = List.copyOf(agent);
        far = Set.copyOf(far);
        addresses = Map.copyOf(addresses);
    }
}
