package org.hikae.files.transfer.run;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/**
 * What a run consists of: one {@link Start}; files and names that are gone, in any order; one {@link End}, alone in the
 * last frame. A file whose content follows is a {@link FileItem}, its {@link Data} in ascending order, and a
 * {@link FileEnd}, or a {@link FileVoid} if it turned out not to be usable; nothing stands between them. Values are
 * checked when they are packed and unpacked, not when they are made.
 */
public sealed interface RunItem {

    /**
     * The first item.
     *
     * @param id of this making of the run: its frames carry the {@linkplain #mark mark} that follows from it
     * @param backup name of the row
     * @param number of the run, from 1 on
     * @param base number of the run that it builds upon, below {@code number}; 0: none, it is full
     * @param taken when it was begun, by the client's clock
     */
    record Start(UUID id, String backup, long number, long base, Instant taken) implements RunItem {
        /** Of the frames of the run. */
        public int mark() {
            return (int) id.getLeastSignificantBits();
        }
    }

    /**
     * A file as it is from this run on.
     *
     * @param path absolute, of the client: components without {@code .}, {@code ..} and NUL; {@code /} itself is a folder
     * @param mode permissions and the bits set-user-ID, set-group-ID and sticky: 0 to 07777
     * @param uid of the owner, 0 to 2^32-1
     * @param gid of the group, 0 to 2^32-1
     * @param owner name of the owner; null: not known
     * @param group name of the group; null: not known
     * @param times of it
     * @param size bytes of the content, not negative; 0 of what is no regular file
     * @param target of a symbolic link, not empty; null: of anything else
     * @param device major number times 2^32 plus minor number; 0 of what is no device
     * @param attributes extended ones, by name
     * @param link the same for all names of one file, in all runs of the backup; 0: it has this name alone
     * @param content where it is
     */
    record FileItem(
            FileName path,
            FileType type,
            int mode,
            long uid,
            long gid,
            String owner,
            String group,
            Times times,
            long size,
            FileName target,
            long device,
            List<Attribute> attributes,
            long link,
            Content content)
            implements RunItem {
        public FileItem {
            attributes = List.copyOf(attributes);
        }
    }

    /**
     * Times of a file, to the nanosecond.
     *
     * @param modified last change of the content
     * @param changed last change of the attributes
     * @param accessed null: not known
     * @param created null: not known
     */
    record Times(Instant modified, Instant changed, Instant accessed, Instant created) {
        public Times {
            Objects.requireNonNull(modified);
            Objects.requireNonNull(changed);
        }
    }

    /** An extended attribute. Nobody changes the bytes. */
    record Attribute(FileName name, byte[] value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Attribute that && name.equals(that.name) && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.hashCode(value);
        }
    }

    /** Where the content of a file is. */
    sealed interface Content {}

    /** It follows in this run. Only of regular files. */
    record Follows() implements Content {}

    /** There is none. Of everything but regular files. */
    record Nothing() implements Content {}

    /**
     * It is that of a file which the same origin has sent in the same backup (R22), and which was not void. Of regular files.
     *
     * @param run its number: this run itself for a further name of a file that stands before in it, else one before;
     *     never one before in a run that is full
     * @param path under which it came there
     */
    record Same(long run, FileName path) implements Content {}

    /**
     * A piece of the content of the file before. What no piece covers is a hole, zeros.
     *
     * @param offset in the file, not before the end of the piece before
     * @param bytes at least one; up to {@code size} of the file. Of a reader: valid as long as the frame, not to be changed
     */
    record Data(long offset, ByteBuffer bytes) implements RunItem {}

    /**
     * The file whose content followed is whole.
     *
     * @param sha256 of the content as {@link ContentHash} tells, 32 bytes
     * @param doubt why it may not be what was on disk at one instant, in a sentence; null: no doubt
     */
    record FileEnd(byte[] sha256, String doubt) implements RunItem {
        @Override
        public boolean equals(Object other) {
            return other instanceof FileEnd that
                    && Arrays.equals(sha256, that.sha256)
                    && Objects.equals(doubt, that.doubt);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sha256);
        }

        @Override
        public String toString() {
            return "FileEnd[" + HexFormat.of().formatHex(sha256) + ", " + doubt + "]";
        }
    }

    /** What was said of the file before does not hold, as if it had not been there: it changed while it was copied, say. It may come again. */
    record FileVoid() implements RunItem {}

    /**
     * A file is there no more from this run on. Of a folder that is gone, each name is an item of its own.
     *
     * @param path as in {@link FileItem}
     */
    record Gone(FileName path) implements RunItem {}

    /**
     * The last item.
     *
     * @param files number of {@link FileItem}s, less those that are void
     * @param gone number of {@link Gone}
     * @param bytes of all {@link Data}
     * @param digest of all frames before, see {@link RunDigest}
     */
    record End(long files, long gone, long bytes, byte[] digest) implements RunItem {
        @Override
        public boolean equals(Object other) {
            return other instanceof End that
                    && files == that.files
                    && gone == that.gone
                    && bytes == that.bytes
                    && Arrays.equals(digest, that.digest);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(digest);
        }
    }
}
