package org.hikae.tape.medium;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.Tapes;
import org.hikae.io.DurableFiles;
import org.hikae.tape.home.TapeHomeUnit;
import org.hikae.tape.store.ObjectMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Media that are on tape: the location is {@code LIBRARY} or {@code LIBRARY/POOL}, or the id of one that is there already. */
@Component(service = MediumDriver.class, property = MediumDriver.NAME + "=tape")
public final class TapeMediumDriver implements MediumDriver {

    private final SecondTier tier;
    private final ObjectMap map;
    private final TapeWriting writing;
    private final Tapes tapes;
    private final MediumDriver folders;
    private final Path near;
    private final MediumIds ids;

    @Activate
    public TapeMediumDriver(
            @Reference SecondTier tier,
            @Reference ObjectMap map,
            @Reference TapeWriting writing,
            @Reference Tapes tapes,
            @Reference(target = "(" + MediumDriver.NAME + "=directory)") MediumDriver folders,
            @Reference TapeHomeUnit home) {
        this.tier = tier;
        this.map = map;
        this.writing = writing;
        this.tapes = tapes;
        this.folders = folders;
        this.near = home.home().folder().resolve("near");
        this.ids = new MediumIds(home.home().folder().resolve("media"));
    }

    @Override
    public Medium open(String location) throws IOException {
        return open(location, location);
    }

    @Override
    public Medium open(String location, String name) throws IOException {
        Place place = Place.parse(location);
        if (place.library() != null) {
            checkLibrary(place.library());
        }
        UUID id = place.id() != null ? place.id() : ids.of(place.library(), place.pool(), tier::begin);
        DurableFiles.createFolders(near);
        Medium kept = folders.open(near.resolve(id.toString()).toString());
        return new TapeMedium(id, name, place, kept, tier, map, writing);
    }

    private void checkLibrary(String library) throws IOException {
        for (LibraryStatus each : tapes.libraries()) {
            if (each.name().equals(library)) {
                return;
            }
        }
        throw new IOException(
                "there is no tape library '" + library + "'; 'tape library list' shows those that are there");
    }
}
