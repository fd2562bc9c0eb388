package org.hikae.etc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hikae.api.config.BrokenFile;
import org.hikae.io.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration files of one folder. People edit them at any time, so nothing is written over a file that is not as
 * we know it, and a file that is broken stays as it is, with a warning, until it is repaired or removed. Thread-safe.
 */
final class EtcFiles {
    private static final Logger LOG = LoggerFactory.getLogger(EtcFiles.class);
    private static final String IGNORED = "The configuration file {} is ignored: {}";

    private final Path folder;
    private final FileNames names;

    /** By PID, as last read or written. Guarded by this. */
    private final Map<String, ConfigFile> known = new TreeMap<>();

    /** What the look before saw: a file is read once two looks have seen the same. Guarded by this. */
    private Map<Path, Stamp> lastLook = new HashMap<>();

    /** Files whose names are wrong, as the last look saw them. Guarded by this. */
    private Map<Path, String> misnamed = new TreeMap<>();

    EtcFiles(Path folder, FileNames names) throws IOException {
        this.folder = folder;
        this.names = names;
        DurableFiles.createFolders(folder);
        for (Map.Entry<String, Found> found : look().entrySet()) {
            read(found.getKey(), found.getValue());
        }
    }

    /** The properties of a configuration, its PID among them. */
    synchronized Optional<SortedMap<String, Object>> get(String pid) {
        return Optional.ofNullable(known.get(pid))
                .filter(file -> !file.isBroken())
                .map(ConfigFile::properties);
    }

    synchronized Collection<SortedMap<String, Object>> all() {
        return known.values().stream()
                .filter(file -> !file.isBroken())
                .map(ConfigFile::properties)
                .toList();
    }

    /** The files that are ignored, and why. */
    synchronized List<BrokenFile> broken() {
        List<BrokenFile> broken = new ArrayList<>();
        misnamed.forEach((path, trouble) -> broken.add(new BrokenFile(path, null, trouble)));
        known.values().stream()
                .filter(ConfigFile::isBroken)
                .forEach(file -> broken.add(new BrokenFile(file.path(), file.pid(), file.trouble())));
        broken.sort(Comparator.comparing(BrokenFile::file));
        return broken;
    }

    /** Returns once the file is durable. A file that says the same already is left alone, with its comments. */
    synchronized void put(String pid, SortedMap<String, Object> properties) throws IOException {
        String text = ConfigFile.textOf(pid, properties);
        ConfigFile old = known.get(pid);
        if (old != null && !old.isBroken() && text.equals(ConfigFile.textOf(pid, old.properties()))) {
            return;
        }
        Path path = old == null ? folder.resolve(names.ofPid(pid)) : old.path();
        requireAsKnown(path, old);
        DurableFiles.replace(path, text.getBytes(StandardCharsets.UTF_8));
        SortedMap<String, Object> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        kept.putAll(properties);
        known.put(pid, new ConfigFile(pid, path, Stamp.of(path), kept, null));
    }

    /** Returns once the file is gone for good. */
    synchronized void remove(String pid) throws IOException {
        ConfigFile old = known.get(pid);
        if (old == null) {
            return;
        }
        requireAsKnown(old.path(), old);
        Files.deleteIfExists(old.path());
        DurableFiles.forceFolder(folder);
        known.remove(pid);
    }

    private void requireAsKnown(Path path, ConfigFile old) throws IOException {
        if (old != null && old.isBroken()) {
            throw new IOException("The file " + path + " is broken (" + old.trouble()
                    + ") and is not written over: repair or remove it");
        }
        Stamp now = Stamp.of(path);
        if (now != null && (old == null || !now.equals(old.stamp()))) {
            throw new IOException("The file " + path + " has just been edited: try again in a few seconds");
        }
    }

    /**
     * Looks for what people have changed since the last look. A change counts once it is a look old: an editor may be
     * in the middle of writing.
     */
    synchronized List<Change> refresh() throws IOException {
        Map<String, Found> there = look();
        Map<Path, Stamp> thisLook = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<String, Found> entry : there.entrySet()) {
            Found found = entry.getValue();
            thisLook.put(found.path(), found.stamp());
            ConfigFile old = known.get(entry.getKey());
            boolean isNew = old == null || !found.equals(new Found(old.path(), old.stamp()));
            if (isNew && found.stamp().equals(lastLook.get(found.path()))) {
                ConfigFile file = read(entry.getKey(), found);
                if (!file.isBroken()) {
                    changes.add(new Change(file.pid(), file.properties()));
                }
            }
        }
        for (String pid : List.copyOf(known.keySet())) {
            if (!there.containsKey(pid)) {
                LOG.info("The configuration {} is gone: its file was removed", pid);
                known.remove(pid);
                changes.add(new Change(pid, null));
            }
        }
        lastLook = thisLook;
        return changes;
    }

    private ConfigFile read(String pid, Found found) {
        ConfigFile file = ConfigFile.read(pid, found.path(), found.stamp());
        known.put(pid, file);
        if (file.isBroken()) {
            LOG.warn(IGNORED, found.path(), file.trouble());
        }
        return file;
    }

    /** The files that are there, by PID. What is no regular file counts too: it is in the place of one, and broken. */
    private Map<String, Found> look() throws IOException {
        Map<String, Found> there = new TreeMap<>();
        Map<Path, String> troubles = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + FileNames.ENDING)) {
            for (Path path : files) {
                Stamp stamp = Stamp.of(path);
                String pid = stamp == null ? null : pidOf(path, troubles);
                if (pid != null) {
                    there.merge(pid, new Found(path, stamp), (one, other) -> preferred(one, other, troubles));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        tellNew(troubles);
        return there;
    }

    private static String pidOf(Path path, Map<Path, String> troubles) {
        try {
            return FileNames.toPid(path.getFileName().toString());
        } catch (BrokenFileException e) {
            troubles.put(path, e.getMessage());
            return null;
        }
    }

    /** Two names can stand for one PID, when people write one of them. */
    private static Found preferred(Found one, Found other, Map<Path, String> troubles) {
        Found first = one.path().compareTo(other.path()) < 0 ? one : other;
        Path ignored = first == one ? other.path() : one.path();
        troubles.put(ignored, first.path() + " is for the same configuration");
        return first;
    }

    /** The looks go on; each trouble is told once. */
    private void tellNew(Map<Path, String> troubles) {
        troubles.forEach((path, trouble) -> {
            if (!trouble.equals(misnamed.get(path))) {
                LOG.warn(IGNORED, path, trouble);
            }
        });
        misnamed = troubles;
    }

    /** @param properties null if the configuration is gone */
    record Change(String pid, SortedMap<String, Object> properties) {}

    private record Found(Path path, Stamp stamp) {}
}
