package org.hikae.files.relay;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.relay.RelayStatus;
import org.hikae.files.transfer.uplink.UplinkStatus;

/** A center above, as it is worked with. */
record Upstream(Member member, ReceiptLog log, UpstreamOutbox outbox, Link link) implements Closeable {

    RelayStatus.Upstream status(Deliveries deliveries) throws IOException {
        List<RunInfo> waiting = outbox.waiting();
        UplinkStatus status = link.status();
        String problem = status.problem();
        if (problem == null) {
            problem = outbox.problem().orElse(deliveries.problem());
        }
        long bytes = waiting.stream().mapToLong(RunInfo::bytes).sum();
        return new RelayStatus.Upstream(member.address(), status.heard(), waiting.size(), bytes, problem);
    }

    @Override
    public void close() throws IOException {
        link.close();
        log.close();
    }
}
