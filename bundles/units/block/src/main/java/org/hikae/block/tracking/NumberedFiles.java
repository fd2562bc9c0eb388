package org.hikae.block.tracking;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.hikae.api.block.BlockSet;

/**
 * Files that a state refers to by number, {@code log-N} and {@code set-N}, and how a state is replaced. A file is durable
 * before the state that refers to it, and removed only after one that does not.
 */
public final class NumberedFiles {

    private static final int MAX_SET_BYTES = 1 << 30;

    private static final Pattern NUMBERED = Pattern.compile("[a-z]+-[0-9]{1,18}");

    private final Storage storage;
    private final int logBytes;

    /** @param logBytes length of a log, a multiple of a sector */
    public NumberedFiles(Storage storage, int logBytes) {
        this.storage = storage;
        this.logBytes = logBytes;
    }

    /** Whether there is any such file. */
    public boolean any() throws IOException {
        return storage.list().stream().anyMatch(name -> NUMBERED.matcher(name).matches());
    }

    /** A number that no file bears. */
    public long unusedNumber() throws IOException {
        return 1
                + storage.list().stream()
                        .filter(name -> NUMBERED.matcher(name).matches())
                        .mapToLong(name -> Long.parseLong(name.substring(name.indexOf('-') + 1)))
                        .max()
                        .orElse(0);
    }

    /** Makes a content the one that counts under a name, as one step; with it the names of all files are durable. */
    public void replace(String name, byte[] content) throws IOException {
        String next = name + ".next";
        storage.write(next, content);
        storage.force(next);
        storage.rename(next, name);
        storage.forceFolder();
    }

    public RegionLog createLog(LogFormat.Identity identity) throws IOException {
        String name = logName(identity.number());
        storage.write(name, LogFormat.create(identity, logBytes));
        storage.force(name);
        return new RegionLog(identity, storage.open(name), logBytes);
    }

    /** @throws DamagedException if what was durable cannot be read */
    public Iterable<LogEntry> readLog(LogFormat.Identity identity) throws IOException {
        String name = logName(identity.number());
        byte[] bytes = storage.read(name, logBytes);
        if (bytes == null || bytes.length != logBytes) {
            throw new DamagedException(
                    "its file " + name + " is damaged: it is " + (bytes == null ? "gone" : "cut off"));
        }
        return LogFormat.read(name, identity, bytes);
    }

    public void writeSet(long number, BlockSet set) throws IOException {
        storage.write(setName(number), SetCodec.encode(set));
        storage.force(setName(number));
    }

    /** @throws DamagedException if it is not what was written */
    public BlockSet readSet(long number) throws IOException {
        byte[] bytes = storage.read(setName(number), MAX_SET_BYTES);
        if (bytes == null) {
            throw new DamagedException("its file " + setName(number) + " is gone");
        }
        return SetCodec.decode(setName(number), bytes);
    }

    /** Removes all files but those. */
    public void clean(Set<String> needed) throws IOException {
        for (String name : storage.list()) {
            if (!needed.contains(name)) {
                storage.delete(name);
            }
        }
    }

    public static String logName(long number) {
        return "log-" + number;
    }

    public static String setName(long number) {
        return "set-" + number;
    }
}
