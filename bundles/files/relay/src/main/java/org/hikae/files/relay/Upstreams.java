package org.hikae.files.relay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.relay.Received;
import org.hikae.api.files.relay.RelayStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All centers above, each with a way, threads and receipts of its own: one that is away delays nothing for the others. */
final class Upstreams implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Upstreams.class);

    private final List<Upstream> all;
    private final Deliveries deliveries;
    private final Confirmations confirmations;
    private final AutoCloseable listening;

    private Upstreams(List<Upstream> all, Deliveries deliveries, Confirmations confirmations, AutoCloseable listening) {
        this.all = all;
        this.confirmations = confirmations;
        this.deliveries = deliveries;
        this.listening = listening;
    }

    /**
     * @param members at least one
     * @param sending whether runs are handed on: else they answer queries alone
     * @throws IOException if one of them is of no use: nothing is handed on then
     */
    static Upstreams open(
            Path folder,
            List<Member> members,
            Received received,
            Link.Factory links,
            Supplier<List<UUID>> route,
            boolean sending)
            throws IOException {
        List<ReceiptLog> logs = new ArrayList<>();
        List<Upstream> all = new ArrayList<>();
        try {
            for (Member member : members) {
                logs.add(ReceiptLog.open(folder.resolve(member.folder())));
            }
            Deliveries deliveries = new Deliveries(received, logs);
            Confirmations confirmations = new Confirmations(members.size(), System::nanoTime);
            for (int i = 0; i < members.size(); i++) {
                Member member = members.get(i);
                UpstreamOutbox outbox =
                        new UpstreamOutbox(member.name(), deliveries, logs.get(i), asking(confirmations, i));
                Link link = links.open(member, folder.resolve(member.folder()), outbox, route);
                all.add(new Upstream(member, logs.get(i), outbox, link));
            }
            List<Upstream> opened = List.copyOf(all);
            AutoCloseable listening =
                    received.onReceived(() -> opened.forEach(each -> each.link().changed()));
            if (sending) {
                opened.forEach(each -> each.link().start());
            }
            return new Upstreams(opened, deliveries, confirmations, listening);
        } catch (IOException | RuntimeException e) {
            all.forEach(each -> each.link().close());
            for (ReceiptLog log : logs) {
                log.close();
            }
            throw e;
        }
    }

    private static UpstreamOutbox.Asking asking(Confirmations confirmations, int center) {
        return new UpstreamOutbox.Asking() {
            @Override
            public List<RunKey> open() {
                return confirmations.open(center);
            }

            @Override
            public void said(List<Confirmation> said) {
                confirmations.said(center, said);
            }
        };
    }

    /** As {@link org.hikae.api.files.relay.Above#confirm}. */
    List<Confirmation> confirm(String member, List<RunKey> runs, Consumer<List<Confirmation>> more) {
        return confirmations.ask(
                member, runs, more, () -> all.forEach(each -> each.link().changed()));
    }

    List<Upstream> all() {
        return all;
    }

    List<RelayStatus.Upstream> status() throws IOException {
        List<RelayStatus.Upstream> status = new ArrayList<>();
        for (Upstream each : all) {
            status.add(each.status(deliveries));
        }
        return status;
    }

    /** Ends all that goes on: afterwards nothing is deleted on account of it any more. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (Exception e) {
            LOG.warn("the center goes on telling of what it receives", e);
        }
        for (Upstream each : all) {
            try {
                each.close();
            } catch (IOException e) {
                LOG.warn("receipts of {} cannot be closed", each.member().address(), e);
            }
        }
    }
}
