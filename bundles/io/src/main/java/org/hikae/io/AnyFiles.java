package org.hikae.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Set;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.node.NativeFiles;

/** A file system that is all Java's. Names that are not text appear as {@link FileName} writes them. */
public final class AnyFiles implements ExactFiles {

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
    public void createSpecial(Path place, FileType type, int major, int minor) throws IOException {
        if (!(place.getFileSystem() instanceof NativeFiles files)) {
            throw new UnsupportedOperationException("no special files");
        }
        files.createSpecial(place, type, OWNER_ONLY, major, minor);
    }

    @Override
    public void setTimes(Path place, Instant accessed, Instant modified) throws IOException {
        Files.getFileAttributeView(place, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(modified), FileTime.from(accessed), null);
    }

    @Override
    public void setExtendedAttribute(Path place, FileName name, byte[] value) throws IOException {
        if (place.getFileSystem() instanceof NativeFiles files) {
            files.setExtendedAttribute(place, name, value);
            return;
        }
        UserDefinedFileAttributeView view = view(place);
        String text = name.toString();
        if (view == null || !text.startsWith(USER)) {
            throw new IOException("there are no such attributes here");
        }
        view.write(text.substring(USER.length()), ByteBuffer.wrap(value));
    }

    @Override
    public void retainExtendedAttributes(Path place, Set<FileName> wanted) throws IOException {
        if (place.getFileSystem() instanceof NativeFiles files) {
            for (ExtendedAttribute attribute : files.extendedAttributes(place)) {
                if (!wanted.contains(attribute.name())) {
                    files.setExtendedAttribute(place, attribute.name(), null);
                }
            }
        } else {
            ExactFiles.super.retainExtendedAttributes(place, wanted);
        }
    }

    private static UserDefinedFileAttributeView view(Path place) {
        return Files.getFileAttributeView(place, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
