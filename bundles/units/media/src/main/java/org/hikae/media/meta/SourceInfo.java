package org.hikae.media.meta;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Varint;

/**
 * What is kept of the file system that files are of; the rest of what it says of itself is of no meaning for a part of it.
 *
 * @param outdated as {@link FileSystemInfo#outdated}
 */
record SourceInfo(
        String format,
        String label,
        String id,
        int blockSize,
        long blockCount,
        List<String> features,
        List<String> notes,
        String outdated) {

    private static final int MAX_BLOCK = 65536;

    static SourceInfo of(FileSystemInfo info) {
        return new SourceInfo(
                info.format(),
                info.label(),
                info.id(),
                info.blockSize(),
                info.blockCount(),
                info.features(),
                info.notes(),
                info.outdated());
    }

    void write(OutputStream out) throws IOException {
        write(out, format);
        write(out, label);
        write(out, id);
        Varint.write(out, blockSize);
        Varint.write(out, blockCount);
        write(out, features);
        write(out, notes);
        write(out, outdated == null ? List.of() : List.of(outdated));
    }

    private static void write(OutputStream out, List<String> texts) throws IOException {
        Varint.write(out, texts.size());
        for (String text : texts) {
            write(out, text);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Varint.write(out, bytes.length);
        out.write(bytes);
    }

    /** @throws DamagedException if it makes no sense */
    static SourceInfo read(ByteBuffer src) throws DamagedException {
        String format = Bytes.text(src);
        String label = Bytes.text(src);
        String id = Bytes.text(src);
        long blockSize = Varint.get(src);
        long blockCount = Varint.get(src);
        if (blockSize < 1 || blockSize > MAX_BLOCK || blockCount > Long.MAX_VALUE / blockSize) {
            throw new DamagedException("it is of a file system that there cannot be");
        }
        List<String> features = texts(src);
        List<String> notes = texts(src);
        List<String> outdated = texts(src);
        return new SourceInfo(
                format,
                label,
                id,
                (int) blockSize,
                blockCount,
                features,
                notes,
                outdated.isEmpty() ? null : outdated.get(0));
    }

    private static List<String> texts(ByteBuffer src) throws DamagedException {
        List<String> texts = new ArrayList<>();
        for (long left = Varint.get(src); left > 0; left--) {
            texts.add(Bytes.text(src));
        }
        return texts;
    }

    /** What a view of some of its files says of itself. */
    FileSystemInfo view(String note) {
        List<String> all = new ArrayList<>(notes);
        all.add(note);
        return new FileSystemInfo(format, label, id, blockSize, blockCount, -1, features, "", all, outdated);
    }
}
