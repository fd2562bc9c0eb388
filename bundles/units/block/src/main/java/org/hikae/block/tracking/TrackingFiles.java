package org.hikae.block.tracking;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.hikae.api.block.BlockSet;

/**
 * The files of one disk's tracking: {@code state}, and those that it refers to by number, {@code log-N} and
 * {@code set-N}. A file is durable before the state that refers to it, and removed only after one that does not.
 */
final class TrackingFiles {

    static final String STATE = "state";
    /** Where the state goes when it must not be trusted any more: it still names marks. */
    static final String ENDED = "state.ended";

    private final Storage storage;
    private final NumberedFiles numbered;

    /** @param logBytes length of a log, a multiple of a sector */
    TrackingFiles(Storage storage, int logBytes) {
        this.storage = storage;
        this.numbered = new NumberedFiles(storage, logBytes);
    }

    /** The state; null if there is none. */
    TrackingState readState(String name) throws IOException {
        byte[] bytes = storage.read(name, StateCodec.MAX_BYTES);
        return bytes == null ? null : StateCodec.decode(name, bytes);
    }

    /** Makes the state the one that counts, as one step. */
    void replaceState(TrackingState state) throws IOException {
        numbered.replace(STATE, StateCodec.encode(state));
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
        return numbered.unusedNumber();
    }

    RegionLog createLog(LogFormat.Identity identity) throws IOException {
        return numbered.createLog(identity);
    }

    Iterable<LogEntry> readLog(LogFormat.Identity identity) throws IOException {
        return numbered.readLog(identity);
    }

    void writeSet(long number, BlockSet set) throws IOException {
        numbered.writeSet(number, set);
    }

    BlockSet readSet(long number) throws IOException {
        return numbered.readSet(number);
    }

    /** Removes what the state that counts does not refer to. */
    void clean(TrackingState state) throws IOException {
        Set<String> needed = new HashSet<>(Set.of(STATE));
        needed.add(NumberedFiles.logName(state.log()));
        needed.add(NumberedFiles.setName(state.carried()));
        state.sets().forEach(set -> needed.add(NumberedFiles.setName(set.file())));
        numbered.clean(needed);
    }
}
