package org.hikae.fs.shared.store.tables;

import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FilePath;
import org.hikae.fs.shared.store.region.ShadowFile;

/**
 * The way by which MVStore, which knows files by their names alone, comes to files in regions. H2 has one table of schemes
 * for the whole process: ours is entered once, and files that are open have numbers in it.
 */
final class ShadowPath extends FilePath {

    private static final String SCHEME = "hikae";
    private static final Map<String, ShadowFile> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    static {
        FilePath.register(new ShadowPath(""));
    }

    private ShadowPath(String path) {
        this.name = path;
    }

    /** Gives a file a name, until {@link #leave}. */
    static String enter(ShadowFile file) {
        String path = SCHEME + ":" + NUMBERS.incrementAndGet();
        OPEN.put(path, file);
        return path;
    }

    static void leave(String path) {
        OPEN.remove(path);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FilePath getPath(String path) {
        return new ShadowPath(path);
    }

    @Override
    public FileChannel open(String mode) {
        return new ShadowChannel(file());
    }

    @Override
    public long size() {
        return file().size();
    }

    @Override
    public boolean exists() {
        return OPEN.containsKey(name);
    }

    @Override
    public boolean canWrite() {
        return exists();
    }

    @Override
    public boolean isRegularFile() {
        return exists();
    }

    @Override
    public boolean isDirectory() {
        return false;
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public FilePath getParent() {
        return null;
    }

    @Override
    public FilePath toRealPath() {
        return this;
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        throw unsupported();
    }

    @Override
    public void moveTo(FilePath to, boolean replace) {
        throw unsupported();
    }

    @Override
    public boolean createFile() {
        throw unsupported();
    }

    @Override
    public void delete() {
        throw unsupported();
    }

    @Override
    public void createDirectory() {
        throw unsupported();
    }

    @Override
    public long lastModified() {
        throw unsupported();
    }

    @Override
    public boolean setReadOnly() {
        throw unsupported();
    }

    private ShadowFile file() {
        ShadowFile file = OPEN.get(name);
        if (file == null) {
            throw new IllegalStateException("there is no open file " + name);
        }
        return file;
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("a region holds one file, which is just there");
    }
}
