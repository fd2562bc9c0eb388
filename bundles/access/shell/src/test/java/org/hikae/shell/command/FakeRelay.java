package org.hikae.shell.command;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.files.relay.FilesRelay;
import org.hikae.api.files.relay.RelayStatus;

/** A relay that does what it is told in lists. */
final class FakeRelay implements FilesRelay {

    boolean running;
    String medium;
    String address;
    List<String> tokens = List.of();
    final List<RelayStatus.Upstream> upstreams = new ArrayList<>();

    @Override
    public RelayStatus start(String listen, List<URI> addresses, List<String> given, String to) {
        running = true;
        address = listen;
        medium = to;
        tokens = given;
        upstreams.clear();
        addresses.forEach(each -> upstreams.add(new RelayStatus.Upstream(each, Platform.NOON, 3, 2 << 20, null)));
        return status();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public RelayStatus status() {
        return new RelayStatus(running, address, upstreams);
    }
}
