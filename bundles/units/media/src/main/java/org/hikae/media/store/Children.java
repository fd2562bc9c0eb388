package org.hikae.media.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hikae.io.DurableFiles;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.MediumRef;
import org.hikae.media.medium.RollCall.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which generations build upon which: as a look at the media shows, and for media that are not there now, as the home
 * remembers. Thread-safe.
 */
final class Children {

    private static final Logger LOG = LoggerFactory.getLogger(Children.class);

    private final Path folder;
    /** The notes that are known to be there. */
    private final Set<Path> noted = ConcurrentHashMap.newKeySet();

    /** @param folder where the home remembers: a folder for each parent, in it a file for each child */
    Children(Path folder) {
        this.folder = folder;
    }

    /** Remembers, durably, that a generation on a medium builds upon another. */
    void note(String parent, String child, MediumRef medium) throws IOException {
        Path note = note(parent, child);
        if (!noted.contains(note)) {
            DurableFiles.createFolders(note.getParent());
            DurableFiles.replace(note, (medium.id() + " " + medium.name() + "\n").getBytes(StandardCharsets.UTF_8));
            noted.add(note);
        }
    }

    private Path note(String parent, String child) {
        return folder.resolve(parent).resolve(child);
    }

    /** Remembers what is to be seen, should it not be known: the home may be a new one. */
    void noteAll(List<Answer<Shelf.View>> seen) {
        for (Answer<Shelf.View> answer : seen) {
            if (answer.isGiven()) {
                answer.value().generations().values().forEach(this::noteSeen);
            }
        }
    }

    private void noteSeen(Sighting child) {
        Manifest manifest = child.stored() == null ? null : child.stored().manifest();
        if (manifest != null && manifest.parent() != null) {
            try {
                note(
                        manifest.parent().id(),
                        manifest.id(),
                        new MediumRef(child.medium().id(), child.medium().name()));
            } catch (IOException e) {
                LOG.warn(
                        "the home cannot remember that {} builds upon {}",
                        manifest.id(),
                        manifest.parent().id(),
                        e);
            }
        }
    }

    /** The generation is there no more, or never came to be. */
    void forget(String parent, String child) throws IOException {
        Path note = note(parent, child);
        noted.remove(note);
        Files.deleteIfExists(note);
    }

    /**
     * Those that build upon a generation, in words that say where they are.
     *
     * @param except ids of those that are of no interest
     */
    List<String> of(Sighting parent, List<Answer<Shelf.View>> seen, Set<String> except) throws IOException {
        List<String> children = new ArrayList<>();
        Map<String, Shelf.View> there = new HashMap<>();
        for (Answer<Shelf.View> answer : seen) {
            if (answer.isGiven()) {
                there.put(answer.medium().id().toString(), answer.value());
                answer.value().generations().values().stream()
                        .filter(parent::isParentOf)
                        .filter(child -> !except.contains(child.id().toString()))
                        .forEach(child -> children.add(child.id() + " on medium '" + answer.name() + "'"));
            }
        }
        for (Path note : notes(parent.id().toString())) {
            if (except.contains(note.getFileName().toString())) {
                continue;
            }
            String[] medium = (Files.readString(note).strip() + " ").split(" ", 2);
            String child = note.getFileName() + " on medium '" + medium[1].strip() + "', ";
            Shelf.View view = there.get(medium[0]);
            if (view == null) {
                children.add(child + "which is not there now (if it is gone for good, delete " + note + ")");
            } else if (isUnreadable(note, view)) {
                children.add(child + "whose manifest cannot be read");
            } else {
                forgetStale(note, children);
            }
        }
        return children;
    }

    /** Another time, or by a newer version, it may be readable: nothing is known against what the note says. */
    private static boolean isUnreadable(Path note, Shelf.View view) {
        return GenerationId.parse(note.getFileName().toString())
                .map(view.generations()::get)
                .filter(child -> child.stored() == null)
                .isPresent();
    }

    /** A child that never came to be, or was removed without its home's knowledge. */
    private void forgetStale(Path note, List<String> children) throws IOException {
        String child = note.getFileName().toString();
        if (children.stream().noneMatch(seen -> seen.startsWith(child + " "))) {
            noted.remove(note);
            Files.deleteIfExists(note);
        }
    }

    private Set<Path> notes(String parent) throws IOException {
        Path notes = folder.resolve(parent);
        if (!Files.isDirectory(notes)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(notes)) {
            return new TreeSet<>(
                    files.filter(file -> !file.toString().endsWith(".next")).toList());
        }
    }
}
