package org.hikae.fsext.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.FileSystemReader;

/** A copy of an image with its metadata blocks alone: all else is zeros. */
public final class Sparse {

    private Sparse() {}

    public static Path copy(Path image, FileSystemReader reader, Path copy) throws IOException {
        int blockSize = reader.info().blockSize();
        Files.deleteIfExists(copy);
        try (FileChannel in = FileChannel.open(image);
                FileChannel out = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (BlockRun run : reader.metadata()) {
                long at = run.first() * blockSize;
                long bytes = Math.min(run.count() * blockSize, in.size() - at);
                out.position(at);
                assertThat(in.transferTo(at, bytes, out)).isEqualTo(bytes);
            }
            if (out.size() < in.size()) {
                out.write(ByteBuffer.allocate(1), in.size() - 1);
            }
        }
        return copy;
    }

    /** All names with all that is told of the files but for the content; or why that cannot be told. */
    public static Map<String, List<Object>> names(FileSystemReader reader) throws IOException {
        Map<String, List<Object>> names = new TreeMap<>();
        try {
            for (Map.Entry<String, FileAttributes> file : Tree.of(reader).entrySet()) {
                names.put(file.getKey(), told(reader, file.getValue()));
            }
        } catch (FileSystemRefusedException e) {
            names.put("refused", List.of(e.getMessage()));
        }
        return names;
    }

    private static List<Object> told(FileSystemReader reader, FileAttributes file) throws IOException {
        List<Object> told = new ArrayList<>(List.of(file));
        for (ExtendedAttribute each : reader.extendedAttributes(file.inode())) {
            told.add(each.name());
            told.add(ByteBuffer.wrap(each.value()));
        }
        if (file.type() == FileType.SYMLINK) {
            told.add(reader.symlinkTarget(file.inode()));
        } else if (file.type() == FileType.REGULAR) {
            told.addAll(Maps.all(reader, file.inode()));
        }
        return told;
    }

    /** What e2fsck says of an image, and how it ends. */
    public static String verdict(Path image, String options) throws IOException {
        Programs.Outcome outcome = Programs.run("e2fsck", options, image.toString());
        return (outcome.code() + " " + outcome.out()).replace(image.toString(), "IMAGE");
    }

    /** Nothing but content tells the copy from the whole. */
    public static void check(Path image, FileSystemReader reader, FileSystemReader copied, Path copy)
            throws IOException {
        assertThat(names(copied)).isEqualTo(names(reader));
        assertThat(verdict(copy, "-fn")).isEqualTo(verdict(image, "-fn"));
        assertThat(copied.metadata()).isEqualTo(reader.metadata());
    }
}
