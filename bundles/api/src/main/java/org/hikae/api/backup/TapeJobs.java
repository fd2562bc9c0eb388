package org.hikae.api.backup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.hikae.api.job.Job;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What brings generations to tape and back, as jobs (c.3, d.2). Thread-safe. What can be told to be wrong beforehand is thrown at
 * once; everything else is the job's result.
 */
@ProviderType
public interface TapeJobs {

    /**
     * Copies generations to tape, with their logs, and reads the copies back. What a generation builds upon and is not in the pool yet
     * is copied before it, unless {@code alone}. Generations of which nothing is missing are left out, unless {@code again}.
     *
     * @param drives how many generations are written at the same time, each by a drive of its own; from 1
     */
    record Write(List<String> generations, String pool, boolean alone, boolean again, int drives) {}

    /** The job's result has {@code objects}, {@code bytes}, {@code present}, and {@code cartridges}. */
    Job write(Write request) throws IOException;

    /** Reads the copies of a generation's objects on tape, and compares them; the job fails if anything is wrong. */
    Job verify(String generation) throws IOException;

    /** Reads a cartridge from beginning to end; the job fails if anything is wrong. */
    Job verifyCartridge(String barcode) throws IOException;

    /** Deletes a generation's data on its media, where it is proven to be on tape: {@link org.hikae.api.media.Generations#evict}. */
    Job evict(List<String> generations) throws IOException;

    /**
     * Which generations go to tape, and when their data leaves the disk.
     *
     * @param disk whose; null: of all disks
     * @param group of the group of that name; null: of the whole disk
     * @param after those that are older go to tape; null: none for their age
     * @param above those go to tape, the oldest first, that lie on a medium of which more than this part is used, 1 to 99 percent;
     *     and are evicted until it is below; 0: none
     * @param keepBoth how long after it went to tape a generation's data stays on the disk too; null: until it is evicted
     * @param pool of the cartridges
     */
    record Policy(String disk, String group, Duration after, int above, Duration keepBoth, String pool) {}

    /** Does once what a policy asks for now. */
    Job migrate(Policy policy) throws IOException;

    /** What {@link #migrate} would do now, a line each. */
    List<String> plan(Policy policy) throws IOException;

    /**
     * Makes generations known that are on tape and nowhere else: reads what the cartridges in the libraries say, and adds the media that
     * are not there as media whose objects are on tape.
     *
     * @param all reads those cartridges too that are known
     */
    Job rebuild(boolean all) throws IOException;
}
