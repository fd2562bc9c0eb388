package org.hikae.backup;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.Generations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bringing a generation back as a job: whoever ends it is told how the disk stands then, and what can be done. */
final class BringBackSteps {

    private static final Logger LOG = LoggerFactory.getLogger(BringBackSteps.class);

    private final InPlaceMounts mounts;
    private final Generations generations;
    private final Patience patience;

    /** @param patience how long a medium that is away is waited for, from one look to the next */
    BringBackSteps(InPlaceMounts mounts, Generations generations, Patience patience) {
        this.mounts = mounts;
        this.generations = generations;
        this.patience = patience;
    }

    /** @param patient whether to wait, for as long as it takes, until the generation can be read */
    Map<String, Object> run(InPlaceStatus mount, boolean patient, Progress progress) throws IOException {
        try {
            if (patient) {
                awaitGeneration(mount, progress);
            }
            long before = standing(mount).presentBytes();
            progress.phase("bringing back");
            mounts.bringBack(mount.disk(), progress);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("generation", mount.generation());
            result.put("disk", mount.disk());
            result.put("broughtBackBytes", mount.bytes() - before);
            return result;
        } catch (CancellationException e) {
            throw cancelled(e, mount);
        } catch (IOException e) {
            throw new IOException(Reason.of(e) + state(mount), e);
        }
    }

    private InPlaceStatus standing(InPlaceStatus mount) throws IOException {
        return find(mount)
                .orElseThrow(() -> new IOException("generation " + mount.generation() + " does not stand in for disk '"
                        + mount.disk() + "' any more; nothing was brought back"));
    }

    private Optional<InPlaceStatus> find(InPlaceStatus mount) {
        return mounts.of(mount.disk()).filter(found -> found.generation().equals(mount.generation()));
    }

    private void awaitGeneration(InPlaceStatus mount, Progress progress) throws IOException {
        String said = "";
        for (int tries = 1; true; tries++) {
            standing(mount);
            String reason = whyUnreadable(mount.generation());
            if (reason == null) {
                return;
            }
            progress.phase("waiting until " + mount.generation() + " can be read: " + reason);
            if (!reason.equals(said)) {
                LOG.warn("disk {} waits for {}, which stands in for it: {}", mount.disk(), mount.generation(), reason);
                said = reason;
            }
            patience.await(tries, progress);
        }
    }

    /** Null: it can be read. */
    private String whyUnreadable(String generation) {
        try {
            generations.open(generation).close();
            return null;
        } catch (IOException e) {
            return Reason.of(e);
        }
    }

    private CancellationException cancelled(CancellationException e, InPlaceStatus mount) {
        CancellationException said = new CancellationException(e.getMessage() + state(mount));
        said.initCause(e);
        return said;
    }

    /** How the disk stands, and what can be done; nothing if the generation does not stand in any more. */
    private String state(InPlaceStatus mount) {
        return find(mount).map(BringBackSteps::say).orElse("");
    }

    private static String say(InPlaceStatus mount) {
        String disk = mount.disk();
        String id = mount.generation();
        String how = " " + id + " --in-place" + (id.startsWith(disk + "@") ? "" : " --to " + disk) + "'";
        String there = mount.presentBytes() < 0
                ? ""
                : ", with " + mount.presentBytes() + " of its " + mount.bytes() + " bytes on the disk";
        return "; " + id + " stands in for disk '" + disk + "' as before" + there + ": go on with 'generation mount"
                + how
                + ", or leave it to the next start of a platform that stays"
                + (mount.untouched()
                        ? "; nothing was written to the disk yet, so that 'generation unmount" + how
                                + " brings back what was on it before"
                        : "");
    }
}
