package org.pellang.runtime.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** The kernel's tables of connections, as they looked on Linux 6. */
class UnacknowledgedTest {
    private static final String FINE = "   3: 014D000A:A2F1 024D000A:8C55 01 00000000:00000000 00:00000000 00000000     0        0 71234 1 0000000000000000 20 4 30 10 -1";
    private static final String CUT = "   4: 014D000A:A2F1 024D000A:8C55 01 00000848:00000000 01:00000142 00000006     0        0 71234 2 0000000000000000 12800 4 30 1 7";
    private static final String MAPPED =
            "   5: 0000000000000000FFFF0000014D000A:A2F1 0000000000000000FFFF0000024D000A:8C55 01 00000848:00000000 01:00000142 00000006     0        0 71234 2";
    private static final String NOT_READ = "   6: 014D000A:A2F1 024D000A:8C55 01 00100000:00000000 04:00000142 00000000     0        9 71234 2 0000000000000000 12800 4 30 1 7";
    private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

    @Test
    void whatIsSentAgainAndAgain() {
        assertThat(Unacknowledged.isStuck(CUT)).isTrue();
        assertThat(Unacknowledged.isStuck(MAPPED)).isTrue();
        assertThat(Unacknowledged.isStuck(FINE)).isFalse();
        assertThat(Unacknowledged.isStuck(HEAD)).isFalse();
    }

    @Test
    void whoDoesNotReadIsNotLost() {
        assertThat(Unacknowledged.isStuck(NOT_READ)).isFalse();
    }

    @Test
    void whoseConnectionItIs() throws UnknownHostException {
        InetSocketAddress here = at("10.0.77.1", 0xA2F1);
        assertThat(Unacknowledged.tellsOf(CUT, here, at("10.0.77.2", 0x8C55))).isTrue();
        assertThat(Unacknowledged.tellsOf(MAPPED, here, at("10.0.77.2", 0x8C55))).isTrue();
        assertThat(Unacknowledged.tellsOf(CUT, here, at("10.0.77.3", 0x8C55))).isFalse();
        assertThat(Unacknowledged.tellsOf(CUT, here, at("10.0.77.2", 0x8C56))).isFalse();
        assertThat(Unacknowledged.tellsOf(CUT, at("10.0.77.1", 0xA2F2), at("10.0.77.2", 0x8C55))).isFalse();
    }

    private static InetSocketAddress at(String address, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }
}
