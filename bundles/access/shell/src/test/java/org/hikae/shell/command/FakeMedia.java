package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;

/** Media in a list. */
final class FakeMedia implements Media {

    final Map<String, MediumStatus> media = new TreeMap<>();
    boolean takenOver;

    @Override
    public List<MediumStatus> list() {
        return List.copyOf(media.values());
    }

    @Override
    public MediumStatus get(String name) throws IOException {
        if (!media.containsKey(name)) {
            throw new IOException("there is no medium " + name);
        }
        return media.get(name);
    }

    @Override
    public MediumStatus add(String name, String driver, String location, boolean takeOver) {
        takenOver = takeOver;
        media.put(name, new MediumStatus(name, driver, location, 10L << 30, 5L << 30, List.of("random"), null));
        return media.get(name);
    }

    @Override
    public void remove(String name) throws IOException {
        get(name);
        media.remove(name);
    }

    @Override
    public Optional<String> around(Path file) {
        return media.values().stream()
                .filter(medium -> file.startsWith(medium.location()))
                .map(MediumStatus::name)
                .findFirst();
    }

    @Override
    public Map<String, UUID> ids() {
        throw new UnsupportedOperationException("people know media by their names");
    }

    @Override
    public List<String> drivers() {
        return List.of("directory", "dream");
    }
}
