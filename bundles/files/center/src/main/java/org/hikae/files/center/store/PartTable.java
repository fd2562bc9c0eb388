package org.hikae.files.center.store;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.center.table.NewEntry;
import org.hikae.files.center.table.NewEntry.Elsewhere;
import org.hikae.files.center.table.NewEntry.None;
import org.hikae.files.center.table.NewEntry.Other;
import org.hikae.files.center.table.NewEntry.Own;
import org.hikae.files.center.table.NewEntry.Source;
import org.hikae.files.transfer.run.FrameHeader;
import org.hikae.files.transfer.run.RunState;

/**
 * What is in the frames of a part, so that nobody has to read them to know. See docs/formats/file-part.md.
 *
 * @param lengths of the frames with their headers
 * @param state of the reading behind the last frame, without what is not needed to go on
 * @param openFrame number of the frame in which the file begins whose content goes on behind the part; -1: none does
 * @param openItem which of that frame's items it is
 * @param entries what is said of paths, as far as it ends in this part
 */
record PartTable(int[] lengths, RunState state, long openFrame, int openItem, List<NewEntry> entries) {

    private static final int LEVEL = 3;
    private static final FileType[] TYPES = FileType.values();

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(lengths.length);
        for (int length : lengths) {
            out.writeInt(length);
        }
        byte[] encoded = state.encode();
        out.writeInt(encoded.length);
        out.write(encoded);
        out.writeLong(openFrame);
        out.writeInt(openItem);
        out.writeInt(entries.size());
        for (NewEntry entry : entries) {
            write(entry, out);
        }
        return bytes.toByteArray();
    }

    static byte[] compress(byte[] raw) {
        return Zstd.compress(raw, LEVEL);
    }

    private static void write(NewEntry entry, DataOutputStream out) throws IOException {
        out.writeByte(entry.gone() ? 0 : 1);
        out.writeLong(entry.frame());
        out.writeInt(entry.item());
        writeBytes(entry.path().bytes(), out);
        if (entry.gone()) {
            return;
        }
        out.writeLong(entry.last());
        out.writeByte(entry.type().ordinal());
        out.writeLong(entry.size());
        out.writeLong(entry.modified().getEpochSecond());
        out.writeInt(entry.modified().getNano());
        writeBytes(entry.sha256(), out);
        writeBytes(entry.doubt() == null ? null : entry.doubt().getBytes(StandardCharsets.UTF_8), out);
        write(entry.content(), out);
    }

    private static void write(Source content, DataOutputStream out) throws IOException {
        if (content instanceof None) {
            out.writeByte(0);
        } else if (content instanceof Own) {
            out.writeByte(1);
        } else if (content instanceof Other other) {
            out.writeByte(2);
            out.writeLong(other.number());
            out.writeLong(other.frame());
            out.writeInt(other.item());
            out.writeLong(other.last());
        } else {
            out.writeByte(3);
        }
    }

    /** Empty stands for null. */
    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeShort(bytes == null ? 0 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    static byte[] decompress(byte[] stored, int raw) throws DamagedPartException {
        byte[] bytes = new byte[raw];
        long length = Zstd.decompressByteArray(bytes, 0, raw, stored, 0, stored.length);
        if (Zstd.isError(length) || length != raw) {
            throw new DamagedPartException("its table cannot be decompressed");
        }
        return bytes;
    }

    static PartTable decode(byte[] raw) throws DamagedPartException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(raw))) {
            int frames = count(in, Integer.BYTES);
            int[] lengths = new int[frames];
            for (int i = 0; i < frames; i++) {
                lengths[i] = in.readInt();
                require(lengths[i] > FrameHeader.LENGTH && lengths[i] <= FrameHeader.MAX_FRAME);
            }
            byte[] encoded = new byte[count(in, 1)];
            in.readFully(encoded);
            RunState state = RunState.decode(encoded);
            long openFrame = in.readLong();
            int openItem = in.readInt();
            require(openItem >= 0 && (openFrame >= 0) == (state.open() != null));
            int count = count(in, 1);
            List<NewEntry> entries = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                entries.add(read(in));
            }
            require(in.available() == 0);
            return new PartTable(lengths, state, openFrame, openItem, entries);
        } catch (DamagedPartException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DamagedPartException("its table makes no sense", e);
        }
    }

    /** A number of things of so many bytes at least, which are there. */
    private static int count(DataInputStream in, int bytes) throws IOException {
        int count = in.readInt();
        require(count >= 0 && count <= in.available() / bytes);
        return count;
    }

    private static NewEntry read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        require(kind <= 1);
        long frame = in.readLong();
        int item = in.readInt();
        require(frame >= 0 && frame <= Integer.MAX_VALUE && item >= 0);
        byte[] path = readBytes(in);
        require(path != null && path[0] == '/');
        if (kind == 0) {
            return NewEntry.gone(frame, item, FileName.of(path));
        }
        long last = in.readLong();
        require(last >= frame && last <= Integer.MAX_VALUE);
        FileType type = TYPES[in.readUnsignedByte()];
        long size = in.readLong();
        Instant modified = Instant.ofEpochSecond(in.readLong(), in.readInt());
        byte[] sha256 = readBytes(in);
        byte[] doubt = readBytes(in);
        String text = doubt == null ? null : new String(doubt, StandardCharsets.UTF_8);
        return new NewEntry(
                false, frame, item, last, FileName.of(path), type, size, modified, sha256, text, readSource(in));
    }

    private static Source readSource(DataInputStream in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case 0 -> new None();
            case 1 -> new Own();
            case 2 -> new Other(in.readLong(), in.readLong(), in.readInt(), in.readLong());
            case 3 -> new Elsewhere();
            default -> throw new DamagedPartException("its table makes no sense");
        };
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        if (length == 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static void require(boolean right) throws DamagedPartException {
        if (!right) {
            throw new DamagedPartException("its table makes no sense");
        }
    }
}
