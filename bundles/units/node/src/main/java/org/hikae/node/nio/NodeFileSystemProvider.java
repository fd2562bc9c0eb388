package org.hikae.node.nio;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.node.volume.NodeVolume;

/**
 * Access to the files of shared disks with the means of the Java platform ({@link org.hikae.api.node.Node#fileSystem}). One
 * for all nodes of the JVM, which see each other's locks through it. Thread-safe.
 *
 * <p>Files belong to whom the platform runs as. Permissions are kept, and not enforced: a node is a computer, and what runs
 * on it here is the system itself.
 */
public final class NodeFileSystemProvider extends FileSystemProvider {

    private final NewFiles newFiles;
    private final Principals principals = Principals.ofSystem();
    private final FileLocks locks = new FileLocks();
    private final List<NodeFileSystem> open = new CopyOnWriteArrayList<>();

    /** A provider whose new files are what the operating system would make them for this process. */
    public NodeFileSystemProvider() {
        this(ProcessOwner.newFiles());
    }

    NodeFileSystemProvider(NewFiles newFiles) {
        this.newFiles = newFiles;
    }

    /**
     * The files of a volume, which is closed with them.
     *
     * @param volume the caller's no more
     */
    public FileSystem open(NodeVolume volume) {
        NodeFileSystem fileSystem = new NodeFileSystem(this, volume, newFiles, principals);
        open.add(fileSystem);
        return fileSystem;
    }

    /** The locks of a node that has ended are nobody's any more. */
    public void releaseLocks(String node) {
        locks.release(lock -> lock.node().equals(node));
    }

    void forget(NodeFileSystem fileSystem) {
        open.remove(fileSystem);
    }

    FileLocks locks() {
        return locks;
    }

    @Override
    public String getScheme() {
        return NodeUri.SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException(
                uri + " cannot be opened by its address: ask the node for the file system of the disk");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        NodeUri.check(uri);
        return open.stream()
                .filter(fileSystem -> fileSystem.authority().equals(uri.getAuthority()))
                .findFirst()
                .orElseThrow(() -> new FileSystemNotFoundException(
                        "the file system of " + uri + " is not open: ask the node for it"));
    }

    @Override
    public Path getPath(URI uri) {
        return getFileSystem(uri).getPath(uri.getPath());
    }

    private static FileTree files(NodePath path) {
        return path.getFileSystem().files();
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        NodePath file = NodePath.of(path);
        int mode = InitialMode.of(Mode.NEW_FILE, attributes);
        return new Opening(files(file), file, OpenOptions.of(options), mode).open();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        NodePath directory = NodePath.of(path);
        long inode = files(directory).directory(directory);
        return directory.getFileSystem().opened().add(new NodeDirectoryStream(directory, inode, filter));
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        FileTree files = files(NodePath.of(path));
        int mode = InitialMode.of(Mode.NEW_DIRECTORY, attributes);
        files.create(NodePath.of(path), directory -> files.newFiles().directory(directory, mode));
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        if (attributes.length > 0) {
            throw new UnsupportedOperationException("a symlink has no attributes of its own to begin with");
        }
        NodePath to = NodePath.of(target);
        FileTree files = files(NodePath.of(link));
        FileName name = FileName.of(PathNames.bytes(to.isAbsolute(), to.names()));
        files.create(NodePath.of(link), directory -> files.newFiles().symlink(directory, name));
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        files(NodePath.of(link)).link(NodePath.of(link), NodePath.of(existing));
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        FileName target = files(NodePath.of(link)).symlinkTarget(NodePath.of(link));
        boolean absolute = target.bytes()[0] == '/';
        return new NodePath(NodePath.of(link).getFileSystem(), absolute, PathNames.split(target));
    }

    @Override
    public void delete(Path path) throws IOException {
        files(NodePath.of(path)).delete(NodePath.of(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        new Copying(NodePath.of(source), NodePath.of(target), CopyOptions.forCopy(options)).copy();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        new Copying(NodePath.of(source), NodePath.of(target), CopyOptions.forMove(options)).move();
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        NodePath ours = NodePath.of(path);
        return ours.equals(other)
                || (other instanceof NodePath that
                        && ours.getFileSystem()
                                .status(ours, true)
                                .fileKey()
                                .equals(that.getFileSystem().status(that, true).fileKey()));
    }

    @Override
    public boolean isHidden(Path path) {
        NodePath name = NodePath.of(path).getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        NodePath file = NodePath.of(path);
        files(file).attributes(file, true);
        return file.getFileSystem().fileStore();
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        FileAttributes file = files(NodePath.of(path)).attributes(NodePath.of(path), true);
        boolean executable = file.type() == FileType.DIRECTORY || (file.mode() & Mode.EXECUTE) != 0;
        if (Arrays.asList(modes).contains(AccessMode.EXECUTE) && !executable) {
            throw new AccessDeniedException(path.toString(), null, "nobody may execute it");
        }
    }

    @Override
    @SuppressWarnings("unchecked") // each class gets an instance of its own
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        NodePath file = NodePath.of(path);
        boolean follow = Links.follow(options);
        if (type == BasicFileAttributeView.class) {
            return (V) new BasicView(file, follow);
        }
        if (type == PosixFileAttributeView.class) {
            return (V) new PosixView(file, follow);
        }
        if (type == FileOwnerAttributeView.class) {
            return (V) new OwnerView(new PosixView(file, follow));
        }
        return type == UserDefinedFileAttributeView.class ? (V) new UserView(file, follow) : null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class && type != PosixFileAttributes.class) {
            throw new UnsupportedOperationException("there are no attributes of " + type);
        }
        NodePath file = NodePath.of(path);
        return type.cast(file.getFileSystem().status(file, Links.follow(options)));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return new NamedAttributes(NodePath.of(path), Links.follow(options)).read(attributes);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        new NamedAttributes(NodePath.of(path), Links.follow(options)).set(attribute, value);
    }
}
