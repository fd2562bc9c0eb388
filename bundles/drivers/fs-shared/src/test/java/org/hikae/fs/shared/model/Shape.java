package org.hikae.fs.shared.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.TreeMap;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.SharedFileSystem;

/** All of a file system but what is in its blocks, as text by path, to be compared. */
record Shape(TreeMap<String, String> files) {

    static Shape of(SharedFileSystem fileSystem) throws IOException {
        Shape shape = new Shape(new TreeMap<>());
        shape.add(fileSystem, "", fileSystem.root());
        return shape;
    }

    private void add(SharedFileSystem fileSystem, String path, long inode) throws IOException {
        FileAttributes attributes = fileSystem.attributes(inode);
        TreeMap<String, String> extended = new TreeMap<>();
        for (ExtendedAttribute each : fileSystem.extendedAttributes(inode)) {
            extended.put(each.name().toString(), Arrays.toString(each.value()));
        }
        StringBuilder blocks = new StringBuilder();
        if (attributes.type() == FileType.REGULAR) {
            for (FileExtent extent : fileSystem.extents(inode, 0)) {
                for (long block = extent.logical(); block < extent.end(); block++) {
                    blocks.append(block).append(' ');
                }
            }
        }
        boolean directory = attributes.type() == FileType.DIRECTORY;
        files.put(
                path,
                inode + " " + attributes.type() + " " + attributes.mode() + " " + (directory ? 0 : attributes.size())
                        + " " + (directory ? 0 : attributes.links()) + " " + extended + " " + blocks);
        if (directory) {
            for (DirectoryEntry entry : fileSystem.list(inode, 0).entries()) {
                add(fileSystem, path + "/" + entry.name(), entry.inode());
            }
        }
    }

    static Shape of(Model model) {
        Shape shape = new Shape(new TreeMap<>());
        shape.add(model, "", 1);
        return shape;
    }

    private void add(Model model, String path, long inode) {
        ModelFile file = model.files.get(inode);
        TreeMap<String, String> extended = new TreeMap<>();
        file.attributes.forEach((name, value) -> extended.put(name.toString(), value));
        StringBuilder blocks = new StringBuilder();
        file.content.keySet().forEach(block -> blocks.append(block).append(' '));
        boolean directory = file.isDirectory();
        files.put(
                path,
                inode + " " + file.type + " " + file.mode + " " + (directory ? 0 : file.size) + " "
                        + (directory ? 0 : file.names) + " " + extended + " " + blocks);
        file.entries.forEach((name, child) -> add(model, path + "/" + name, child));
    }
}
