package org.hikae.media.write;

import java.io.IOException;
import java.util.List;
import org.hikae.api.media.spi.Medium;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.UsableMedium;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what there is of a generation that is not to be. What cannot be deleted is garbage of a run that is dead
 * (R19).
 */
public final class Undo {

    private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

    private final Run run;
    private final Copied copied;
    private final WrittenLog log;

    /** @param log null if there is none */
    Undo(Run run, Copied copied, WrittenLog log) {
        this.run = run;
        this.copied = copied;
        this.log = log;
    }

    /**
     * Deletes everything that may be there, the manifest first: without that, nothing. A medium that is another home's
     * now is left alone, for what bears these names there may be that home's.
     */
    void run() {
        attempt(() -> {
            run.medium().checkOwned();
            if (log != null) {
                log.medium().checkOwned();
            }
            run.medium().objects().delete(run.id().manifest());
            delete(run.medium().objects(), run.id().index(), copied.objects());
            if (run.group() != null) {
                attempt(() -> run.medium().objects().delete(run.id().meta(0)));
            }
            if (log != null) {
                delete(
                        log.medium().objects(),
                        run.id().logIndex(log.manifestMedium(run)),
                        log.sink().objects());
            }
        });
    }

    /** Deletes an index and objects of frames that no manifest refers to, unless the medium is another home's now. */
    public static void run(UsableMedium medium, String index, List<ObjectRef> objects) {
        attempt(() -> {
            medium.checkOwned();
            delete(medium.objects(), index, objects);
        });
    }

    private static void delete(Medium medium, String index, List<ObjectRef> objects) {
        attempt(() -> medium.delete(index));
        for (ObjectRef object : objects) {
            attempt(() -> medium.delete(object.name()));
        }
    }

    public static void attempt(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            LOG.debug("something of a dropped generation stays as garbage", e);
        }
    }
}
