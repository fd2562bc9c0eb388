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
    /** What is known to be in notes. */
    private final Map<Path, String> noted = new ConcurrentHashMap<>();

    /** @param folder where the home remembers: a folder for each parent, in it a file for each child */
    Children(Path folder) {
        this.folder = folder;
    }

    /** Remembers, durably, that a generation on a medium builds upon another, and is on no other medium. */
    synchronized void note(String parent, String child, MediumRef medium) throws IOException {
        write(note(parent, child), line(medium));
    }

    /**
     * The same of one that may be on others, too: it may soon be on that medium, or was seen there and is about to be on
     * another.
     */
    synchronized void noteToo(String parent, String child, MediumRef medium) throws IOException {
        Path note = note(parent, child);
        String before = noted.get(note);
        if (before == null) {
            before = Files.exists(note) ? Files.readString(note) : "";
        }
        write(note, before.contains(medium.id().toString()) ? before : before + line(medium));
    }

    private static String line(MediumRef medium) {
        return medium.id() + " " + medium.name() + "\n";
    }

    private void write(Path note, String content) throws IOException {
        if (!content.equals(noted.get(note))) {
            DurableFiles.createFolders(note.getParent());
            DurableFiles.replace(note, content.getBytes(StandardCharsets.UTF_8));
            noted.put(note, content);
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
                noteToo(
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
    synchronized void forget(String parent, String child) throws IOException {
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
            String away = mediumAway(note, there);
            String unreadable = mediumUnreadable(note, seen);
            if (away != null) {
                children.add(note.getFileName() + " on medium " + away);
            } else if (unreadable != null) {
                children.add(note.getFileName() + " on medium '" + unreadable + "', whose manifest cannot be read");
            } else {
                forgetStale(note, children);
            }
        }
        return children;
    }

    /**
     * Whether anything builds upon a generation, or may do so on a medium that is away.
     *
     * @param except ids of those that are of no interest
     */
    boolean mayHave(GenerationId parent, List<Answer<Shelf.View>> seen, Set<String> except) throws IOException {
        Map<String, Shelf.View> there = new HashMap<>();
        for (Answer<Shelf.View> answer : seen) {
            if (answer.isGiven()) {
                there.put(answer.medium().id().toString(), answer.value());
                if (answer.value().generations().values().stream()
                        .anyMatch(child -> child.namesParent(parent)
                                && !except.contains(child.id().toString()))) {
                    return true;
                }
            }
        }
        for (Path note : notes(parent.toString())) {
            if (!except.contains(note.getFileName().toString())
                    && (mediumAway(note, there) != null || mediumUnreadable(note, seen) != null)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A medium that the child may be on, which is not there now or does not show all that is on it, in words that say so; null if
     * there is none.
     */
    private static String mediumAway(Path note, Map<String, Shelf.View> there) throws IOException {
        GenerationId child = GenerationId.parse(note.getFileName().toString()).orElse(null);
        for (String line : Files.readAllLines(note)) {
            String[] medium = (line + " ").split(" ", 2);
            Shelf.View view = there.get(medium[0]);
            if (view == null) {
                return "'" + medium[1].strip() + "', which is not there now (if it is gone for good, delete " + note
                        + ")";
            } else if (!view.complete() && !view.generations().containsKey(child)) {
                return "'" + medium[1].strip() + "', of which not all can be seen now (if it is gone for good, delete "
                        + note + ")";
            }
        }
        return null;
    }

    /**
     * The name of a medium that shows the child, but cannot tell what it builds upon; null if there is none. Another time, or
     * by a newer version, it may be readable: nothing is known against what the note says.
     */
    private static String mediumUnreadable(Path note, List<Answer<Shelf.View>> seen) {
        GenerationId id = GenerationId.parse(note.getFileName().toString()).orElse(null);
        for (Answer<Shelf.View> answer : seen) {
            Sighting child = answer.isGiven() ? answer.value().generations().get(id) : null;
            if (child != null && child.stored() == null) {
                return answer.name();
            }
        }
        return null;
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
