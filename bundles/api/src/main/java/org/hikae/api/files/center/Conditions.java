package org.hikae.api.files.center;

import java.util.List;
import org.hikae.api.files.TransferWindow;

/**
 * What suits the center (e.4).
 *
 * @param windows when it collects; empty: always
 * @param transfers most transfers at once, at least 1
 * @param rates most bytes per second by time of day; where several hold, the smallest; empty: as much as there is
 * @param freeSpace bytes that stay free on the medium; transfers wait below that
 * @param load of the machine (runnable threads a processor) above which nothing is begun; 0: any
 */
public record Conditions(List<TransferWindow> windows, int transfers, List<Rate> rates, long freeSpace, double load) {

    public Conditions {
        windows = List.copyOf(windows);
        rates = List.copyOf(rates);
    }

    /**
     * A limit of bandwidth.
     *
     * @param when in which hours
     * @param bytesPerSecond at least 1
     */
    public record Rate(TransferWindow when, long bytesPerSecond) {}
}
