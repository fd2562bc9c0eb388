package org.hikae.node.nio;

import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hikae.api.fs.FileName;

/**
 * A path of a node's file system, with the rules of Unix: names after slashes, from the root or from the working directory,
 * which is the root too. The empty path is one empty name. As text, each name is as {@link FileName} writes it. Immutable.
 */
final class NodePath implements Path {

    private final NodeFileSystem fileSystem;
    private final boolean absolute;
    private final List<FileName> names;
    /** Made when it is asked for first; any thread makes the same. */
    private String text;

    /** @param names none for the root; one empty name, and not absolute, for the empty path; else none is empty */
    NodePath(NodeFileSystem fileSystem, boolean absolute, List<FileName> names) {
        this.fileSystem = fileSystem;
        this.absolute = absolute;
        this.names = names;
    }

    /**
     * The path as one of ours.
     *
     * @throws ProviderMismatchException if it is not
     */
    static NodePath of(Path path) {
        Objects.requireNonNull(path, "path");
        if (path instanceof NodePath ours) {
            return ours;
        }
        throw new ProviderMismatchException(path + " is a path of " + path.getFileSystem());
    }

    /** A path of the same file system. */
    private NodePath with(boolean absolute, List<FileName> names) {
        return new NodePath(fileSystem, absolute, absolute || !names.isEmpty() ? names : PathNames.EMPTY_PATH);
    }

    List<FileName> names() {
        return names;
    }

    boolean isEmpty() {
        return !absolute && names.equals(PathNames.EMPTY_PATH);
    }

    @Override
    public NodeFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public NodePath getRoot() {
        return absolute ? with(true, List.of()) : null;
    }

    @Override
    public NodePath getFileName() {
        return names.isEmpty() ? null : getName(names.size() - 1);
    }

    @Override
    public NodePath getParent() {
        if (names.isEmpty() || (names.size() == 1 && !absolute)) {
            return null;
        }
        return with(absolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public NodePath getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public NodePath subpath(int begin, int end) {
        if (begin < 0 || begin >= end || end > names.size()) {
            throw new IllegalArgumentException("no names from " + begin + " to " + end + " in " + this);
        }
        return with(false, names.subList(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        NodePath that = ours(other);
        return that != null
                && absolute == that.absolute
                && that.isEmpty() == isEmpty()
                && that.names.size() <= names.size()
                && names.subList(0, that.names.size()).equals(that.names);
    }

    @Override
    public boolean endsWith(Path other) {
        NodePath that = ours(other);
        if (that == null || that.names.size() > names.size()) {
            return false;
        }
        if (that.absolute || that.isEmpty()) {
            return equals(that);
        }
        return names.subList(names.size() - that.names.size(), names.size()).equals(that.names);
    }

    /** Null if it is a path of another file system. */
    private NodePath ours(Path other) {
        return Objects.requireNonNull(other) instanceof NodePath that && that.fileSystem == fileSystem ? that : null;
    }

    @Override
    public NodePath normalize() {
        return with(absolute, PathNames.normalize(absolute, names));
    }

    @Override
    public NodePath resolve(Path other) {
        NodePath that = of(other);
        if (that.absolute || isEmpty()) {
            return that;
        }
        return that.isEmpty() ? this : with(absolute, PathNames.concat(names, that.names));
    }

    @Override
    public NodePath relativize(Path other) {
        NodePath that = of(other);
        if (that.equals(this)) {
            return with(false, List.of());
        }
        if (that.absolute != absolute) {
            throw new IllegalArgumentException("one of " + this + " and " + other
                    + " is absolute, the other is not: nothing leads from here to there");
        }
        return isEmpty() ? that : with(false, PathNames.relativize(this.toString(), absolute, names, that.names));
    }

    @Override
    public URI toUri() {
        return NodeUri.of(fileSystem.authority(), toAbsolutePath().toString());
    }

    @Override
    public NodePath toAbsolutePath() {
        return absolute ? this : fileSystem.root().resolve(this);
    }

    @Override
    public NodePath toRealPath(LinkOption... options) throws IOException {
        return fileSystem.files().realPath(this, Links.follow(options));
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("changes in a shared file system cannot be watched");
    }

    @Override
    public int compareTo(Path other) {
        return Arrays.compareUnsigned(
                PathNames.bytes(absolute, names), PathNames.bytes(of(other).absolute, of(other).names));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodePath that
                && that.fileSystem == fileSystem
                && that.absolute == absolute
                && that.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode() * 2 + (absolute ? 1 : 0);
    }

    @Override
    public String toString() {
        if (text == null) {
            text = PathNames.text(absolute, names);
        }
        return text;
    }
}
