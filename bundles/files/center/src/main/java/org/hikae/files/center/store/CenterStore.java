package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.files.transfer.message.VersionKey;

/**
 * What this center has received (e.5, f.4): parts of runs on media, which are the truth, and tables that tell what is in them. Thread-safe.
 *
 * <p>Whoever calls has made sure that the origin is the caller's own (I8): nothing of one origin is shown, referred to or changed by
 * what is said of another.
 */
public interface CenterStore {

    /**
     * What is here of a run; of one of which nothing was ever here too. What is here of another one of the same number is nothing of this one.
     *
     * @throws IOException if the tables cannot be read
     */
    Stored stored(RunInfo run) throws IOException;

    /**
     * Whether a run is here with all it has, or was, and not another one of its number.
     *
     * @throws IOException if the tables cannot be read
     */
    Standing standing(RunKey run) throws IOException;

    /**
     * How a run stands to what is here. What is {@link Basis#LACKING} or {@link Basis#OTHER} can never be used here: the client has to make
     * a full run.
     *
     * @throws IOException if the tables cannot be read
     */
    Basis basis(RunInfo run) throws IOException;

    /** The highest number of a run that is or was here, by backup. @throws IOException if the tables cannot be read */
    Map<String, Long> lastRuns(String origin) throws IOException;

    /** Backups of which a run is wanted that builds upon none, and the number that its own has to be higher than. @throws IOException if the tables cannot be read */
    Map<String, Long> fullWanted(String origin) throws IOException;

    /**
     * Lets {@link #fullWanted} say so of a backup until a complete run that builds upon none is here, durably.
     *
     * @param above its number has to be higher than this one, and than all that are or were here
     * @throws IOException if no run can have that number, or the tables cannot be written
     */
    void askForFull(String origin, String backup, long above) throws IOException;

    /**
     * Begins the next part of a run, from the first frame on that is not durable here.
     *
     * @throws AlreadyHereException if the run is complete, or was
     * @throws MissingBaseException if what it builds upon is not here, or another run of the same number is or was
     * @throws IOException if another writer of this run is open, its announcement is another one than before, there is no medium, or it
     *     cannot be written to
     */
    PartWriter write(RunInfo run) throws IOException;

    /**
     * Versions, by backup, path and age. Only those that can be read: that are here with all they have.
     *
     * @param cursor as the page before said; null: from the beginning
     * @param limit of versions, 1 to 10000
     * @throws IllegalArgumentException if the cursor is none of this query
     * @throws IOException if the tables cannot be read
     */
    Page versions(Query query, String cursor, int limit) throws IOException;

    /**
     * Versions by their names, in the order in which they are asked for; empty: it is not here.
     *
     * @throws IOException if the tables cannot be read
     */
    List<Optional<Version>> versions(String origin, List<VersionKey> keys) throws IOException;

    /**
     * The attributes and contents of versions as frames of a run, made anew: a file with its content for each, in the order of the
     * ids. What is wrong with the data is noticed while it is read, and ends the channel by an exception.
     *
     * @param origin whose versions they are
     * @param ids of versions, as {@link #versions} says them
     * @param skip how many are left out at the beginning
     * @param begun bytes of the content of the next one, from its beginning on, that need not come; 0: all is to come
     * @throws java.nio.file.NoSuchFileException if one is not here (any more), or is another origin's
     */
    ReadableByteChannel content(String origin, List<String> ids, long skip, long begun) throws IOException;

    /** As the other, with all that the first one has. */
    default ReadableByteChannel content(String origin, List<String> ids, long skip) throws IOException {
        return content(origin, ids, skip, 0);
    }

    /** As the other, of all that the query has, in its order. */
    ReadableByteChannel content(Query query, long skip) throws IOException;

    /**
     * Which runs here end versions that came in earlier runs, and lie elsewhere: of each the number of the first run that has another version of
     * the path, or says that it is gone; 0: none.
     *
     * @param versions of one origin
     * @param at runs that were taken later are not looked at; null: all are
     */
    List<Long> ends(List<StoredVersion> versions, Instant at) throws IOException;

    /**
     * How far the state that a query tells of one time, or of now, reaches, by backup: it is that of a run.
     *
     * @param query of one origin, and not of all versions
     * @return null: not all media were seen, so that nobody knows
     */
    Map<String, Reach> reach(Query query) throws IOException;

    /**
     * The newest run of each backup that was released, and is not here any more, where that counts for what a query asks for: not where a
     * complete run of that time which builds upon none came after it, and was here.
     */
    Map<String, Long> released(Query query) throws IOException;

    /** How much is here, by origin. @throws IOException if the tables cannot be read */
    Map<String, Totals> totals() throws IOException;

    /**
     * Drops the runs of an origin that are not to be kept, then versions that no kept run has, then objects in which nothing is
     * wanted. The newest complete run of each backup is kept, and what comes after it. Durable step by step: what is interrupted
     * is finished another time. Nothing as long as the tables are not whole: on a medium that was not seen may be what refers to it (R22).
     *
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     */
    Dropped retain(String origin, Retention keep, Progress progress) throws IOException;

    /**
     * Reads all parts wholly.
     *
     * @param origin of this one alone; null: all
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     */
    Findings verify(String origin, Progress progress) throws IOException;

    /**
     * Looks into the tables whether equal content may lie on a medium several times, or what was stored once is not needed any more.
     *
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if the tables cannot be used
     */
    boolean isToShare(Progress progress) throws IOException;

    /**
     * Lets equal large content of several clients lie once on each medium (R22), part by part; what is interrupted is done another time. It
     * changes nothing of what anybody is told or given.
     *
     * @param rest waits a while after so much work
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if the tables cannot be used
     */
    Shared share(Progress progress, Consumer<Duration> rest) throws IOException;

    /**
     * Deletes what was stored once for several and nobody has any more, and shares nothing.
     *
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if the tables cannot be used
     */
    void discardShared(Progress progress) throws IOException;

    /** Bytes that would lie on media besides, if nothing were stored once for several. @throws IOException if the tables cannot be read */
    long saved() throws IOException;

    /** Space on the medium that new parts are put on. */
    MediumSpace space() throws IOException;

    /**
     * New parts are put on this medium from now on. Tables and media are compared first: those that the tables know, this one, and if the
     * tables are not whole all. So tables that were lost, or are as they were some time ago, have afterwards what is on the media.
     *
     * @throws IOException if the medium or the tables cannot be used
     */
    void use(String medium) throws IOException;

    /**
     * Whether all media were looked at since the tables were made or emptied. As long as they were not, files may be on media that are in no
     * list; {@link #problems} names the media.
     *
     * @throws IOException if the tables cannot be read
     */
    boolean isWhole() throws IOException;

    /**
     * Looks at media that the tables do not know, and enters what is on them.
     *
     * @return whether the tables are whole now
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if the tables cannot be used
     */
    boolean look(Progress progress) throws IOException;

    /**
     * Names of those of whom something is or was here, in an order that stays.
     *
     * @param after those that come behind this one; null: from the first on
     * @param limit so many at most: fewer only if there are no more
     * @throws IOException if the tables cannot be read
     */
    List<String> origins(String after, int limit) throws IOException;

    /** What is wrong, a sentence each. */
    List<String> problems();

    /** Where a run is. */
    enum Standing {
        /** Here with all it has, as far as retention keeps that. */
        HERE,
        /** With the centers above, which have got it from here; or nobody can tell, as not all media were seen. */
        ELSEWHERE,
        /** Not here, or not with all it has. */
        ABSENT
    }

    /** How a run stands to what is here. */
    enum Basis {
        /** It builds upon none, or that is here: it can be received. */
        HERE,
        /** That is here in part: it comes first. */
        COMING,
        LACKING,
        /** Another run of the same number is or was here: the client's numbers have begun again. */
        OTHER
    }

    /**
     * What is durable of a run.
     *
     * @param frames from frame 0 on
     * @param complete whether these are all
     */
    record Stored(RunId run, long frames, boolean complete) {}

    /**
     * Which versions.
     *
     * @param backup of this row alone; null: all
     * @param path of this file, or of what is in this folder; null: all
     * @param recursive whether the folder's content is meant too, at any depth
     * @param at those that were there at this time, by the time of the runs; null: any
     * @param all whether those that are gone or were replaced are meant too, if no time is said
     */
    record Query(String origin, String backup, FileName path, boolean recursive, Instant at, boolean all) {}

    /** @param next where the next page begins; null: this was the last one */
    record Page(List<Version> versions, String next) {

        public Page {
            versions = List.copyOf(versions);
        }
    }

    /** @param bytes of parts as they were received, whatever of them is stored once for several clients */
    record Totals(long versions, long bytes) {}

    /** @param parts that were written anew @param bytes that these are smaller now @param saved as {@link #saved} */
    record Shared(long parts, long bytes, long saved) {}

    /** @param bytes of parts that are gone, as they were received */
    record Dropped(long runs, long versions, long objects, long bytes) {}

    /** @param problems what is damaged, a sentence each, at most 1000; {@code damaged} counts all */
    record Findings(long parts, long bytes, long versions, long damaged, List<String> problems) {

        public Findings {
            problems = List.copyOf(problems);
        }
    }
}
