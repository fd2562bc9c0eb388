package org.hikae.shell.command;

import java.util.HashSet;
import java.util.Set;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.tape.Tapes;
import org.hikae.shell.call.Services;
import org.hikae.shell.call.UnitStatus.Implementation;
import org.hikae.shell.call.UnitStatus.Kind;

/** Which implementations the present configuration uses. */
final class InUse {

    private InUse() {}

    static Set<Implementation> find(Services services) {
        Set<Implementation> used = new HashSet<>();
        services.find(Media.class).ifPresent(media -> {
            for (MediumStatus medium : media.list()) {
                used.add(new Implementation(Kind.MEDIUM_DRIVER, medium.driver()));
            }
        });
        services.find(Disks.class).ifPresent(disks -> {
            for (DiskStatus disk : disks.list()) {
                used.add(new Implementation(Kind.FILE_SYSTEM_FORMAT, disk.driver()));
            }
        });
        services.find(LogManager.class).ifPresent(logs -> {
            add(used, logs.strategy(null));
            services.find(Disks.class).ifPresent(disks -> {
                for (DiskStatus disk : disks.list()) {
                    add(used, logs.strategy(disk.name()));
                }
            });
        });
        services.find(Tapes.class).ifPresent(tapes -> addLibraries(used, tapes));
        return used;
    }

    /** Where it is not known which there are, none is marked: what is wrong is told by {@code status}. */
    private static void addLibraries(Set<Implementation> used, Tapes tapes) {
        TapeOverview.libraries(tapes, problem -> {})
                .forEach(library -> used.add(new Implementation(Kind.TAPE_LIBRARY, library.driver())));
    }

    private static void add(Set<Implementation> used, LogStrategy strategy) {
        used.add(new Implementation(Kind.LOG_GATHERING, strategy.gather()));
        used.add(new Implementation(Kind.LOG_PLACEMENT, strategy.place()));
    }
}
