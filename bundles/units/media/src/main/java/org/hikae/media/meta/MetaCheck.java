package org.hikae.media.meta;

import java.io.IOException;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileType;
import org.hikae.media.format.DamagedException;

/** Reads all meta information, and makes sure that it can be understood. */
final class MetaCheck {

    private final MetaFiles files;

    MetaCheck(MetaPages pages) {
        this.files = new MetaFiles(pages);
    }

    void run() throws IOException {
        ItemCursor at = files.all();
        long blockCount = files.pages().directory().source().blockCount();
        while (at.next()) {
            try {
                switch (at.kind()) {
                    case FILE -> checkFile(at);
                    case ATTRIBUTE -> Bytes.get(at.body());
                    case EXTENTS -> ExtentsCodec.decode(at.body(), blockCount);
                    case MORE, TARGET, DATA -> {
                        // Any bytes will do.
                    }
                }
            } catch (DamagedException e) {
                throw at.damaged(e);
            }
        }
    }

    /** Another name of a file leads to the first one. */
    private void checkFile(ItemCursor at) throws IOException {
        FileAttributes file = at.attributes();
        if (file.inode() != at.ordinal() + 1) {
            FileAttributes first = files.get(file.inode()).attributes();
            if (first.type() != file.type() || file.type() == FileType.DIRECTORY) {
                throw at.damaged(
                        new DamagedException(PathKey.text(at.key()) + " is another file than its first name says"));
            }
        }
    }
}
