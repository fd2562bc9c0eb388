package org.hikae.media.store;

import java.io.IOException;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.api.media.MergeReport;
import org.hikae.api.media.MergeRequest;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ParentRef;
import org.hikae.media.medium.MediaAccess;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.merge.MergePlan;
import org.hikae.media.merge.Merged;
import org.hikae.media.merge.MergedGeneration;
import org.hikae.media.read.Link;

/**
 * Makes one generation of several (a.10), in these steps: its objects are written; its manifest is, from which on the merge has
 * happened; the manifests whose place it has taken are deleted; and so is what nobody needs any more. Whoever looks at the
 * media after a crash does what is left. Thread-safe.
 */
final class Merging {

    /** Plans what is written. */
    interface Planner {
        /** @param range the newest first */
        MergePlan plan(List<Link> range, ParentRef below, UsableMedium target, int revision);
    }

    private final MediaAccess media;
    private final Ranges ranges;
    private final Readings readings;
    private final InUse inUse;
    private final Switching switching;
    private final Planner planner;

    Merging(MediaAccess media, Ranges ranges, Readings readings, InUse inUse, Switching switching, Planner planner) {
        this.media = media;
        this.ranges = ranges;
        this.readings = readings;
        this.inUse = inUse;
        this.switching = switching;
        this.planner = planner;
    }

    MergeReport run(MergeRequest request, Progress progress) throws IOException {
        List<Sighting> range = ranges.find(request);
        UsableMedium target = request.medium() == null ? range.get(0).medium() : media.open(request.medium());
        if (range.size() == 1 && target.id().equals(range.get(0).medium().id())) {
            throw new IOException("generation " + request.to() + " is on medium '" + target.name()
                    + "' already; name another medium, or older generations to merge it with");
        }
        List<String> ids = Ranges.ids(range);
        inUse.beginMerge(ids.get(0), ids.subList(1, ids.size()));
        Switching.Done done = null;
        try (UsableMedium.Use use = target.use(request.to() + " is being merged")) {
            target.checkOwned();
            ranges.checkSwallowed(range);
            done = merge(request, ids, target, progress);
        } finally {
            inUse.endMerge(ids.get(0));
            if (done == null) {
                switching.clean(target);
            }
        }
        return switching.finish(done);
    }

    private Switching.Done merge(MergeRequest request, List<String> ids, UsableMedium target, Progress progress)
            throws IOException {
        try (Reading reading = readings.downTo(request.to(), request.from(), "is being merged")) {
            List<Link> range = reading.links();
            if (!range.stream().map(link -> link.manifest().id()).toList().equals(ids)) {
                throw new IOException("generation " + request.to() + " has become another one meanwhile; try again");
            }
            ParentRef below = range.get(range.size() - 1).manifest().parent();
            Switching.Before before = switching.before(range);
            MergePlan plan = planner.plan(range, below, target, before.revision());
            try (MergedGeneration result = new MergedGeneration(plan)) {
                Merged merged = result.write(progress);
                progress.check();
                Manifest manifest = switching.prepare(merged.manifest(), before, target);
                result.keep();
                return switching.commit(manifest, merged, before, target);
            }
        }
    }
}
