package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

class PlotTest {
    private static final Site SITE = new Site("plot.pel", 1, "plot_image");

    @TempDir
    Path folder;

    @Test
    void sameBytesOnAnyNumberOfRanks() throws Exception {
        byte[] first = image("one.png", 1);
        assertThat(image("three.png", 3)).isEqualTo(first);
        assertThat(image("four.png", 4)).isEqualTo(first);
    }

    private byte[] image(String name, int ranks) throws Exception {
        Path file = folder.resolve(name);
        Ranks.run(ranks, rank -> Plot.plotImage(rank, SITE, file.toString(), StatsTest.distributed(rank)));
        return Files.readAllBytes(file);
    }

    /** Two by two elements: least at the upper left, greatest at the lower right, NaN grey. */
    @Test
    void coloursFollowTheValues() throws Exception {
        PelArray a = PelArray.create(Domain.extents(2, 2), ElemType.FLOAT);
        a.set(a.at(0, 0), 0.0);
        a.set(a.at(0, 1), 5.0);
        a.set(a.at(1, 0), Double.NaN);
        a.set(a.at(1, 1), 10.0);
        Path file = folder.resolve("small.png");
        Ranks.run(1, rank -> Plot.plotImage(rank, SITE, file.toString(), a));
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getRGB(300, 200) & 0xFFFFFF).isEqualTo(ColourMap.of(0.0));
        assertThat(image.getRGB(1300, 200) & 0xFFFFFF).isEqualTo(ColourMap.of(0.5));
        assertThat(image.getRGB(300, 1200) & 0xFFFFFF).isEqualTo(ColourMap.MISSING);
        assertThat(image.getRGB(1300, 1200) & 0xFFFFFF).isEqualTo(ColourMap.of(1.0));
    }

    /** Samples of matplotlib's table: #440154, #21918c, #fde725. */
    @Test
    void coloursAreViridis() {
        near(ColourMap.of(0.0), 0x440154);
        near(ColourMap.of(0.5), 0x21918C);
        near(ColourMap.of(1.0), 0xFDE725);
    }

    private static void near(int actual, int expected) {
        for (int shift : new int[] {0, 8, 16}) {
            assertThat((double) (actual >> shift & 255)).isEqualTo(expected >> shift & 255, within(6.0));
        }
    }

    @Test
    void drawsLinesAsXml() throws Exception {
        Path file = folder.resolve("line.svg");
        Ranks.run(1, rank -> Plot.plotLine(rank, SITE, file.toString(), PelArray.ofDoubles(0, 1, 2, 3), PelArray.ofDoubles(1, Double.NaN, 3, 2)));
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(Files.readString(file)).contains("#0072b2").contains(">2.5</text>");
    }

    @Test
    void namesWhatCannotBeWritten() {
        String path = folder.resolve("none/x.png").toString();
        Ranks.run(1, rank -> {
            PelArray a = PelArray.create(Domain.extents(2, 2), ElemType.INT);
            assertThatThrownBy(() -> Plot.plotImage(rank, SITE, path, a)).hasMessage("cannot write " + path + ": there is no such folder");
            assertThatThrownBy(() -> Plot.plotImage(rank, SITE, "x.jpg", a)).hasMessageContaining(".png or .svg");
            assertThatThrownBy(() -> Plot.plotImage(rank, SITE, path, PelArray.ofLongs(1))).hasMessageContaining("two axes");
        });
    }

    @Test
    void marksAreRoundNumbers() {
        assertThat(Ticks.between(0, 1, 5).stream().map(Ticks.Tick::label)).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(Ticks.between(-1200, 1900, 3).stream().map(Ticks.Tick::label)).containsExactly("0");
        assertThat(Ticks.between(0, 5e-7, 5).stream().map(Ticks.Tick::label)).contains("1e-07", "5e-07");
        assertThat(Ticks.between(1, 1, 5)).isEmpty();
    }
}
