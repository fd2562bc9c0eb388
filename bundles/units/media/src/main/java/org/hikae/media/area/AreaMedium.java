package org.hikae.media.area;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.spi.PlacedWriter;
import org.hikae.media.medium.MediaAccess;
import org.hikae.media.medium.UsableMedium;

/**
 * A medium, limited to objects whose names begin with the area's. It is looked up for each call: a driver that went away and came
 * back makes another medium, and whose it is is looked at again (R19). Thread-safe.
 */
final class AreaMedium implements Medium {

    /** No generation's folder, which has an {@code @}. */
    private static final Pattern AREA = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** What media control itself keeps beside generations begins so. */
    private static final String MARKS = "hikae-medium";

    private final MediaAccess media;
    private final String name;
    private final String prefix;
    /** The medium that is held against removal. Guarded by this, as all below. */
    private UsableMedium held;

    private UsableMedium.Use use;
    private boolean closed;

    private AreaMedium(MediaAccess media, String name, String prefix) {
        this.media = media;
        this.name = name;
        this.prefix = prefix;
    }

    /** @throws IOException if there is no such medium, it cannot be used, or the area's name is not allowed */
    static AreaMedium open(MediaAccess media, String name, String area) throws IOException {
        if (!AREA.matcher(area).matches() || area.startsWith(MARKS)) {
            throw new IOException(
                    "'" + area + "' cannot be an area of a medium: it is media control's own, or no name");
        }
        AreaMedium opened = new AreaMedium(media, name, area + "/");
        opened.objects();
        return opened;
    }

    private Medium objects() throws IOException {
        UsableMedium now = media.open(name);
        synchronized (this) {
            if (closed) {
                throw new IOException("the area " + prefix + " of medium '" + name + "' was closed");
            }
            if (now != held) {
                UsableMedium.Use next = now.use(prefix + " is kept on it");
                if (use != null) {
                    use.close();
                }
                held = now;
                use = next;
            }
        }
        return now.objects();
    }

    private Medium objects(String object) throws IOException {
        if (!object.startsWith(prefix)) {
            throw new IllegalArgumentException(object + " does not belong to the area " + prefix);
        }
        return objects();
    }

    @Override
    public List<MediumObject> list(String wanted) throws IOException {
        if (wanted.startsWith(prefix)) {
            return objects().list(wanted);
        }
        // Whatever begins with less than the area's name, and all of it if the area's name begins so.
        return prefix.startsWith(wanted) ? objects().list(prefix) : List.of();
    }

    @Override
    public ObjectWriter create(String object) throws IOException {
        return objects(object).create(object);
    }

    @Override
    public PlacedWriter createPlaced(String object, long length) throws IOException {
        return objects(object).createPlaced(object, length);
    }

    @Override
    public ObjectReader open(String object) throws IOException {
        if (!object.startsWith(prefix)) {
            throw new NoSuchFileException(object);
        }
        return objects().open(object);
    }

    @Override
    public void delete(String object) throws IOException {
        objects(object).delete(object);
    }

    /** Media control has done so when it opened the medium; by now others write on it. */
    @Override
    public void discardUncommitted() {}

    /** The medium's, whoever gave it. */
    @Override
    public Optional<UUID> id() throws IOException {
        return Optional.of(media.open(name).id());
    }

    @Override
    public boolean isComplete() throws IOException {
        return objects().isComplete();
    }

    @Override
    public MediumSpace space() throws IOException {
        return objects().space();
    }

    @Override
    public Set<Capability> capabilities() {
        try {
            return objects().capabilities();
        } catch (IOException e) {
            return Set.of();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (use != null) {
                use.close();
                use = null;
                held = null;
            }
        }
    }
}
