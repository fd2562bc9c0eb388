package org.hikae.api.tape.spi;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A library of tapes (27): slots, a station through which cartridges come and go, drives, and a robot between them. A single
 * drive that people load is a library with one drive, no slots, and one place in the station.
 *
 * <p>Thread-safe; a move waits for the one before. The drives are used while cartridges are moved elsewhere.
 */
@ConsumerType
public interface TapeLibrary extends Closeable {

    /**
     * What is where now: every slot, place of the station and drive, in this order, by their numbers. A cartridge that people
     * have put in or taken out since is seen.
     */
    List<Element> inventory() throws IOException;

    /**
     * Moves a cartridge. One that comes from a drive was {@link TapeDrive#unload unloaded}; one in a drive is not loaded yet.
     *
     * @throws IOException if there is no cartridge at {@code from}, or one at {@code to}, or the robot fails: then the cartridge
     *     is where the inventory says
     */
    void move(Place from, Place to) throws IOException;

    /**
     * The drive of that number; the same object at each call.
     *
     * @param number from 0
     */
    TapeDrive drive(int number) throws IOException;

    /** Closes library and drives; cartridges stay where they are. */
    @Override
    void close() throws IOException;

    /** Kinds of places for cartridges. */
    enum Kind {
        SLOT,
        STATION,
        DRIVE
    }

    /**
     * A place for a cartridge.
     *
     * @param number from 0, among those of its kind
     */
    record Place(Kind kind, int number) {

        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + number;
        }
    }

    /**
     * A place and what is in it.
     *
     * @param barcode of its cartridge, one to 32 of {@code [A-Z0-9_-]}; empty of one whose barcode cannot be read; null if
     *     there is no cartridge
     */
    record Element(Place place, String barcode) {

        /** Whether a cartridge is in it. */
        public boolean isFull() {
            return barcode != null;
        }
    }
}
