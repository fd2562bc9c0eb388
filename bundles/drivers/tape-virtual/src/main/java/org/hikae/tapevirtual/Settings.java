package org.hikae.tapevirtual;

import org.hikae.api.tape.spi.TapeLibrary.Kind;

/**
 * What a library is like.
 *
 * @param drives number of drives, from 1
 * @param slots number of slots, from 0
 * @param station number of places in the station, from 1
 * @param capacity of a cartridge: how long its file may become, in bytes
 * @param reserve bytes before the end where the early warning is given
 * @param prefix what the barcodes of blank cartridges begin with
 * @param simulate which drive's times are simulated
 * @param pace how much faster than that drive; 0: at once
 */
record Settings(
        int drives,
        int slots,
        int station,
        long capacity,
        long reserve,
        String prefix,
        Simulation simulate,
        double pace) {

    /** Drives whose times are simulated. */
    enum Simulation {
        NONE,
        LTO9
    }

    int count(Kind kind) {
        return switch (kind) {
            case SLOT -> slots;
            case STATION -> station;
            case DRIVE -> drives;
        };
    }

    Settings withSlots(int count) {
        return new Settings(drives, count, station, capacity, reserve, prefix, simulate, pace);
    }

    Times times() {
        return switch (simulate) {
            case NONE -> Times.NONE;
            case LTO9 -> new Lto9(capacity);
        };
    }

    Passing passing() {
        return pace > 0 ? new RealTime(pace) : Passing.AT_ONCE;
    }
}
