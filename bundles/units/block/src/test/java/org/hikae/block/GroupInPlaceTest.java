package org.hikae.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.group.Meta;
import org.hikae.api.media.GenerationGroup;
import org.hikae.block.inplace.InPlaceMountsUnit;
import org.hikae.block.inplace.StandIns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R21: what holds a part of a disk's files takes no disk's place. */
class GroupInPlaceTest {

    @TempDir
    private Path folder;

    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
    }

    @Test
    void r21_groupsAreRefused() {
        UUID id = new UUID(1, 2);
        FakeGenerations media = new FakeGenerations();
        media.group = new GenerationGroup("docs", Meta.ALL, List.of("/docs"));
        media.add("d@7", id, "ext4", null, 4096, new byte[4096]);
        StandIns standIns = new StandIns(folder, Duration.ofSeconds(2));
        standIns.bind(media.service());
        Disks disks = answering(Disks.class, answering(Disk.class, id));
        InPlaceMountsUnit mounts = new InPlaceMountsUnit(disks, null, standIns, media.service());
        assertThatThrownBy(() -> mounts.mount(new InPlaceRequest("d@7", "d", true)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds the files of group 'docs' alone, which makes no whole disk")
                .hasMessageContaining("'generation restore'");
        assertThat(mounts.list()).isEmpty();
        assertThat(media.holds).isEmpty();
    }
}
