package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.hikae.api.shared.AttributeChange;

/** The attributes that files have everywhere. */
class BasicView implements BasicFileAttributeView {

    private final NodePath path;
    private final boolean follow;

    BasicView(NodePath path, boolean follow) {
        this.path = path;
        this.follow = follow;
    }

    @Override
    public String name() {
        return "basic";
    }

    @Override
    public FileStatus readAttributes() throws IOException {
        return path.getFileSystem().status(path, follow);
    }

    @Override
    public void setTimes(FileTime modified, FileTime accessed, FileTime created) throws IOException {
        if (modified != null || accessed != null || created != null) {
            change(AttributeChange.times(instant(modified), instant(accessed), instant(created)));
        }
    }

    private static Instant instant(FileTime time) {
        return time == null ? null : time.toInstant();
    }

    final void change(AttributeChange change) throws IOException {
        path.getFileSystem().files().change(path, follow, change);
    }
}
