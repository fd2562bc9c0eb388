package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.files.client.BackupRowStatus;
import org.hikae.api.files.client.FilesClient;
import org.hikae.api.files.relay.FilesRelay;
import org.hikae.api.files.relay.RelayStatus;
import org.hikae.api.job.Reason;
import org.hikae.shell.call.Services;

/** How backups of files stand, here and of others, as far as all of the platform is looked at. */
final class FilesOverview {

    private final BiConsumer<String, String> problems;

    /** @param problems told of what is wrong: with what, and how */
    private FilesOverview(BiConsumer<String, String> problems) {
        this.problems = problems;
    }

    /** Something that may fail while it is looked at. */
    private interface Look {
        void at() throws IOException;
    }

    /**
     * The backups of this machine's files; none without a client.
     *
     * @param problems told of what is wrong: with what, and how
     */
    static List<BackupRowStatus> of(Services services, BiConsumer<String, String> problems) {
        FilesOverview overview = new FilesOverview(problems);
        services.find(FilesCenter.class).ifPresent(center -> overview.look("center", () -> overview.center(center)));
        services.find(FilesRelay.class).ifPresent(relay -> overview.look("relay", () -> overview.relay(relay)));
        return services.find(FilesClient.class).map(overview::backups).orElse(List.of());
    }

    private void look(String what, Look look) {
        try {
            look.at();
        } catch (IOException e) {
            problems.accept(what, Reason.of(e));
        }
    }

    private void center(FilesCenter center) throws IOException {
        center.status().problems().forEach(problem -> problems.accept("center", problem));
    }

    private void relay(FilesRelay relay) throws IOException {
        for (RelayStatus.Upstream upstream : relay.status().upstreams()) {
            if (upstream.problem() != null) {
                problems.accept("relay to " + upstream.address(), upstream.problem());
            }
        }
    }

    /** What is wrong with a center concerns each backup that it is to have. */
    private List<BackupRowStatus> backups(FilesClient client) {
        try {
            List<BackupRowStatus> backups = client.list();
            for (BackupRowStatus each : backups) {
                if (each.problem() != null) {
                    problems.accept("backup " + each.row().name() + " of files", each.problem());
                }
            }
            return backups;
        } catch (IOException e) {
            problems.accept("backups of files", Reason.of(e));
            return List.of();
        }
    }
}
