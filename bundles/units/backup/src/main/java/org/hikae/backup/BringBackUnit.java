package org.hikae.backup;

import java.io.IOException;
import java.util.Optional;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.Generations;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Brings generations back that stand in for disks (c.1), and goes on with it when a platform starts that stays. Immediate:
 * nobody has to ask for that.
 */
@Component(service = BringBackUnit.class, immediate = true)
public final class BringBackUnit {

    /** Null: the platform has none. */
    private final InPlaceMounts mounts;

    private final BringBacks bringBacks;

    @Activate
    public BringBackUnit(
            BundleContext context,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InPlaceMounts mounts,
            @Reference Generations generations,
            @Reference Jobs jobs) {
        this.mounts = mounts;
        bringBacks = new BringBacks(jobs, mounts, new BringBackSteps(mounts, generations, Patience.USUAL));
        // What has no in-place mounts has nothing to go on with; what begins in a platform that ends with its command
        // would end with it too.
        if (mounts != null && !"command".equals(context.getProperty("hikae.purpose"))) {
            goOn();
        }
    }

    /** Not by whoever starts the unit: a medium may be slow. */
    private void goOn() {
        Thread thread = new Thread(bringBacks::goOn, "hikae-in-place");
        thread.setDaemon(true);
        thread.start();
    }

    @Deactivate
    void deactivate() {
        bringBacks.close();
    }

    /** As {@link org.hikae.api.backup.Backups#mountInPlace}. */
    Optional<Job> mount(InPlaceRequest request) throws IOException {
        if (mounts == null) {
            throw new IOException(
                    "this platform has no in-place mounts: the block manager is not running; see 'unit list'");
        }
        return bringBacks.mount(request);
    }
}
