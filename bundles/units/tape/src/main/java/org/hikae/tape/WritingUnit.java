package org.hikae.tape;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.tape.medium.OpenSessions;
import org.hikae.tape.medium.TapeWriting;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Writes the objects of media that are on tape. */
@Component(service = TapeWriting.class)
public final class WritingUnit implements TapeWriting {

    /** How long a cartridge stays ready to be written after the last object: a backup begins the next one soon. */
    private static final Duration LINGER = Duration.ofSeconds(60);

    private final OpenSessions sessions;

    @Activate
    public WritingUnit(@Reference StoreUnit unit) {
        sessions = new OpenSessions(unit.store(), LINGER);
    }

    @Override
    public ObjectWriter create(UUID medium, String mediumName, String name, String pool, String library)
            throws IOException {
        return sessions.create(medium, mediumName, name, pool, library);
    }

    @Deactivate
    void deactivate() {
        sessions.close();
    }
}
