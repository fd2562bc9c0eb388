package org.hikae.tape.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.job.Progress;
import org.hikae.tape.format.Table;
import org.hikae.tape.store.write.ObjectStream;
import org.hikae.tape.store.write.Session;

/** Writes random objects, up to three at the same time, and remembers them. */
final class RandomWriter {

    private final Random random;
    /** All objects that were to be committed. */
    final Map<String, byte[]> objects = new HashMap<>();
    /** Names of those that were. */
    final Set<String> committed = ConcurrentHashMap.newKeySet();

    private final Map<ObjectStream, byte[]> contents = new HashMap<>();
    private int count;

    RandomWriter(Random random) {
        this.random = random;
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** One session. */
    void write(StoreRig rig, int writes) throws IOException {
        try (Session session = rig.store.begin("pool", null, Progress.NONE)) {
            Map<Integer, ObjectStream> open = new HashMap<>();
            for (int i = 0; i < writes; i++) {
                int which = random.nextInt(3);
                if (random.nextInt(4) == 0 && open.containsKey(which)) {
                    commit(session, open.remove(which));
                } else {
                    append(open.computeIfAbsent(which, key -> begin(session)), bytes(random.nextInt(6000)));
                }
            }
            for (ObjectStream stream : open.values()) {
                commit(session, stream);
            }
        }
    }

    private ObjectStream begin(Session session) {
        return session.begin(new ObjectStream.Name(StoreRig.MEDIUM, "medium", "o" + count++));
    }

    private void append(ObjectStream stream, byte[] more) throws IOException {
        byte[] before = contents.getOrDefault(stream, new byte[0]);
        byte[] all = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, all, before.length, more.length);
        contents.put(stream, all);
        stream.write(ByteBuffer.wrap(more));
    }

    private void commit(Session session, ObjectStream stream) throws IOException {
        Table.StoredObject object = stream.finish();
        objects.put(object.name(), contents.get(stream));
        session.commit(new Session.Pending(List.of(object)));
        committed.add(object.name());
    }
}
