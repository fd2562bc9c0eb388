package org.hikae.api.files.center;

import java.util.List;

/**
 * The center as it stands.
 *
 * @param running whether it listens
 * @param address where, HOST:PORT; null if it never was started
 * @param medium on which collected files lie; null if it never was started
 * @param fingerprint of its certification authority: SHA-256, hexadecimal; null as long as there is none
 * @param clients number of members
 * @param waiting number of requests that wait
 * @param transfers that go on now
 * @param bytesPerSecond received in the last ten seconds, on average
 * @param savedBytes that would lie on media besides, if equal content of several clients did not lie there once
 * @param problems what is wrong, a sentence each
 */
public record CenterStatus(
        boolean running,
        String address,
        String medium,
        String fingerprint,
        long clients,
        long waiting,
        List<Transfer> transfers,
        long bytesPerSecond,
        long savedBytes,
        List<String> problems) {

    public CenterStatus {
        transfers = List.copyOf(transfers);
        problems = List.copyOf(problems);
    }
}
