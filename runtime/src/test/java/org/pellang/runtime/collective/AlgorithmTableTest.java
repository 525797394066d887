package org.pellang.runtime.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.runtime.CommException;

/** The table of algorithms: the built-in one, a user's lines before it, and what is wrong with lines. */
class AlgorithmTableTest {
    @TempDir
    Path folder = Path.of("");

    private AlgorithmTable with(String... lines) throws IOException {
        return AlgorithmTable.load(Files.writeString(folder.resolve("table.tsv"), String.join("\n", lines)).toString());
    }

    @Test
    void theBuiltInTable() {
        AlgorithmTable table = AlgorithmTable.load(null);
        assertThat(table.barrier(4, true)).isEqualTo(Algorithm.DISSEMINATION);
        assertThat(table.barrier(5, true)).isEqualTo(Algorithm.TREE);
        assertThat(table.barrier(5, false)).as("between hosts").isEqualTo(Algorithm.DISSEMINATION);
        assertThat(table.allreduce(8, 1, 4, true, true)).isEqualTo(Algorithm.DOUBLING);
        assertThat(table.allreduce(8, 1, 6, true, true)).isEqualTo(Algorithm.TREE);
        assertThat(table.allreduce(16 << 10, 2048, 6, true, true)).isEqualTo(Algorithm.DIRECT);
        assertThat(table.allreduce(16 << 10, 2048, 6, true, false)).isEqualTo(Algorithm.TREE);
        assertThat(table.allreduce(32 << 10, 4096, 6, true, false)).isEqualTo(Algorithm.SLICES);
        assertThat(table.allgather(64 << 10, 4, false, false)).isEqualTo(Algorithm.DIRECT);
        assertThat(table.allgather(64 << 10, 5, false, false)).isEqualTo(Algorithm.ROOT);
        assertThat(table.allgather((64 << 10) + 1, 5, false, false)).isEqualTo(Algorithm.RING);
    }

    @Test
    void aUsersLinesComeFirst() throws IOException {
        AlgorithmTable table = with("# measured", "", "barrier tree - - - 3 -", "allreduce tree 100 1000 - - -");
        assertThat(table.barrier(3, false)).isEqualTo(Algorithm.TREE);
        assertThat(table.barrier(4, false)).isEqualTo(Algorithm.DISSEMINATION);
        assertThat(table.allreduce(99, 12, 4, true, true)).isEqualTo(Algorithm.DOUBLING);
        assertThat(table.allreduce(100, 12, 4, true, true)).isEqualTo(Algorithm.TREE);
        assertThat(table.allreduce(1000, 12, 4, true, true)).isEqualTo(Algorithm.TREE);
        assertThat(table.allreduce(1001, 12, 4, true, true)).isEqualTo(Algorithm.DOUBLING);
    }

    /** What an algorithm cannot do it is not asked to, whatever the table says. */
    @Test
    void theImpossibleIsPassedOver() throws IOException {
        AlgorithmTable table = with("allreduce direct - - - - -", "allreduce doubling - - - - -", "allreduce slices - - - - -");
        assertThat(table.allreduce(8, 1, 6, false, false)).isEqualTo(Algorithm.TREE);
        assertThat(table.allreduce(800, 100, 6, false, false)).isEqualTo(Algorithm.SLICES);
        assertThat(table.allreduce(8, 1, 4, false, false)).isEqualTo(Algorithm.DOUBLING);
        assertThat(table.allreduce(8, 1, 1, true, true)).isEqualTo(Algorithm.DOUBLING);
        assertThat(table.allreduce(8, 1, 2, true, true)).isEqualTo(Algorithm.DIRECT);
    }

    /** Ranks compare these in every collective. */
    @Test
    void otherLinesGiveAnotherHash() throws IOException {
        int own = AlgorithmTable.load(null).hash();
        assertThat(with("# nothing").hash()).isEqualTo(own);
        assertThat(with("barrier tree - - - 3 -").hash()).isNotEqualTo(own);
    }

    @Test
    void wrongLinesAreNamed() {
        assertThatThrownBy(() -> with("", "barrier tree - -")).isInstanceOf(CommException.class).hasMessageContaining("table.tsv:2: a line has 7 columns, not 4");
        assertThatThrownBy(() -> with("barrier ring - - - - -")).hasMessageContaining(":1: barrier knows [tree, dissemination], not `ring`");
        assertThatThrownBy(() -> with("bcast tree - - - - -")).hasMessageContaining("`bcast`").hasMessageContaining("[allgather, allreduce, barrier]");
        assertThatThrownBy(() -> with("barrier tree x - - - -")).hasMessageContaining("`x` is not a number");
        assertThatThrownBy(() -> with("barrier tree - - - - here")).hasMessageContaining("`here` is none of near, node and -");
        assertThatThrownBy(() -> AlgorithmTable.load(folder.resolve("none").toString())).hasMessageContaining("cannot be read");
    }
}
