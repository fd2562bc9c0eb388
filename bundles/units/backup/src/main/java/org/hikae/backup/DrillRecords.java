package org.hikae.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.api.backup.Drill;
import org.hikae.api.job.Reason;
import org.hikae.io.DurableFiles;

/** The last drill of each generation: a file {@code ID.json} each in one folder. Thread-safe. */
final class DrillRecords {

    private static final String SUFFIX = ".json";

    private final Path folder;

    /** @param folder made when it is needed */
    DrillRecords(Path folder) {
        this.folder = folder;
    }

    /** By id. A record that cannot be read is a drill with that problem. */
    synchronized Map<String, Drill> all() throws IOException {
        Map<String, Drill> all = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*" + SUFFIX)) {
            for (Path file : files) {
                String id = id(file);
                all.put(id, drill(id));
            }
        }
        return all;
    }

    private static String id(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    private Drill drill(String id) throws IOException {
        try {
            return read(id).drill();
        } catch (IOException e) {
            String problem = "the record of its last drill cannot be read: " + Reason.of(e) + "; make another";
            return new Drill(id, Files.getLastModifiedTime(file(id)).toInstant(), problem, null, 0, 0, null);
        }
    }

    private DrillRecord read(String id) throws IOException {
        DrillRecord record = DrillRecord.read(Files.readAllBytes(file(id)));
        if (!record.drill().generation().equals(id)) {
            throw new IOException("it is that of " + record.drill().generation());
        }
        return record;
    }

    /** Null: none was made, or it cannot be read, so that the next one begins anew. */
    private DrillRecord last(String id) {
        try {
            return Files.exists(file(id)) ? read(id) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * How what was read differs from what the drills before have read.
     *
     * @param digest null: not all could be read
     * @return a sentence; null: it does not, as far as can be told
     */
    synchronized String difference(String id, String digest) {
        DrillRecord last = last(id);
        return last == null || last.expected() == null || digest == null || digest.equals(last.expected())
                ? null
                : "what was read is not what the drill of " + last.expectedSince() + " has read: its digest is "
                        + digest + ", and was " + last.expected();
    }

    /** Stores a drill, durably; what drills must read stays what the first one has read, whatever this one has. */
    synchronized void put(Drill drill) throws IOException {
        DrillRecord last = last(drill.generation());
        boolean first = last == null || last.expected() == null;
        DrillRecord record = first
                ? new DrillRecord(drill, drill.digest(), drill.digest() == null ? null : drill.instant())
                : new DrillRecord(drill, last.expected(), last.expectedSince());
        try {
            DurableFiles.createFolders(folder);
            DurableFiles.replace(file(drill.generation()), record.write());
        } catch (IOException e) {
            throw new IOException("the drill of " + drill.generation() + " cannot be recorded: " + Reason.of(e), e);
        }
    }

    /** Forgets those of all other generations. */
    synchronized void keep(Set<String> ids) throws IOException {
        for (String id : all().keySet()) {
            if (!ids.contains(id)) {
                Files.deleteIfExists(file(id));
            }
        }
    }
}
