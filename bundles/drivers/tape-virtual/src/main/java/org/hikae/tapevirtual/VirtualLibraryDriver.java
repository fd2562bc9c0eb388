package org.hikae.tapevirtual;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.hikae.io.FolderLocation;
import org.osgi.service.component.annotations.Component;

/**
 * Libraries that are folders, whose cartridges are files in the format of SIMH. The location is the folder's absolute path.
 * Thread-safe.
 */
@Component(property = TapeLibraryDriver.NAME + "=virtual")
public final class VirtualLibraryDriver implements TapeLibraryDriver {

    @Override
    public void prepare(String location, Map<String, String> options) throws IOException {
        Options wanted = new Options(options);
        Path folder = FolderLocation.parse(location);
        wanted.settings(Barcodes.prefix(folder)); // before anything is made
        new Preparation(FolderLocation.made(folder), wanted).run();
    }

    @Override
    public VirtualLibrary open(String location) throws IOException {
        Path folder = FolderLocation.real(FolderLocation.parse(location));
        Settings settings = new SettingsFile(folder).read(Barcodes.prefix(folder));
        if (settings == null) {
            throw new IOException(folder + " is no library: there is no " + SettingsFile.NAME);
        }
        return new VirtualLibrary(folder, settings, settings.passing());
    }
}
