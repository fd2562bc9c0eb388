package org.hikae.tape;

import java.io.IOException;
import java.time.InstantSource;
import org.hikae.tape.home.SettingsFile;
import org.hikae.tape.home.TapeHome;
import org.hikae.tape.home.TapeHomeUnit;
import org.hikae.tape.mount.Libraries;
import org.hikae.tape.mount.Limits;
import org.hikae.tape.mount.Mounts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Holds the libraries for all who use their cartridges. */
@Component(service = MountsUnit.class)
public final class MountsUnit {

    private final TapeHome home;
    private final SettingsFile settings;
    private final Libraries libraries;

    @Activate
    public MountsUnit(@Reference TapeHomeUnit unit) throws IOException {
        home = unit.home();
        settings = new SettingsFile(home);
        libraries = new Libraries(
                home, () -> settings.get().patience(), Limits.USUAL, InstantSource.system(), System::nanoTime);
    }

    TapeHome home() {
        return home;
    }

    SettingsFile settings() {
        return settings;
    }

    Libraries libraries() {
        return libraries;
    }

    public Mounts mounts() {
        return libraries.mounts();
    }

    @Deactivate
    void deactivate() {
        libraries.close();
    }
}
