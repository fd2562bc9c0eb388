package org.hikae.api.schedule;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The schedules of this platform (b.4), kept as OSGi configurations of the factory PID {@code org.hikae.schedule}. Thread-safe.
 *
 * <p>Backups are begun by a platform that stays, not by one that carries out a single command. What came due while there was
 * none is caught up with once. Backups of one disk wait for each other; where several times of a schedule come due while
 * it waits or runs, one run stands for all of them. No planned time is left out without a record, and none is run twice, whatever
 * happens to the platform or its clock.
 */
@ProviderType
public interface Schedules {

    /** All schedules, by name. */
    List<ScheduleStatus> list();

    /** @throws IOException if there is no such schedule */
    ScheduleStatus get(String name) throws IOException;

    /**
     * Adds a schedule, durably. Its first time is the next one.
     *
     * @throws IOException if the name is taken or not allowed, a time cannot be understood or never comes, there is none, or there
     *     is no such disk, group or medium
     */
    void add(Schedule schedule) throws IOException;

    /** Begins nothing more until {@link #resume}, durably; what runs goes on. @throws IOException if there is no such schedule */
    void pause(String name) throws IOException;

    /** Goes on; what came due meanwhile is not caught up with. @throws IOException if there is no such schedule, or it was not paused */
    void resume(String name) throws IOException;

    /**
     * Asks for a run now, whatever the times and the window say, and also if it is paused. It waits for other backups of the
     * disk, as any other.
     *
     * @param full whether a full backup is made; else a differential one
     * @return the run as it stands; {@link #get} tells how it goes on
     * @throws IOException if there is no such schedule, or one that was asked for waits already
     */
    ScheduledRun run(String name, boolean full) throws IOException;

    /** Forgets a schedule and its history, durably; what runs goes on. @throws IOException if there is no such schedule */
    void remove(String name) throws IOException;
}
