package org.hikae.block.tracking;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.hikae.api.block.BlockSet;

/**
 * The files of one disk's tracking: {@code state}, and those that it refers to by number, {@code log-N} and
 * {@code set-N}. A file is durable before the state that refers to it, and removed only after one that does not.
 */
final class TrackingFiles {

    static final String STATE = "state";
    /** Where the state goes when it must not be trusted any more: it still names marks. */
    static final String ENDED = "state.ended";

    private static final String NEXT = "state.next";
    private static final int MAX_SET_BYTES = 1 << 30;

    private static final Pattern NUMBERED = Pattern.compile("[a-z]+-[0-9]{1,18}");

    private final Storage storage;
    private final int logBytes;

    /** @param logBytes length of a log, a multiple of a sector */
    TrackingFiles(Storage storage, int logBytes) {
        this.storage = storage;
        this.logBytes = logBytes;
    }

    /** The state; null if there is none. */
    TrackingState readState(String name) throws IOException {
        byte[] bytes = storage.read(name, StateCodec.MAX_BYTES);
        return bytes == null ? null : StateCodec.decode(name, bytes);
    }

    /** Makes the state the one that counts, as one step. */
    void replaceState(TrackingState state) throws IOException {
        storage.write(NEXT, StateCodec.encode(state));
        storage.force(NEXT);
        storage.rename(NEXT, STATE);
        storage.forceFolder();
    }

    /**
     * Makes sure that the state is never trusted again, though there may be no space left to write anything.
     *
     * @throws IOException if that cannot be
     */
    void endState() throws IOException {
        try {
            if (storage.list().contains(STATE)) {
                storage.rename(STATE, ENDED);
            }
        } catch (IOException e) {
            dropState();
        }
        storage.forceFolder();
    }

    private void dropState() throws IOException {
        try {
            storage.delete(STATE);
        } catch (IOException e) {
            storage.write(STATE, new byte[0]);
            storage.force(STATE);
        }
    }

    /** A number that no file bears. */
    long unusedNumber() throws IOException {
        return 1
                + storage.list().stream()
                        .filter(name -> NUMBERED.matcher(name).matches())
                        .mapToLong(name -> Long.parseLong(name.substring(name.indexOf('-') + 1)))
                        .max()
                        .orElse(0);
    }

    RegionLog createLog(LogFormat.Identity identity) throws IOException {
        String name = logName(identity.number());
        storage.write(name, LogFormat.create(identity, logBytes));
        storage.force(name);
        return new RegionLog(identity, storage.open(name), logBytes);
    }

    Iterable<LogEntry> readLog(LogFormat.Identity identity) throws IOException {
        String name = logName(identity.number());
        byte[] bytes = storage.read(name, logBytes);
        if (bytes == null || bytes.length != logBytes) {
            throw new DamagedException(
                    "its file " + name + " is damaged: it is " + (bytes == null ? "gone" : "cut off"));
        }
        return LogFormat.read(name, identity, bytes);
    }

    void writeSet(long number, BlockSet set) throws IOException {
        storage.write(setName(number), SetCodec.encode(set));
        storage.force(setName(number));
    }

    BlockSet readSet(long number) throws IOException {
        byte[] bytes = storage.read(setName(number), MAX_SET_BYTES);
        if (bytes == null) {
            throw new DamagedException("its file " + setName(number) + " is gone");
        }
        return SetCodec.decode(setName(number), bytes);
    }

    /** Removes what the state that counts does not refer to. */
    void clean(TrackingState state) throws IOException {
        Set<String> needed = new HashSet<>(Set.of(STATE));
        needed.add(logName(state.log()));
        needed.add(setName(state.carried()));
        state.sets().forEach(set -> needed.add(setName(set.file())));
        for (String name : storage.list()) {
            if (!needed.contains(name)) {
                storage.delete(name);
            }
        }
    }

    private static String logName(long number) {
        return "log-" + number;
    }

    private static String setName(long number) {
        return "set-" + number;
    }
}
