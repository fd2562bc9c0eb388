package org.hikae.api.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** The backup media of this platform, kept as OSGi configurations of the factory PID {@code org.hikae.medium}. */
@ProviderType
public interface Media {

    /** All configured media by name, those that cannot be used too. */
    List<MediumStatus> list();

    /** @throws IOException if no medium of that name is configured */
    MediumStatus get(String name) throws IOException;

    /**
     * Adds a medium, durably, and makes it this home's own (R19). The driver's bundle must be there.
     *
     * @param driver name of the driver, such as {@code directory}
     * @param location what the driver takes as a location
     * @param takeOver true: take a medium over that belongs to another home, which must not use it any more
     * @throws IOException if the name is taken or not allowed, there is no such driver, the driver refuses the
     *     location, or the medium is another home's; nothing was changed
     */
    MediumStatus add(String name, String driver, String location, boolean takeOver) throws IOException;

    /**
     * Forgets the medium. What is on it stays, and can be added again.
     *
     * @throws IOException if there is no such medium, or a backup or reader uses it
     */
    void remove(String name) throws IOException;

    /**
     * The medium whose location is a folder around the file, or the file itself. Only media control writes there.
     *
     * @param file need not be there
     * @return the medium's name; empty if there is none
     */
    Optional<String> around(Path file) throws IOException;

    /**
     * The ids of the media that answer, by name: by these the objects of a medium are known to a {@link
     * org.hikae.api.media.tier.SecondTier}.
     *
     * @throws IOException if it is not known which media there are
     */
    Map<String, UUID> ids() throws IOException;

    /** Names of the drivers that are there now. */
    List<String> drivers();
}
