package org.hikae.files.client.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.client.select.Facts;
import org.hikae.files.transfer.run.ItemCodec;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.io.MachineFiles;
import org.hikae.io.UnixFiles;

/** Makes items of files. Not thread-safe. */
final class Items {

    private static final RunItem.Content NOTHING = new RunItem.Nothing();

    private final MachineFiles files = new MachineFiles();
    private final Owners owners = new Owners();

    /**
     * The item of a file as it is now.
     *
     * @param content null: none
     * @throws SourceException if it cannot be read, or has what no run can have
     */
    RunItem.FileItem item(byte[] path, Path place, Facts facts, RunItem.Content content) throws SourceException {
        return SourceException.of(() -> {
            RunItem.FileItem item = new RunItem.FileItem(
                    FileName.of(path),
                    facts.type(),
                    facts.mode(),
                    facts.uid(),
                    facts.gid(),
                    owners.user(place, facts),
                    owners.group(place, facts),
                    new RunItem.Times(facts.modified(), facts.changed(), facts.accessed(), null),
                    facts.isRegular() ? facts.size() : 0,
                    facts.type() == FileType.SYMLINK ? FileName.of(files.target(place)) : null,
                    (long) facts.major() << 32 | facts.minor() & 0xffffffffL,
                    attributes(place),
                    link(facts),
                    content == null ? NOTHING : content);
            ItemCodec.pack(item);
            return item;
        });
    }

    private static List<RunItem.Attribute> attributes(Path place) throws IOException {
        List<RunItem.Attribute> attributes = new ArrayList<>();
        for (ExtendedAttribute attribute : UnixFiles.extendedAttributes(place)) {
            attributes.add(new RunItem.Attribute(attribute.name(), attribute.value()));
        }
        return attributes;
    }

    /** The same for all names of a file, and by chance alone for another one. */
    private static long link(Facts facts) {
        if (!facts.isRegular() || facts.links() < 2) {
            return 0;
        }
        long mixed = facts.inode() * 0x9E3779B97F4A7C15L + facts.device();
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        long link = (mixed ^ mixed >>> 31) & Long.MAX_VALUE;
        return link == 0 ? 1 : link;
    }

    static RunItem.FileItem with(RunItem.FileItem item, RunItem.Content content) {
        return new RunItem.FileItem(
                item.path(),
                item.type(),
                item.mode(),
                item.uid(),
                item.gid(),
                item.owner(),
                item.group(),
                item.times(),
                item.size(),
                item.target(),
                item.device(),
                item.attributes(),
                item.link(),
                content);
    }

    /** Tells whether anything that is given back with a file has changed, beside its content. */
    static long digest(RunItem.FileItem item) throws IOException {
        RunItem.FileItem lasting = new RunItem.FileItem(
                item.path(),
                item.type(),
                item.mode(),
                item.uid(),
                item.gid(),
                item.owner(),
                item.group(),
                new RunItem.Times(item.times().modified(), Instant.EPOCH, null, null),
                item.size(),
                item.target(),
                item.device(),
                item.attributes(),
                item.link(),
                item.type() == FileType.REGULAR ? new RunItem.Follows() : NOTHING);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ItemCodec.pack(lasting));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
