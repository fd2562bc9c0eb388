package org.hikae.files.client.restore;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.RunTable;
import org.hikae.files.client.send.Archive;
import org.hikae.files.client.store.Fields;

/** Versions as bytes, for as long as the centers and runs are known that they are of. */
final class FoundCodec {

    private static final FileType[] TYPES = FileType.values();

    private final List<Archive> centers;
    private final List<BufferedRun> runs;

    FoundCodec(List<Archive> centers, List<BufferedRun> runs) {
        this.centers = List.copyOf(centers);
        this.runs = List.copyOf(runs);
    }

    void write(DataOutput out, Found found) throws IOException {
        if (found instanceof Found.Stored stored) {
            out.writeInt(centers.indexOf(stored.center()));
            write(out, stored.version());
        } else if (found instanceof Found.Buffered buffered) {
            out.writeInt(-1 - runs.indexOf(buffered.in()));
            write(out, buffered.entry());
            out.writeBoolean(buffered.isStoredToo());
            if (buffered.isStoredToo()) {
                write(out, buffered.version());
            }
        }
    }

    Found read(DataInput in) throws IOException {
        int of = in.readInt();
        if (of >= 0) {
            return new Found.Stored(centers.get(of), version(in));
        }
        BufferedRun run = runs.get(-1 - of);
        RunTable.Entry entry = entry(in);
        return in.readBoolean() ? new Found.Buffered(run, entry, version(in)) : Found.Buffered.of(run, entry);
    }

    private static void write(DataOutput out, StoredVersion version) throws IOException {
        Fields.putText(out, version.run().origin());
        Fields.putText(out, version.run().backup());
        out.writeLong(version.run().number());
        Fields.putBytes(out, version.path().bytes());
        out.writeLong(version.until());
        Fields.putTime(out, version.taken());
        out.writeByte(version.type().ordinal());
        out.writeLong(version.size());
        Fields.putTime(out, version.modified());
        Fields.putText(out, version.sha256());
        Fields.putText(out, version.medium());
        Fields.putText(out, version.doubt());
    }

    private static StoredVersion version(DataInput in) throws IOException {
        return new StoredVersion(
                new RunId(Fields.text(in), Fields.text(in), in.readLong()),
                FileName.of(Fields.bytes(in)),
                in.readLong(),
                Fields.time(in),
                TYPES[in.readByte()],
                in.readLong(),
                Fields.time(in),
                Fields.text(in),
                Fields.text(in),
                Fields.text(in));
    }

    private static void write(DataOutput out, RunTable.Entry entry) throws IOException {
        Fields.putBytes(out, entry.path().bytes());
        out.writeLong(entry.frame());
        out.writeByte(entry.type().ordinal());
        out.writeLong(entry.size());
        Fields.putTime(out, entry.modified());
        Fields.putBytes(out, entry.sha256());
        out.writeLong(entry.sameRun());
        Fields.putBytes(out, entry.samePath() == null ? null : entry.samePath().bytes());
        Fields.putText(out, entry.doubt());
    }

    private static RunTable.Entry entry(DataInput in) throws IOException {
        FileName path = FileName.of(Fields.bytes(in));
        long frame = in.readLong();
        FileType type = TYPES[in.readByte()];
        long size = in.readLong();
        var modified = Fields.time(in);
        byte[] sha256 = Fields.bytes(in);
        long sameRun = in.readLong();
        byte[] samePath = Fields.bytes(in);
        return new RunTable.Entry(
                path,
                frame,
                type,
                size,
                modified,
                sha256,
                sameRun,
                samePath == null ? null : FileName.of(samePath),
                Fields.text(in));
    }
}
