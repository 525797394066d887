package org.pellang.launcher.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What mpirun and mpiexec say of ranks that end badly is heard and not shown; everything else is shown. */
class StarterTalkTest {
    private static final String RULE = "-".repeat(74) + "\n";
    private static final String BAR = "=".repeat(83) + "\n";

    private final StarterTalk talk = new StarterTalk();

    private String shown(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LinePump(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new Sink(out, "a test", line -> {}), talk, line -> {}).run();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void openMpiOfAKilledRank() {
        String shown = shown("before\n" + RULE + "Primary job  terminated normally, but 1 process returned\n"
                + "a non-zero exit code. Per user-direction, the job has been aborted.\n"
                + RULE + RULE + "mpirun.openmpi noticed that process rank 1 with PID 0 on node vm exited on signal 9 (Killed).\n" + RULE + "after\n");
        assertThat(shown).isEqualTo("before\nafter\n");
        assertThat(talk.signal()).hasValue(9);
        assertThat(talk.who()).hasValue("rank 1 on host vm");
    }

    @Test
    void openMpiOfExitCodes() {
        assertThat(shown(RULE + "mpirun detected that one or more processes exited with non-zero status, thus causing\n"
                + "the job to be terminated. The first process to do so was:\n\n  Process name: [[17544,1],1]\n  Exit code:    3\n" + RULE)).isEmpty();
        assertThat(shown(RULE + "MPI_ABORT was invoked on rank 1 in communicator MPI_COMM_WORLD\nwith errorcode 5.\n" + RULE)).isEmpty();
        assertThat(talk.signal()).isEmpty();
    }

    @Test
    void mpichOfAKilledRank() {
        assertThat(shown("\u001fpel rank 2 10011\n")).isEmpty();
        String shown = shown("before\n\n" + BAR + "=   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES\n=   PID 10011 RUNNING AT vm\n=   EXIT CODE: 9\n"
                + "=   CLEANING UP REMAINING PROCESSES\n=   YOU CAN IGNORE THE BELOW CLEANUP MESSAGES\n" + BAR
                + "YOUR APPLICATION TERMINATED WITH THE EXIT STRING: Killed (signal 9)\nThis typically refers to a problem with your application.\n"
                + "Please see the FAQ page for debugging suggestions\n");
        assertThat(shown).isEqualTo("before\n");
        assertThat(talk.signal()).hasValue(9);
        assertThat(talk.who()).hasValue("rank 2 (process 10011) on host vm");
    }

    @Test
    void mpichOfRanksThatItKilledAfterAFailure() {
        String shown = shown("\u001fpel rank 1 10011\nwhy\n\u001fpel exit 42\n\n" + BAR
                + "=   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES\n=   PID 10011 RUNNING AT vm\n=   EXIT CODE: 42\n" + BAR
                + "YOUR APPLICATION TERMINATED WITH THE EXIT STRING: Killed (signal 9)\n");
        assertThat(shown).isEqualTo("why\n");
        assertThat(talk.exit()).hasValue(42);
    }

    @Test
    void programsMayWriteRulesToo() {
        String table = "name value\n" + RULE + "a 1\n" + RULE + "\n\nb 2\n" + BAR + "no end\n" + "You are here\n\n";
        assertThat(shown(table)).isEqualTo(table);
        assertThat(shown("no line end")).isEqualTo("no line end");
        assertThat(shown(RULE + "There are not enough slots available in the system\n" + RULE)).contains("not enough slots");
    }
}
