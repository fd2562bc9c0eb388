package org.hikae.shell.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import org.hikae.api.fs.FileName;
import org.hikae.api.node.NativeFiles;

/** A file system that is all Java's. Names that are not text appear as {@link FileName} writes them. */
final class AnySide implements Side {

    private static final int OWNER_ONLY = 0600;

    @Override
    public byte[] name(Path file) {
        return FileName.parse(file.getFileName().toString()).bytes();
    }

    @Override
    public Path child(Path folder, byte[] name) {
        return folder.resolve(FileName.of(name).toString());
    }

    @Override
    public byte[] target(Path symlink) throws IOException {
        FileName target = symlink.getFileSystem() instanceof NativeFiles files
                ? files.symlinkTarget(symlink)
                : FileName.parse(Files.readSymbolicLink(symlink).toString());
        return target.bytes();
    }

    @Override
    public void createSymlink(Path place, byte[] target) throws IOException {
        FileName exact = FileName.of(target);
        if (place.getFileSystem() instanceof NativeFiles files) {
            files.createSymlink(place, exact);
        } else {
            Files.createSymbolicLink(place, place.getFileSystem().getPath(exact.toString()));
        }
    }

    @Override
    public void createSpecial(Path place, FileFacts like) throws IOException {
        if (!(place.getFileSystem() instanceof NativeFiles files)) {
            throw new UnsupportedOperationException("no special files");
        }
        files.createSpecial(place, like.type(), OWNER_ONLY, like.major(), like.minor());
    }

    @Override
    public void setTimes(Path place, FileFacts like) throws IOException {
        Files.getFileAttributeView(place, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(like.modified()), FileTime.from(like.accessed()), null);
    }
}
