package org.hikae.media.medium;

import java.io.IOException;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.PlacedWriter;

/** Room on media for what need not last: objects that are never committed, which media discard when they are opened. Thread-safe. */
public final class Rooms {

    private final MediaAccess media;
    private final RollCall rollCall;

    public Rooms(MediaAccess media) {
        this.media = media;
        this.rollCall = new RollCall(media, RollCall.PATIENCE);
    }

    /**
     * Opens room on a medium.
     *
     * @throws IOException if there is no such medium, or it cannot be used or overwritten
     */
    public PlacedWriter open(String name, long bytes) throws IOException {
        if (bytes <= 0) {
            throw new IllegalArgumentException("room of " + bytes + " bytes");
        }
        Medium medium = media.open(name).near();
        if (!isOverwritable(medium)) {
            throw new IOException("medium '" + name + "' cannot be a buffer, for it cannot be overwritten in part");
        }
        return medium.createPlaced("hikae-buffer-" + UUID.randomUUID(), bytes);
    }

    private static boolean isOverwritable(Medium medium) {
        return medium.capabilities().contains(Medium.Capability.OVERWRITE);
    }

    /**
     * The first medium by name with room; null if there is none.
     *
     * @throws IOException if it is not known which media there are
     */
    public String usual() throws IOException {
        return rollCall.ask(medium -> medium.copies().areApart() && isOverwritable(medium.near())).stream()
                .filter(answer -> answer.isGiven() && answer.value())
                .map(RollCall.Answer::name)
                .sorted()
                .findFirst()
                .orElse(null);
    }
}
