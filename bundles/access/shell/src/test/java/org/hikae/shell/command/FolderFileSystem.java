package org.hikae.shell.command;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** The machine's file system as if a folder were its root. */
final class FolderFileSystem extends FileSystem {

    private static final FileSystem MACHINE = FileSystems.getDefault();

    private final Path folder;
    private boolean open = true;

    FolderFileSystem(Path folder) {
        this.folder = folder;
    }

    @Override
    public Path getPath(String first, String... more) {
        String path = MACHINE.getPath(first, more).toString();
        return path.startsWith("/") ? folder.resolve(path.substring(1)) : MACHINE.getPath(path);
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(folder);
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public FileSystemProvider provider() {
        return MACHINE.provider();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return MACHINE.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return MACHINE.supportedFileAttributeViews();
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        return MACHINE.getPathMatcher(pattern);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return MACHINE.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("nobody watches");
    }
}
