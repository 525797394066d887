package org.pellang.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pellang.launcher.JobSpec;

/** Lists of hosts, and where ranks go on them. */
final class HostListTest {
    @Test
    void slotsFirstThenRoundAndRound() throws CommandFailure {
        assertThat(HostList.of("a:2,b,me@c:1").places(6)).containsExactly(place("a", 3), place("b", 2), place("me@c", 1));
        assertThat(HostList.of("a:4,b:4").places(3)).containsExactly(place("a", 3));
        assertThat(HostList.of("[fe80::1]:2,10.0.0.1:3").places(5)).containsExactly(place("fe80::1", 2), place("10.0.0.1", 3));
        assertThat(HostList.of("a,b:3").slots()).isEqualTo(4);
    }

    @Test
    void theSameNumberOnEachHost() throws CommandFailure {
        assertThat(HostList.of("a:4,b:4,a:1,c").balanced(7)).containsExactly(place("a", 3), place("b", 2), place("c", 2));
        assertThat(HostList.of("a:4,b:4").balanced(1)).containsExactly(place("a", 1));
    }

    @Test
    void filesAsMpirunReadsThem() throws CommandFailure {
        HostList list = HostList.ofFile(Path.of("hosts"), List.of("# the cluster", "", "node1 slots=4 max_slots=8  # fast", "node2", "10.0.0.3 slots = 2 address=192.168.5.3"));
        assertThat(list.places(7)).containsExactly(place("node1", 4), place("node2", 1), place("10.0.0.3", 2));
        assertThat(list.addresses()).containsOnly(java.util.Map.entry("10.0.0.3", "192.168.5.3"));
        assertThatThrownBy(() -> HostList.ofFile(Path.of("hosts"), List.of("a", "b slots=none"))).hasMessageContaining("hosts, line 2");
        assertThatThrownBy(() -> HostList.ofFile(Path.of("hosts"), List.of("#"))).hasMessageContaining("names no host");
    }

    /** A name that begins with a dash would be an option of ssh. */
    @Test
    void namesAreNoOptions() {
        for (String name : List.of("-oProxyCommand=x", "a b", "a;b", "$(x)", "", "a,", "a:0", "x@-y")) {
            assertThatThrownBy(() -> HostList.of(name)).as(name).isInstanceOf(CommandFailure.class);
        }
        assertThatThrownBy(() -> HostList.ofFile(Path.of("hosts"), List.of("-oProxyCommand=x slots=1"))).isInstanceOf(CommandFailure.class);
    }

    @Test
    void wordsOfTheLaunchAgent() throws CommandFailure {
        assertThat(HostFlags.words("ssh -p 2222 -o 'ProxyCommand=nc %h %p' \"\"")).containsExactly("ssh", "-p", "2222", "-o", "ProxyCommand=nc %h %p", "");
        assertThatThrownBy(() -> HostFlags.words("ssh 'x")).isInstanceOf(CommandFailure.class);
    }

    private static JobSpec.Place place(String host, int ranks) {
        return new JobSpec.Place(host, ranks);
    }
}
