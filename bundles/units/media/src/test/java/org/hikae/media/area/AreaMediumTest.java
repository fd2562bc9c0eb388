package org.hikae.media.area;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AreaMediumTest {

    private static final UUID HOME = new UUID(1, 1);

    private final MemoryDriver driver = new MemoryDriver();
    private final MemoryTier tier = new MemoryTier();
    private TestMedia media;
    private AreasUnit areas;

    @BeforeEach
    void open() throws IOException {
        media = new TestMedia(HOME).add("m", driver, "");
        media.tier = tier;
        areas = new AreasUnit(media);
        driver.objects.put("data@1/manifest", new byte[1]);
        driver.objects.put("filesystem", new byte[1]);
    }

    private static void put(Medium medium, String name) throws IOException {
        try (ObjectWriter writer = medium.create(name)) {
            writer.write(ByteBuffer.wrap(new byte[] {1, 2}));
            writer.commit();
        }
    }

    private static List<String> names(Medium medium, String prefix) throws IOException {
        return medium.list(prefix).stream().map(MediumObject::name).toList();
    }

    @Test
    void nothingElseIsSeenOrTouched() throws IOException {
        Medium area = areas.open("m", "files");
        put(area, "files/a/b");
        assertThat(names(area, "")).containsExactly("files/a/b");
        assertThat(names(area, "f")).containsExactly("files/a/b");
        assertThat(names(area, "files/a/")).containsExactly("files/a/b");
        assertThat(names(area, "data")).isEmpty();
        assertThat(names(area, "filesy")).isEmpty();
        assertThatThrownBy(() -> area.open("data@1/manifest")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> area.open("filesystem")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> area.create("data@1/image")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> area.delete("data@1/manifest")).isInstanceOf(IllegalArgumentException.class);
        area.delete("files/a/b");
        assertThat(driver.objects).containsKeys("data@1/manifest", "filesystem").doesNotContainKey("files/a/b");
    }

    @Test
    void whatMediaControlUsesIsNoArea() {
        for (String name : List.of("data@1", "hikae-medium", "hikae-medium.x", "", "a/b", ".uncommitted", "..")) {
            assertThatThrownBy(() -> areas.open("m", name)).hasMessageContaining("cannot be an area");
        }
        assertThatThrownBy(() -> areas.open("n", "files")).hasMessageContaining("there is no medium 'n'");
    }

    @Test
    void itHoldsTheMedium() throws IOException {
        Medium area = areas.open("m", "files");
        assertThatThrownBy(() -> media.handle("m").endUses()).hasMessageContaining("in use");
        area.close();
        area.close();
        assertThatThrownBy(() -> area.list("")).hasMessageContaining("was closed");
        media.handle("m").endUses();
    }

    /** The driver's bundle was stopped and started again: what is open is not opened anew by whoever has it. */
    @Test
    void itComesBackWithItsDriver() throws IOException {
        Medium area = areas.open("m", "files");
        put(area, "files/a");
        media.stop("m");
        assertThatThrownBy(() -> area.list("")).isInstanceOf(IOException.class);
        media.add("m", driver, "");
        assertThat(names(area, "")).containsExactly("files/a");
        assertThatThrownBy(() -> media.handle("m").endUses()).hasMessageContaining("in use");
        TestMedia.takeOver(driver, new UUID(2, 2));
        assertThatThrownBy(() -> put(area, "files/b")).hasMessageContaining("belongs to another home");
    }

    @Test
    void whatIsOnTheSecondTierAloneIsThere() throws IOException {
        Medium area = areas.open("m", "files");
        UUID id = area.id().orElseThrow();
        tier.put(id, "files/far", new byte[] {5});
        tier.put(id, "data@1/far", new byte[] {6});
        assertThat(names(area, "")).containsExactly("files/far");
        try (ObjectReader reader = area.open("files/far")) {
            assertThat(reader.length()).isEqualTo(1);
        }
        area.delete("files/far");
        assertThat(tier.names(id)).containsExactly("data@1/far");
    }

    /** What another has begun in an area is not swept away. */
    @Test
    void unfinishedObjectsOfOthersStay() throws IOException {
        Medium area = areas.open("m", "files");
        try (ObjectWriter writer = area.create("files/a")) {
            writer.write(ByteBuffer.wrap(new byte[1]));
            areas.open("m", "others").discardUncommitted();
            writer.commit();
        }
        assertThat(names(area, "")).containsExactly("files/a");
    }
}
