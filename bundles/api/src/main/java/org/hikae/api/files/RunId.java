package org.hikae.api.files;

/**
 * Which local backup (e.2).
 *
 * @param origin the client, as whoever has the run knows it: behind a relay {@code CLIENT@RELAY}
 * @param backup name of the row in the client's backup control table
 * @param number from 1 on, ascending within origin and backup, never used again
 */
public record RunId(String origin, String backup, long number) {

    @Override
    public String toString() {
        return origin + "/" + backup + "/" + number;
    }
}
