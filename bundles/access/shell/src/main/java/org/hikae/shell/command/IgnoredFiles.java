package org.hikae.shell.command;

import java.util.List;
import org.hikae.api.config.BrokenFile;
import org.hikae.api.config.ConfigurationFiles;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Services;

/** Configuration files that are broken: what they configure is missing from every listing, which must not go unnoticed. */
final class IgnoredFiles {

    static final String DISKS = "org.hikae.disk";
    static final String MEDIA = "org.hikae.medium";
    static final String NODES = "org.hikae.node";
    static final String GROUPS = "org.hikae.group";
    static final String SCHEDULES = "org.hikae.schedule";
    static final String STRATEGIES = "org.hikae.log.strategy";
    static final String LIBRARIES = "org.hikae.tape.library";

    private IgnoredFiles() {}

    static List<BrokenFile> all(Services services) {
        return services.find(ConfigurationFiles.class)
                .map(ConfigurationFiles::broken)
                .orElse(List.of());
    }

    static String problem(BrokenFile broken) {
        return broken.file() + " is ignored: " + broken.problem() + "; repair or remove it";
    }

    /** Says beside the output which files of that factory PID are missing from a listing. */
    static void note(Call call, String factoryPid) {
        all(call.services()).stream()
                .filter(broken -> broken.isOf(factoryPid))
                .forEach(broken -> call.note(problem(broken)));
    }
}
