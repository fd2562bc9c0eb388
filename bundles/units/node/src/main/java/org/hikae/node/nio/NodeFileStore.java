package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Set;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.api.shared.SharedFileSystem.Space;
import org.hikae.node.volume.NodeVolume;

/** The disk, and how much room there is on it. */
final class NodeFileStore extends FileStore {

    private static final Set<Class<?>> VIEWS = Set.of(
            BasicFileAttributeView.class,
            FileOwnerAttributeView.class,
            PosixFileAttributeView.class,
            UserDefinedFileAttributeView.class);

    private final NodeVolume volume;
    private final String type;

    NodeFileStore(NodeVolume volume) throws IOException {
        this.volume = volume;
        this.type = volume.ask(files -> files.info().format());
    }

    @Override
    public String name() {
        return volume.disk();
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    private Space space() throws IOException {
        return volume.ask(SharedFileSystem::space);
    }

    @Override
    public long getTotalSpace() throws IOException {
        Space space = space();
        return space.blocks() * space.blockSize();
    }

    /** None if there is no room for the metadata of more, whatever there is for data. */
    @Override
    public long getUsableSpace() throws IOException {
        Space space = space();
        return space.metadataUsed() < space.metadataLimit() ? space.free() * space.blockSize() : 0;
    }

    @Override
    public long getUnallocatedSpace() throws IOException {
        Space space = space();
        return space.free() * space.blockSize();
    }

    @Override
    public long getBlockSize() throws IOException {
        return space().blockSize();
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> view) {
        return VIEWS.contains(view);
    }

    @Override
    public boolean supportsFileAttributeView(String view) {
        return NodeFileSystem.VIEWS.contains(view);
    }

    @Override
    public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> view) {
        return null;
    }

    @Override
    public Object getAttribute(String attribute) throws IOException {
        return switch (attribute) {
            case "totalSpace" -> getTotalSpace();
            case "usableSpace" -> getUsableSpace();
            case "unallocatedSpace" -> getUnallocatedSpace();
            case "blockSize" -> getBlockSize();
            default -> throw new UnsupportedOperationException("a disk has no attribute '" + attribute + "'");
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeFileStore that && that.name().equals(name());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }

    @Override
    public String toString() {
        return name() + " (" + type + ")";
    }
}
