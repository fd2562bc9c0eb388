package org.hikae.api.files.client;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.job.Job;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Files of this machine, backed up into a buffer and handed to a center when that asks for them (e.1, e.2, e.6, e.7). Thread-safe.
 * Local backups at their times and transfers are made by a platform that stays.
 */
@ProviderType
public interface FilesClient {

    /**
     * Joins a center or relay, durably.
     *
     * @param name what to call it here; null: after its host
     * @param token of its {@code center invite}; it can be used once
     * @throws IOException if the name is taken, it cannot be reached, is not the one that made the token, or refuses it
     */
    Membership join(String name, URI address, String token) throws IOException;

    /** Where this client belongs. */
    List<Membership> memberships() throws IOException;

    /** Forgets a center. @throws IOException if there is no such one, or a row refers to it, or it still lacks runs (unless {@code force}) */
    void leave(String name, boolean force) throws IOException;

    /** @throws IOException if the name is taken or not allowed, or something in it cannot be understood; says what */
    void add(BackupRow row) throws IOException;

    /** Replaces the row of that name. @throws IOException as {@link #add}, or if there is none */
    void edit(BackupRow row) throws IOException;

    /**
     * Forgets a row. What is at the center stays there.
     *
     * @param force although runs of it have not been sent: they are deleted
     * @throws IOException if there is none, or runs of it have not been sent
     */
    void remove(String name, boolean force) throws IOException;

    /** All rows, by name. */
    List<BackupRowStatus> list() throws IOException;

    /** @throws IOException if there is no such row */
    BackupRowStatus get(String name) throws IOException;

    /** Makes a local backup of a row now. @throws IOException if there is no such row, or one of it is being made */
    Job run(String name) throws IOException;

    BufferSettings buffer() throws IOException;

    /** @throws IOException if the limit is below 1 MiB, or it cannot be stored */
    void setBuffer(long limit, BufferSettings.WhenFull whenFull) throws IOException;

    /**
     * The versions of a file, or of all files in a folder, the newest first for each; of this client's buffer and of whoever it belongs to.
     *
     * @param path absolute
     * @param at only those that were there at this time; null: all
     * @throws IncompleteVersionsException if somebody who may have more cannot be asked, or what the buffer has of them is damaged; says which,
     *     and has those that are known
     * @throws IOException if the path is none
     */
    List<StoredVersion> versions(String path, Instant at) throws IOException;

    /**
     * Gives files back. The job looks first what there is: it fails if there is nothing of that path and time, or it cannot be told what there is,
     * as somebody who may have more cannot be asked, or what the buffer has of it is damaged.
     *
     * @throws IOException if the path is none, or there is no such center
     */
    Job restore(RestoreFiles request) throws IOException;
}
