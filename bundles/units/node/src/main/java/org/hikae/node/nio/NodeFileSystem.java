package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.node.NativeFiles;
import org.hikae.node.volume.NodeVolume;

/** The files of a shared disk as a node sees them (22, 28). Thread-safe. */
final class NodeFileSystem extends FileSystem implements NativeFiles {

    static final Set<String> VIEWS = Set.of("basic", "owner", "posix", "unix", "user");

    private final NodeFileSystemProvider provider;
    private final NodeVolume volume;
    private final FileTree files;
    private final Principals principals;
    private final Opened opened = new Opened();

    NodeFileSystem(NodeFileSystemProvider provider, NodeVolume volume, NewFiles newFiles, Principals principals) {
        this.provider = provider;
        this.volume = volume;
        this.files = new FileTree(new Finder(volume), newFiles);
        this.principals = principals;
    }

    String node() {
        return volume.node();
    }

    String disk() {
        return volume.disk();
    }

    String authority() {
        return NodeUri.authority(node(), disk());
    }

    /** @throws java.nio.file.ClosedFileSystemException if it is closed */
    FileTree files() {
        opened.check();
        return files;
    }

    Opened opened() {
        return opened;
    }

    FileStatus status(NodePath path, boolean follow) throws IOException {
        return new FileStatus(disk(), files().attributes(path, follow), principals);
    }

    NodePath root() {
        return new NodePath(this, true, List.of());
    }

    NodePath path(FileName name) {
        return new NodePath(this, false, List.of(name));
    }

    @Override
    public NodeFileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() throws IOException {
        provider.forget(this);
        try {
            opened.close();
        } finally {
            volume.close();
        }
    }

    @Override
    public boolean isOpen() {
        return !opened.isClosed();
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
    public Iterable<Path> getRootDirectories() {
        return List.of(root());
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        try {
            return List.of(fileStore());
        } catch (IOException e) {
            // As the interface has it: a store that cannot be reached is none.
            return List.of();
        }
    }

    FileStore fileStore() throws IOException {
        opened.check();
        return new NodeFileStore(volume);
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return VIEWS;
    }

    @Override
    public NodePath getPath(String first, String... more) {
        StringBuilder text = new StringBuilder(first);
        for (String part : more) {
            if (!part.isEmpty()) {
                text.append(text.isEmpty() ? "" : "/").append(part);
            }
        }
        boolean absolute = text.toString().startsWith("/");
        List<FileName> names = PathNames.parse(text.toString());
        return new NodePath(this, absolute, absolute || !names.isEmpty() ? names : PathNames.EMPTY_PATH);
    }

    @Override
    public void createSpecial(Path path, FileType type, int mode, int major, int minor) throws IOException {
        FileTree tree = files();
        tree.create(NodePath.of(path), directory -> tree.newFiles().special(directory, type, mode, major, minor));
    }

    @Override
    public void createSymlink(Path path, FileName target) throws IOException {
        FileTree tree = files();
        tree.create(NodePath.of(path), directory -> tree.newFiles().symlink(directory, target));
    }

    @Override
    public FileName symlinkTarget(Path path) throws IOException {
        return files().symlinkTarget(NodePath.of(path));
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(Path path) throws IOException {
        return files().extendedAttributes(NodePath.of(path), false);
    }

    @Override
    public void setExtendedAttribute(Path path, FileName name, byte[] value) throws IOException {
        files().setExtendedAttribute(NodePath.of(path), false, name, value);
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        int colon = syntaxAndPattern.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("'" + syntaxAndPattern + "' does not begin with glob: or regex:");
        }
        String input = syntaxAndPattern.substring(colon + 1);
        Pattern pattern =
                switch (syntaxAndPattern.substring(0, colon).toLowerCase(java.util.Locale.ROOT)) {
                    case "glob" -> Glob.pattern(input);
                    case "regex" -> Pattern.compile(input);
                    default ->
                        throw new UnsupportedOperationException(
                                "'" + syntaxAndPattern + "' does not begin with glob: or regex:");
                };
        return path -> pattern.matcher(path.toString()).matches();
    }

    @Override
    public Principals getUserPrincipalLookupService() {
        return principals;
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("changes in a shared file system cannot be watched");
    }

    @Override
    public String toString() {
        return NodeUri.SCHEME + "://" + authority();
    }
}
