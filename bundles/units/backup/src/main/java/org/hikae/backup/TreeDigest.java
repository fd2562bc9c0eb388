package org.hikae.backup;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;

/**
 * Reads a tree as it is walked through, and makes one number of all that it shows: names, attributes, contents. What goes
 * into it in which order is told in {@code docs/formats/drill.md}. Memory does not grow with the tree, but for the numbers of
 * files that have several names.
 */
final class TreeDigest implements FileSystem.Visitor {

    private final FileSystem source;
    private final Progress progress;
    private final ContentReader content;
    private final MessageDigest digest = Digests.sha256();
    private final DataOutputStream out =
            new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    /** Numbers of files whose content was read under another name, as though they were blocks. */
    private final BlockSet.Builder met = new BlockSet.Builder();

    private long files;
    private long bytes;
    /** Where the last piece of the file's content ended. */
    private long contentEnd;

    TreeDigest(FileSystem source, Progress progress) throws IOException {
        this.source = source;
        this.progress = progress;
        this.content = new ContentReader(source, progress);
    }

    /** Number of regular files so far, each under every name. */
    long files() {
        return files;
    }

    /** Bytes of content that were read, holes not counted. */
    long bytes() {
        return bytes;
    }

    /** The number of all that was met; to be called once, at the end. */
    String finish() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public boolean visit(FileEntry file) throws IOException {
        progress.pass();
        text(file.path());
        attributes(file.attributes());
        extendedAttributes(file.attributes().inode());
        if (file.attributes().type() == FileType.SYMLINK) {
            bytes(source.symlinkTarget(file.attributes().inode()).bytes());
        } else if (file.attributes().type() == FileType.REGULAR) {
            files++;
            content(file);
        }
        return true;
    }

    private void attributes(FileAttributes file) throws IOException {
        out.writeLong(file.inode());
        text(file.type().name());
        out.writeInt(file.mode());
        out.writeLong(file.uid());
        out.writeLong(file.gid());
        out.writeLong(file.size());
        out.writeLong(file.links());
        time(file.accessed());
        time(file.modified());
        time(file.changed());
        time(file.created() == null ? Instant.EPOCH : file.created());
        out.writeInt(file.deviceMajor());
        out.writeInt(file.deviceMinor());
        out.writeLong(file.flags());
    }

    private void extendedAttributes(long inode) throws IOException {
        List<ExtendedAttribute> sorted = source.extendedAttributes(inode).stream()
                .sorted(Comparator.comparing(ExtendedAttribute::name))
                .toList();
        out.writeInt(sorted.size());
        for (ExtendedAttribute attribute : sorted) {
            bytes(attribute.name().bytes());
            bytes(attribute.value());
        }
    }

    /** Under its first name: the inode's number says that the others mean the same. */
    private void content(FileEntry file) throws IOException {
        long inode = file.attributes().inode();
        if (met.contains(inode)) {
            progress.advance(file.attributes().size());
            return;
        }
        if (file.attributes().links() > 1) {
            met.add(new BlockRun(inode, 1));
        }
        contentEnd = -1;
        bytes += content.read(file, this::piece);
        out.writeLong(-1);
    }

    /** How content is cut into pieces leaves no trace, but where it has holes does. */
    private void piece(ByteBuffer piece, long offset) throws IOException {
        if (offset != contentEnd) {
            out.writeLong(offset);
        }
        contentEnd = offset + piece.remaining();
        digest.update(piece);
    }

    private void time(Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private void text(String text) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }
}
