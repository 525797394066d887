package org.pellang.runtime.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.CommException;

/** The table of algorithms: the built-in one, a user's lines before it, and what is wrong with lines. */
class AlgorithmTableTest {
    @TempDir
    Path folder = Path.of("");

    private AlgorithmTable with(String... lines) throws IOException {
        return AlgorithmTable.load(Files.writeString(folder.resolve("table.tsv"), String.join("\n", lines)).toString());
    }

    /** So many bytes as long[] on ranks of one host. */
    private static Situation at(long bytes, int ranks, boolean near) {
        return new Situation(bytes, bytes / 8, ranks, near, 1, true);
    }

    private static Situation onHosts(long bytes, int ranks, int hosts) {
        return new Situation(bytes, bytes / 8, ranks, false, hosts, true);
    }

    @Test
    void theBuiltInTable() {
        AlgorithmTable table = AlgorithmTable.load(null);
        assertThat(table.choose(Collective.BARRIER, at(0, 4, true))).isEqualTo(Algorithm.DISSEMINATION);
        assertThat(table.choose(Collective.BARRIER, at(0, 5, true))).isEqualTo(Algorithm.TREE);
        assertThat(table.choose(Collective.BARRIER, onHosts(0, 5, 5))).as("one rank on each host").isEqualTo(Algorithm.DISSEMINATION);
        assertThat(table.choose(Collective.BARRIER, onHosts(0, 5, 2))).isEqualTo(Algorithm.HOSTS);
        assertThat(table.choose(Collective.ALLREDUCE, at(8, 4, true))).isEqualTo(Algorithm.DOUBLING);
        assertThat(table.choose(Collective.ALLREDUCE, at(8, 6, true))).isEqualTo(Algorithm.TREE);
        assertThat(table.choose(Collective.ALLREDUCE, at(16 << 10, 6, true))).isEqualTo(Algorithm.DIRECT);
        assertThat(table.choose(Collective.ALLREDUCE, at(32 << 10, 6, false))).isEqualTo(Algorithm.SLICES);
        assertThat(table.choose(Collective.ALLGATHER, at(64 << 10, 4, false))).isEqualTo(Algorithm.DIRECT);
        assertThat(table.choose(Collective.ALLGATHER, at((64 << 10) + 8, 5, false))).isNotEqualTo(Algorithm.DIRECT);
        assertThat(table.choose(Collective.SCAN, at(8, 5, true))).isEqualTo(Algorithm.DOUBLING);
    }

    @Test
    void aUsersLinesComeFirst() throws IOException {
        AlgorithmTable table = with("# measured", "", "barrier tree - - - 3 -", "allreduce tree 100 1000 - - -");
        assertThat(table.choose(Collective.BARRIER, at(0, 3, false))).isEqualTo(Algorithm.TREE);
        assertThat(table.choose(Collective.BARRIER, at(0, 4, false))).isEqualTo(Algorithm.DISSEMINATION);
        assertThat(table.choose(Collective.ALLREDUCE, at(99, 4, true))).isEqualTo(Algorithm.DOUBLING);
        assertThat(table.choose(Collective.ALLREDUCE, at(100, 4, true))).isEqualTo(Algorithm.TREE);
        assertThat(table.choose(Collective.ALLREDUCE, at(1000, 4, true))).isEqualTo(Algorithm.TREE);
        assertThat(table.choose(Collective.ALLREDUCE, at(1001, 4, true))).isEqualTo(Algorithm.DOUBLING);
    }

    /** What an algorithm cannot do it is not asked to, whatever the table says. */
    @Test
    void theImpossibleIsPassedOver() throws IOException {
        AlgorithmTable table = with("allreduce hosts - - - - -", "allreduce direct - - - - -", "allreduce ring - - - - -", "allreduce doubling - - - - -",
                "allreduce slices - - - - -", "scan chain - - - - -", "bcast publish - - - - -", "bcast scatter-doubling - - - - -");
        assertThat(table.choose(Collective.ALLREDUCE, at(8, 6, false))).isEqualTo(Algorithm.TREE);
        assertThat(table.choose(Collective.ALLREDUCE, at(8, 4, false))).isEqualTo(Algorithm.DOUBLING);
        assertThat(table.choose(Collective.ALLREDUCE, at(8, 1, true))).isEqualTo(Algorithm.RING);
        assertThat(table.choose(Collective.ALLREDUCE, at(800, 2, true))).isEqualTo(Algorithm.DIRECT);
        assertThat(table.choose(Collective.ALLREDUCE, onHosts(8, 6, 3))).isEqualTo(Algorithm.HOSTS);
        Situation sums = new Situation(800, 100, 6, false, 1, false);
        assertThat(table.choose(Collective.ALLREDUCE, sums)).as("sums of floats have one order").isEqualTo(Algorithm.SLICES);
        assertThat(table.choose(Collective.SCAN, sums)).isEqualTo(Algorithm.DOUBLING);
        assertThat(table.choose(Collective.SCAN, at(8, 6, false))).isEqualTo(Algorithm.CHAIN);
        assertThat(table.choose(Collective.BCAST, at(8, 4, true))).isEqualTo(Algorithm.BINOMIAL);
        assertThat(table.choose(Collective.BCAST, at(64, 4, true))).isEqualTo(Algorithm.PUBLISH);
        assertThat(table.choose(Collective.BCAST, at(64, 4, false))).isEqualTo(Algorithm.SCATTER_DOUBLING);
    }

    /** Then it needs no condition. */
    @ParameterizedTest
    @EnumSource
    void theLastAlgorithmOfEachWorksAlways(Collective what) {
        for (int ranks = 1; ranks < 10; ranks++) {
            assertThat(new Situation(0, 0, ranks, false, ranks, false).allows(what, what.algorithms().getLast())).isTrue();
        }
    }

    /** Ranks compare these in every collective. */
    @Test
    void otherLinesGiveAnotherHash() throws IOException {
        int own = AlgorithmTable.load(null).hash();
        assertThat(with("# nothing").hash()).isEqualTo(own);
        assertThat(with("barrier tree - - - 3 -").hash()).isNotEqualTo(own);
        assertThat(AlgorithmTable.of("barrier tree - - - 3 -").hash()).isNotEqualTo(own);
    }

    @Test
    void wrongLinesAreNamed() {
        assertThatThrownBy(() -> with("", "barrier tree - -")).isInstanceOf(CommException.class).hasMessageContaining("table.tsv:2: a line has 7 columns, not 4");
        assertThatThrownBy(() -> with("barrier ring - - - - -")).hasMessageContaining(":1: barrier knows [hosts, tree, dissemination], not `ring`");
        assertThatThrownBy(() -> with("broadcast tree - - - - -")).hasMessageContaining("`broadcast`").hasMessageContaining("allgather");
        assertThatThrownBy(() -> with("barrier tree x - - - -")).hasMessageContaining("`x` is not a number");
        assertThatThrownBy(() -> with("barrier tree - - - - here")).hasMessageContaining("`here` is none of near, node, hosts and -");
        assertThatThrownBy(() -> AlgorithmTable.load(folder.resolve("none").toString())).hasMessageContaining("cannot be read");
    }
}
