package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.job.JobInfo;

/** What a history does with a generation in the disk's place (R21). */
final class ChainInPlace {

    private final Lab lab;
    private final SplittableRandom random;
    private final Disk disk;
    private final DiskModel model;
    private final Consumer<String> story;
    /** Null: none. */
    private Mounted mounted;

    /** @param before what the disk held before */
    private record Mounted(String id, byte[] before) {}

    ChainInPlace(Lab lab, SplittableRandom random, Disk disk, DiskModel model, Consumer<String> story) {
        this.lab = lab;
        this.random = random;
        this.disk = disk;
        this.model = model;
        this.story = story;
    }

    private InPlaceMounts mounts() {
        return lab.services.get(InPlaceMounts.class);
    }

    boolean isMounted() {
        return mounted != null;
    }

    boolean isOf(String id) {
        return isMounted() && mounted.id().equals(id);
    }

    /** Lets any generation take the place, unless one has. */
    void mount(ChainModel chain) throws IOException {
        if (isMounted()) {
            return;
        }
        String id = chain.any(random);
        InPlaceRequest request = new InPlaceRequest(id, disk.name(), false);
        story.accept("mount " + id);
        if (chain.get(id).partial()) {
            assertThatThrownBy(() -> mounts().mount(request)).isInstanceOf(IOException.class);
            return;
        }
        mounts().mount(request);
        mounted = new Mounted(id, model.content());
        model.becomes(chain.get(id).content());
        model.bases().add(id);
    }

    void bringBack(boolean all) throws Exception {
        if (!isMounted()) {
            return;
        }
        if (all) {
            InPlaceRequest rest = new InPlaceRequest(mounted.id(), disk.name(), true);
            JobInfo info = Lab.end(lab.backups().mountInPlace(rest).orElseThrow());
            assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
            assertThat(mounts().of(disk.name())).isEmpty();
            mounted = null;
        } else {
            bringBackInPart();
        }
        story.accept(isMounted() ? "brought back in part" : "brought back");
    }

    private void bringBackInPart() throws IOException {
        try {
            mounts().bringBack(disk.name(), new CutShort(random.nextInt(model.size())));
            mounted = null;
        } catch (CancellationException e) {
            assertThat(mounts().of(disk.name())).isPresent();
        }
    }

    /** Has the old disk back, or is refused since something was written. */
    void undo() throws IOException {
        if (mounts().of(disk.name()).orElseThrow().untouched()) {
            mounts().undo(disk.name());
            model.becomes(mounted.before());
            mounted = null;
            story.accept("undone");
        } else {
            assertThatThrownBy(() -> mounts().undo(disk.name())).isInstanceOf(IOException.class);
        }
    }
}
