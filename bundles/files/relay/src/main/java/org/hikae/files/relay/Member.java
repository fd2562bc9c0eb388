package org.hikae.files.relay;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * A center above that this relay has joined.
 *
 * @param address {@code https://HOST:PORT}
 * @param folder name of the folder with the identity and the receipts, of the token that was used
 * @param name under which it knows this relay
 * @param id of it: two addresses of one center are no two copies
 * @param since when it was joined, by this relay's clock
 * @param active whether it gets what is received
 */
record Member(URI address, String folder, String name, UUID id, Instant since, boolean active) {

    Member active(boolean now) {
        return new Member(address, folder, name, id, since, now);
    }
}
