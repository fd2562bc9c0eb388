package org.hikae.media.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.VerifyReport;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.UsableMedium;

/** Reads every byte of a generation and says what is damaged, and which blocks that concerns (I9). */
final class Verification {

    private final Manifest manifest;
    private final UsableMedium medium;
    private final UsableMedium log;
    private final List<String> parents;
    private final Progress progress;
    private final Scratch.Pool pool;

    Verification(
            Manifest manifest,
            UsableMedium medium,
            UsableMedium log,
            List<String> parents,
            Progress progress,
            Scratch.Pool pool) {
        this.manifest = manifest;
        this.medium = medium;
        this.log = log;
        this.parents = parents;
        this.progress = progress;
        this.pool = pool;
    }

    VerifyReport run(Part.Shared shared) throws IOException {
        progress.total(manifest.storedBytes() + hashedBytes());
        try (Layer layer = Layer.open(manifest, medium, log, shared)) {
            Damages own = new PartCheck(layer.own(), progress, pool).run();
            Damages ofLog = layer.log() == null ? new Damages() : new PartCheck(layer.log(), progress, pool).run();
            BlockSet affected = new Affected(layer, own, ofLog).find();
            List<String> damages = new ArrayList<>(own.sentences());
            damages.addAll(ofLog.sentences());
            if (manifest.files() != null) {
                damages.addAll(new FilesCheck(layer.own(), progress).run());
            }
            return new VerifyReport(manifest.storedBytes(), damages, affected, parents);
        } catch (DamagedException e) {
            BlockSet all = BlockSet.range(0, manifest.blockCount());
            return new VerifyReport(0, List.of(e.getMessage()), all, parents);
        }
    }

    /** Bytes that are read a second time, in their order, for the hash over all of them. */
    private long hashedBytes() {
        List<ObjectRef> all = new ArrayList<>(manifest.objects());
        if (manifest.log() != null) {
            all.addAll(manifest.log().objects());
        }
        return all.stream()
                .filter(ref -> ref.sha256() != null)
                .mapToLong(ObjectRef::length)
                .sum();
    }
}
