package org.hikae.mediadirectory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hikae.api.media.spi.MediumObject;

/** Lists the files below a folder that are objects, and passes over everything else. */
final class Listing {

    private final Path folder;
    private final List<MediumObject> found = new ArrayList<>();

    Listing(Path folder) {
        this.folder = folder;
    }

    List<MediumObject> list(String prefix) throws IOException {
        walk(folder, prefix, 1);
        found.sort(Comparator.comparing(MediumObject::name));
        return found;
    }

    private void walk(Path at, String prefix, int depth) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(at)) {
            for (Path entry : entries) {
                if (Names.isPart(entry.getFileName().toString())) {
                    visit(entry, prefix, depth);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            if (at.equals(folder)) {
                throw e;
            }
            // Deleted meanwhile, since it became empty.
        }
    }

    private void visit(Path entry, String prefix, int depth) throws IOException {
        String name = Names.of(folder, entry);
        if (!name.startsWith(prefix) && !prefix.startsWith(name + "/")) {
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return; // deleted meanwhile
        }
        if (attributes.isDirectory() && depth < Names.MAX_PARTS) {
            walk(entry, prefix, depth + 1);
        } else if (attributes.isRegularFile() && name.startsWith(prefix)) {
            found.add(new MediumObject(name, attributes.size()));
        }
    }
}
