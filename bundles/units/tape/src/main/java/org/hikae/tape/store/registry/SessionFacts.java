package org.hikae.tape.store.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.hikae.tape.format.PackedInput;
import org.hikae.tape.format.PackedOutput;

/**
 * What is known of a session.
 *
 * @param id of it
 * @param own whether this home has run it, as far as is known
 * @param last number of its last table that is known; 0: none is
 * @param volumes ids of the cartridges that it has begun to write to, or that its tables name
 */
public record SessionFacts(UUID id, boolean own, long last, List<UUID> volumes) {

    /** With a cartridge that it may not have been on. */
    SessionFacts on(UUID volume) {
        if (volumes.contains(volume)) {
            return this;
        }
        List<UUID> more = new ArrayList<>(volumes);
        more.add(volume);
        return new SessionFacts(id, own, last, Collections.unmodifiableList(more));
    }

    SessionFacts withTable(long number) {
        return new SessionFacts(id, own, Math.max(last, number), volumes);
    }

    byte[] encode() {
        PackedOutput out = new PackedOutput().putByte(own ? 1 : 0).putLong(last).putInt(volumes.size());
        volumes.forEach(out::putId);
        return out.toBytes();
    }

    static SessionFacts decode(UUID id, byte[] bytes) throws IOException {
        PackedInput in = new PackedInput(bytes);
        boolean own = in.takeByte() != 0;
        long last = in.takeLong();
        List<UUID> volumes = new ArrayList<>();
        for (int left = in.takeCount(16); left > 0; left--) {
            volumes.add(in.takeId());
        }
        return new SessionFacts(id, own, last, Collections.unmodifiableList(volumes));
    }
}
