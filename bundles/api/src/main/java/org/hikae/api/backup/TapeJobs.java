package org.hikae.api.backup;

import java.io.IOException;
import java.util.List;
import org.hikae.api.job.Job;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What brings generations to tape and back, and handles cartridges, as jobs (c.3, d.2, 27). Thread-safe. What can be told to be wrong
 * beforehand is thrown at once, as is that there is no tape control; everything else is the job's result.
 */
@ProviderType
public interface TapeJobs {

    /** How many generations can be written at the same time. */
    int MOST_DRIVES = 64;

    /**
     * Copies of generations to be written.
     *
     * @param generations ids of those that are meant
     * @param pool of cartridges
     * @param alone whether what they build upon is left out; else it is written before them, where the pool does not have it yet
     * @param again whether those that are meant are written once more though the pool has them
     * @param drives how many are written at the same time, each by a drive of its own, 1 to {@link #MOST_DRIVES}
     */
    record Write(List<String> generations, String pool, boolean alone, boolean again, int drives) {

        public Write {
            generations = List.copyOf(generations);
            if (drives < 1 || drives > MOST_DRIVES) {
                throw new IllegalArgumentException(
                        "from 1 to " + MOST_DRIVES + " drives can write at the same time, not " + drives);
            }
            TapePolicy.checkPool(pool);
        }
    }

    /**
     * Copies generations to tape, with their logs, and reads the copies back. One that cannot be read keeps no other from being
     * written; then the job fails, and says which. The result has {@code written}, {@code objects}, {@code bytes}, {@code present},
     * the number of objects that had copies already, and {@code cartridges}.
     *
     * @throws IOException if one of them, or of those that they build upon, is not there or cannot be read
     */
    Job write(Write request) throws IOException;

    /**
     * Reads the copies of a generation's objects on tape, and compares them; the job fails if anything is wrong.
     *
     * @throws IOException if there is no such generation, or nothing of it is on tape
     */
    Job verify(String generation) throws IOException;

    /**
     * Reads a cartridge from beginning to end; the job fails if anything is wrong.
     *
     * @throws IOException if there is no such cartridge
     */
    Job verifyCartridge(String barcode) throws IOException;

    /**
     * Deletes the data of generations on their media, where it is proven to be on tape: {@link
     * org.hikae.api.media.Generations#evict}. One that cannot be evicted keeps no other from it; then the job fails, and says which.
     *
     * @throws IOException if one of them is not there
     */
    Job evict(List<String> generations) throws IOException;

    /**
     * Does once what a policy asks for now. The result has what those of {@link #write} and {@link #evict} have.
     *
     * @throws IOException if it is not known which generations there are
     */
    Job migrate(MigrateRequest request) throws IOException;

    /** What {@link #migrate} would do now, and what keeps it from more, a line each. @throws IOException likewise */
    List<String> plan(MigrateRequest request) throws IOException;

    /**
     * Makes generations known that are on tape and nowhere else: reads what the cartridges in the libraries say, and adds the media that
     * are not there as media whose objects are on tape. What cannot be read, or is missing, makes the job fail when all else is known.
     *
     * @param all reads those cartridges too that are known
     */
    Job rebuild(boolean all) throws IOException;

    /** {@link org.hikae.api.tape.Tapes#inventory} as a job. @throws IOException if there is no such library */
    Job inventory(String library, boolean relabel) throws IOException;

    /** {@link org.hikae.api.tape.Tapes#label} as a job. @throws IOException if there is no such cartridge */
    Job label(String barcode, String pool, boolean force) throws IOException;

    /** {@link org.hikae.api.tape.Tapes#erase} as a job. @throws IOException if there is no such cartridge */
    Job erase(String barcode, boolean force) throws IOException;

    /**
     * {@link org.hikae.api.tape.Tapes#lose} as a job; without {@code force} it fails if data of a generation is nowhere else, and says of
     * which, or if something is that is of no generation. The result has {@code cartridge}, {@code givenUp} and {@code nowhereElse}, the
     * number of objects that had copies there, and of those with no other copy on tape, and {@code lostGenerations}, the ids of those of
     * which data is nowhere any more.
     */
    Job lose(String barcode, boolean force) throws IOException;

    /** {@link org.hikae.api.tape.Tapes#export} as a job. @throws IOException if there is no such cartridge */
    Job export(String barcode) throws IOException;

    /** {@link org.hikae.api.tape.Tapes#importAll} as a job. @throws IOException if there is no such library */
    Job importAll(String library) throws IOException;

    /**
     * The generations of which anything is on tape, by disk and number.
     *
     * @throws IOException if it is not known which generations there are, or what is on tape
     */
    List<GenerationOnTape> generations() throws IOException;
}
