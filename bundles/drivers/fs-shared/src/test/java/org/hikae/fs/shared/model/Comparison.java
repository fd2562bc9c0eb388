package org.hikae.fs.shared.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.SharedFileSystem;

/** Compares a file system with its model. */
public final class Comparison {

    private final Model model;
    private final Real real;
    private final SharedFileSystem fileSystem;

    public Comparison(Model model, Real real) {
        this.model = model;
        this.real = real;
        this.fileSystem = real.fileSystem();
    }

    public void check() throws IOException {
        assertThat(fileSystem.check().findings()).isEmpty();
        for (long inode : model.files.keySet()) {
            check(inode, model.files.get(inode));
        }
        assertThat(fileSystem.space().files()).isEqualTo(model.files.size());
        assertThat(fileSystem.space().free()).isEqualTo(model.free());
    }

    private void check(long inode, ModelFile file) throws IOException {
        FileAttributes attributes = fileSystem.attributes(inode);
        assertThat(attributes.type()).isEqualTo(file.type);
        assertThat(attributes.mode()).isEqualTo(file.mode);
        assertThat(extended(inode)).isEqualTo(file.attributes);
        if (file.isDirectory()) {
            checkDirectory(inode, file, attributes);
        } else {
            assertThat(attributes.links()).isEqualTo(file.names);
            assertThat(attributes.size()).isEqualTo(file.size);
        }
        if (file.type == FileType.REGULAR) {
            assertThat(content(inode)).as("content of %d", inode).isEqualTo(file.content);
        }
    }

    private void checkDirectory(long inode, ModelFile file, FileAttributes attributes) throws IOException {
        TreeMap<FileName, Long> listed = new TreeMap<>();
        for (DirectoryEntry entry : fileSystem.list(inode, 0).entries()) {
            assertThat(listed.put(entry.name(), entry.inode())).isNull();
        }
        assertThat(listed).isEqualTo(file.entries);
        long subdirectories = file.entries.values().stream()
                .filter(each -> model.files.get(each).isDirectory())
                .count();
        assertThat(attributes.links()).isEqualTo(file.names == 0 ? 0 : 2 + subdirectories);
        if (file.names > 0) {
            assertThat(fileSystem.parent(inode)).isEqualTo(file.parent);
        }
        for (FileName name : file.entries.keySet()) {
            SharedFileSystem.Lookup found = fileSystem.lookup(inode, List.of(name));
            assertThat(found.attributes().inode()).isEqualTo(file.entries.get(name));
            assertThat(found.directory()).isEqualTo(inode);
        }
    }

    private TreeMap<FileName, String> extended(long inode) throws IOException {
        TreeMap<FileName, String> all = new TreeMap<>();
        for (ExtendedAttribute each : fileSystem.extendedAttributes(inode)) {
            all.put(each.name(), Arrays.toString(each.value()));
        }
        return all;
    }

    private TreeMap<Long, Integer> content(long inode) throws IOException {
        TreeMap<Long, Integer> content = new TreeMap<>();
        for (FileExtent extent : real.all(inode)) {
            for (long i = 0; i < extent.count(); i++) {
                content.put(extent.logical() + i, real.disk().get(extent.physical() + i));
            }
        }
        return content;
    }

    /** What the disk holds is read into the model, where a block was overwritten in place after the model's moment. */
    public void takeOverwritten(Overwritten overwritten) throws IOException {
        for (long inode : model.files.keySet()) {
            ModelFile file = model.files.get(inode);
            if (file.type == FileType.REGULAR) {
                content(inode).forEach((block, found) -> {
                    if (overwritten.isLater(inode, block, file.content.get(block), found)) {
                        file.content.put(block, found);
                    }
                });
            }
        }
    }

    /** Knows what was written to which block of which file. */
    @FunctionalInterface
    public interface Overwritten {
        boolean isLater(long inode, long block, Integer then, Integer found);
    }
}
