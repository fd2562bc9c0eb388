package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.log.LogManager;
import org.hikae.shell.call.Services;

/** The log strategies that were chosen, as far as other commands concern them. */
final class ChosenLogs {

    private ChosenLogs() {}

    /** A disk that is gone takes what was chosen for it along: another one of its name is not meant. */
    static void forget(Services services, String disk) throws IOException {
        LogManager logs = services.find(LogManager.class).orElse(null);
        if (logs != null && logs.hasStrategy(disk)) {
            logs.setStrategy(disk, null);
        }
    }

    /** The disks whose chosen strategy names the medium, and the default one. */
    static List<String> users(Services services, String medium) {
        List<String> users = new ArrayList<>();
        LogManager logs = services.find(LogManager.class).orElse(null);
        if (logs == null) {
            return users;
        }
        if (medium.equals(logs.strategy(null).logMedium())) {
            users.add("all disks by default");
        }
        for (DiskStatus disk : services.find(Disks.class).map(Disks::list).orElse(List.of())) {
            if (logs.hasStrategy(disk.name())
                    && medium.equals(logs.strategy(disk.name()).logMedium())) {
                users.add("disk " + disk.name());
            }
        }
        return users;
    }
}
