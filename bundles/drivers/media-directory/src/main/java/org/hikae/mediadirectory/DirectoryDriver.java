package org.hikae.mediadirectory;

import java.io.IOException;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.io.FolderLocation;
import org.osgi.service.component.annotations.Component;

/** Media that are folders of a file system: every object is a file. The location is the folder's absolute path. */
@Component(property = MediumDriver.NAME + "=directory")
public final class DirectoryDriver implements MediumDriver {

    @Override
    public Medium open(String location) throws IOException {
        return new DirectoryMedium(FolderLocation.made(FolderLocation.parse(location)));
    }
}
