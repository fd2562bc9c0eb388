package org.hikae.media.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;

/** Compares a view of a group's files with what these are. */
public final class FilesCheck {

    private final TestFiles files;
    private final FileSystem view;
    private final Random random;

    private FilesCheck(TestFiles files, FileSystem view, Random random) {
        this.files = files;
        this.view = view;
        this.random = random;
    }

    /** Checks every answer that there is. */
    public static void check(TestFiles files, FileSystem view, Random random) throws IOException {
        new FilesCheck(files, view, random).run();
    }

    /** What there is, as text. */
    public static String tell(FileSystem view) throws IOException {
        StringBuilder text = new StringBuilder(view.info() + "\n");
        view.walk(view.find("/").orElseThrow(), file -> {
            long number = file.attributes().inode();
            text.append(file).append('\n').append(view.extents(number, 0)).append('\n');
            for (ExtendedAttribute attribute : view.extendedAttributes(number)) {
                text.append(attribute.name())
                        .append('=')
                        .append(FileName.of(attribute.value()))
                        .append('\n');
            }
            if (file.attributes().type() == FileType.SYMLINK) {
                text.append(view.symlinkTarget(number)).append('\n');
            } else if (file.attributes().type() == FileType.REGULAR) {
                ByteBuffer content = ByteBuffer.allocate((int) file.attributes().size());
                view.read(number, content, 0);
                text.append(content.flip().hashCode()).append('\n');
            }
            return true;
        });
        return text.toString();
    }

    private void run() throws IOException {
        List<FileEntry> expected = expected();
        List<FileEntry> walked = new ArrayList<>();
        view.walk(view.find("/").orElseThrow(), walked::add);
        assertThat(walked).isEqualTo(expected);
        for (FileEntry file : expected) {
            assertThat(view.find(file.path())).contains(file);
            assertThat(view.find(file.path() + "/no")).isEmpty();
            assertThat(view.attributes(file.attributes().inode())).isEqualTo(file.attributes());
        }
        for (Map.Entry<List<FileName>, Long> path : files.paths.entrySet()) {
            FileEntry file = view.find(TestFiles.text(path.getKey())).orElseThrow();
            checkNode(files.nodes.get(path.getValue()), file.attributes());
        }
        checkBlocks();
        assertThat(view.info().format()).isEqualTo("ext4");
        assertThat(view.info().notes()).hasSize(2).first().isEqualTo("old");
        assertThat(view.metadata().isEmpty()).isTrue();
    }

    /** In the order of a walk, the numbers being those of the first names. */
    private List<FileEntry> expected() {
        List<List<FileName>> paths = new ArrayList<>(files.paths.keySet());
        paths.sort(FilesCheck::compare);
        Map<Long, Long> numbers = new HashMap<>();
        List<FileEntry> expected = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            long inode = files.paths.get(paths.get(i));
            numbers.putIfAbsent(inode, (long) i + 1);
            FileAttributes a = files.nodes.get(inode).attributes;
            expected.add(new FileEntry(TestFiles.text(paths.get(i)), numbered(a, numbers.get(inode))));
        }
        return expected;
    }

    private static int compare(List<FileName> a, List<FileName> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static FileAttributes numbered(FileAttributes a, long number) {
        return new FileAttributes(
                number,
                a.type(),
                a.mode(),
                a.uid(),
                a.gid(),
                a.size(),
                a.links(),
                a.accessed(),
                a.modified(),
                a.changed(),
                a.created(),
                a.deviceMajor(),
                a.deviceMinor(),
                a.flags());
    }

    private void checkNode(TestFiles.Node node, FileAttributes found) throws IOException {
        List<ExtendedAttribute> xattrs = view.extendedAttributes(found.inode());
        assertThat(xattrs).hasSameSizeAs(node.xattrs);
        for (int i = 0; i < xattrs.size(); i++) {
            assertThat(xattrs.get(i).name()).isEqualTo(node.xattrs.get(i).name());
            assertThat(xattrs.get(i).value()).isEqualTo(node.xattrs.get(i).value());
        }
        List<FileExtent> extents = new ArrayList<>();
        long end = 0;
        for (List<FileExtent> next = view.extents(found.inode(), 0);
                !next.isEmpty();
                next = view.extents(found.inode(), end)) {
            extents.addAll(next);
            end = next.get(next.size() - 1).end();
        }
        assertThat(extents).isEqualTo(node.extents);
        if (found.type() == FileType.SYMLINK) {
            assertThat(view.symlinkTarget(found.inode())).isEqualTo(node.target);
        } else if (found.type() == FileType.REGULAR) {
            checkContent(files.content(node), found);
        }
    }

    private void checkContent(byte[] content, FileAttributes file) throws IOException {
        for (int i = 0; i < 4; i++) {
            int offset = i == 0 ? 0 : random.nextInt(content.length + 1);
            int length = i == 0 ? content.length : random.nextInt(content.length - offset + 1);
            ByteBuffer dst = ByteBuffer.allocate(length + 7).position(7);
            view.read(file.inode(), dst, offset);
            assertThat(dst.position(7).slice())
                    .isEqualTo(ByteBuffer.wrap(content, offset, length).slice());
        }
    }

    private void checkBlocks() throws IOException {
        BlockSet.Builder used = new BlockSet.Builder();
        Map<Long, BlockOwner> owners = new HashMap<>();
        for (Map.Entry<List<FileName>, Long> path : files.paths.entrySet()) {
            TestFiles.Node node = files.nodes.get(path.getValue());
            long number = view.find(TestFiles.text(path.getKey()))
                    .orElseThrow()
                    .attributes()
                    .inode();
            for (FileExtent extent : node.extents) {
                for (long i = 0; i < extent.count(); i++) {
                    owners.put(extent.physical() + i, new BlockOwner.Content(number, extent.logical() + i));
                    boolean within = (extent.logical() + i) * files.blockSize < node.attributes.size();
                    if (within && !extent.unwritten()) {
                        used.add(new BlockRun(extent.physical() + i, 1));
                    }
                }
            }
        }
        assertThat(view.used()).isEqualTo(used.build());
        for (int i = 0; i < 10 && files.blockCount() > 0; i++) {
            long block = random.nextLong(files.blockCount());
            assertThat(view.owner(block)).isEqualTo(owners.getOrDefault(block, new BlockOwner.Nobody()));
        }
    }
}
