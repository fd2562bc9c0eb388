package org.hikae.files.client.buffer;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.hikae.files.client.store.CheckedInput;
import org.hikae.files.client.store.CheckedOutput;
import org.hikae.files.client.store.Fields;
import org.hikae.files.transfer.run.RunItem;

/**
 * What a sealed run is, in the file {@code run} of its folder.
 *
 * @param start its first item
 * @param baseId of the run that it builds upon; null: it builds upon none, or that is not known
 * @param frames number of them
 * @param bytes of its frames as they are sent, about
 * @param size bytes that it takes in the buffer
 * @param files number of files with content or changed attributes
 */
record Manifest(RunItem.Start start, UUID baseId, long frames, long bytes, long size, long files) {

    static final String NAME = "run";

    private static final int MAGIC = 0x484b_4252;

    static Manifest read(Path folder) throws IOException {
        try (DataInputStream in = CheckedInput.open(folder.resolve(NAME), MAGIC)) {
            UUID id = new UUID(in.readLong(), in.readLong());
            String backup = Fields.text(in);
            long number = in.readLong();
            long base = in.readLong();
            Instant taken = Fields.time(in);
            RunItem.Start start = new RunItem.Start(id, backup, number, base, taken);
            long frames = in.readLong();
            long bytes = in.readLong();
            long size = in.readLong();
            long files = in.readLong();
            // Not in what an earlier version has written.
            UUID baseId = in.read() > 0 ? new UUID(in.readLong(), in.readLong()) : null;
            return new Manifest(start, baseId, frames, bytes, size, files);
        }
    }

    void write(Path folder) throws IOException {
        try (CheckedOutput out = CheckedOutput.create(folder.resolve(NAME), MAGIC)) {
            out.writeLong(start.id().getMostSignificantBits());
            out.writeLong(start.id().getLeastSignificantBits());
            Fields.putText(out, start.backup());
            out.writeLong(start.number());
            out.writeLong(start.base());
            Fields.putTime(out, start.taken());
            out.writeLong(frames);
            out.writeLong(bytes);
            out.writeLong(size);
            out.writeLong(files);
            out.writeBoolean(baseId != null);
            if (baseId != null) {
                out.writeLong(baseId.getMostSignificantBits());
                out.writeLong(baseId.getLeastSignificantBits());
            }
            out.finish();
        }
    }
}
