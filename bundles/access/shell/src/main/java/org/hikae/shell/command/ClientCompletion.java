package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.files.client.BufferSettings;
import org.hikae.api.files.client.FilesClient;
import org.hikae.api.files.client.Membership;
import org.hikae.shell.call.Services;

/** Names of a client's things, by the labels of parameters. */
final class ClientCompletion {

    private ClientCompletion() {}

    static List<String> names(String label, Services services) throws IOException {
        FilesClient client = services.find(FilesClient.class).orElse(null);
        if (label.equals("WHEN-FULL")) {
            return List.of(BufferSettings.WhenFull.values()).stream()
                    .map(ClientViews::word)
                    .toList();
        } else if (client == null) {
            return List.of();
        }
        return label.equals("CENTER")
                ? client.memberships().stream().map(Membership::name).toList()
                : client.list().stream().map(status -> status.row().name()).toList();
    }
}
