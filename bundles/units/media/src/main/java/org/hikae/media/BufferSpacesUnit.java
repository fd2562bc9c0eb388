package org.hikae.media;

import java.io.IOException;
import org.hikae.api.media.spi.PlacedWriter;
import org.hikae.api.media.tier.BufferSpaces;
import org.hikae.media.medium.MediaAccess;
import org.hikae.media.medium.Rooms;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The service {@link BufferSpaces}. */
@Component
public final class BufferSpacesUnit implements BufferSpaces {

    private final Rooms rooms;

    @Activate
    public BufferSpacesUnit(@Reference MediaAccess media) {
        rooms = new Rooms(media);
    }

    @Override
    public PlacedWriter open(String medium, long bytes) throws IOException {
        return rooms.open(medium, bytes);
    }

    @Override
    public String usual() throws IOException {
        return rooms.usual();
    }
}
