package org.hikae.api.files.center;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.job.Job;
import org.osgi.annotation.versioning.ProviderType;

/** Collects files of clients when it suits both sides, and gives them back (e.3 to e.7, f.4). Thread-safe. */
@ProviderType
public interface FilesCenter {

    /**
     * Lets the center listen, now and whenever a platform stays, durably. The first time it makes a certification authority.
     *
     * @param listen HOST:PORT; null: as before, else 127.0.0.1:7443. Its certificate is made for this host
     * @param names by which clients call it besides: names and literal addresses, such as those of a router that hands connections on;
     *     null: as before, at first none
     * @param medium on which collected files are put; null: as before
     * @throws IOException if the address cannot be listened at, there is no such medium, or none was ever given
     */
    CenterStatus start(String listen, List<String> names, String medium) throws IOException;

    /** Listens no more, durably; transfers end with what they have. */
    void stop() throws IOException;

    CenterStatus status() throws IOException;

    /**
     * The ids by which a loop of relays shows: first this center's own, then those of the relays that hand on to it, and of those below
     * them, as they have said of late.
     *
     * @throws IOException if its own cannot be read
     */
    List<UUID> route() throws IOException;

    /**
     * Makes a token with which a client or relay joins once, within a week.
     *
     * @param replace whether the client may be there already: when the token is used, its former certificate ends, and whoever has the
     *     token gets its files
     * @return of {@code [A-Za-z0-9._-]}
     * @throws IOException if the name is not allowed, or taken and not to be replaced
     */
    String invite(String name, boolean replace) throws IOException;

    /** Accepts a client's certificate no more, durably and at once. Its files stay. @throws IOException if there is no such member */
    void revoke(String name) throws IOException;

    List<ClientInfo> clients() throws IOException;

    Conditions conditions() throws IOException;

    /** @throws IOException if it cannot be stored */
    void setConditions(Conditions conditions) throws IOException;

    /** What holds for one client besides, within the center's own; null: nothing. */
    Conditions conditions(String client) throws IOException;

    /** @param conditions null: nothing of its own any more */
    void setConditions(String client, Conditions conditions) throws IOException;

    /** How long runs of a client's row are kept; null as the client: of all that have no rule of their own; null as the rule: for ever. */
    void setRetention(String client, Retention keep) throws IOException;

    /** How long runs of a client's row are kept. @param client null: of all that have no rule of their own @return null: no rule */
    Retention retention(String client) throws IOException;

    /**
     * Gives the collection table, row by row: what waits and what runs, in the order in which it is planned; then what is done, the newest
     * first.
     *
     * @param done whether what is done is wanted too
     * @throws IOException if the tables cannot be read
     */
    void requests(boolean done, Consumer<CollectionRequest> consumer) throws IOException;

    /**
     * Gives what waits and what runs as it is planned: what begins and goes on when, and which windows cannot be kept and why.
     *
     * @throws IOException if the tables cannot be read
     */
    void plan(Consumer<CollectionRequest> consumer) throws IOException;

    /**
     * Gives transfers, those first that go on, then the newest first. The last million of those that have ended are remembered.
     *
     * @param client of this one alone; null: all
     * @param limit of transfers; 0: all
     * @throws IOException if the tables cannot be read
     */
    void history(String client, long limit, Consumer<Transfer> consumer) throws IOException;

    /** Gives each version to the consumer, by origin, backup, path and age. @throws IOException if the tables cannot be read */
    void files(Files which, Consumer<StoredVersion> consumer) throws IOException;

    /** Takes all requests that wait, whatever the windows say; the transfers are recorded as such. The job ends when all are here, or it is known that the rest
     * will not come: who cannot be reached is not waited for. @throws IOException if the center does not listen */
    Job collectNow() throws IOException;

    /** Reads what is stored, wholly, and says what is damaged. @param client of this one alone; null: all */
    Job verify(String client) throws IOException;
}
