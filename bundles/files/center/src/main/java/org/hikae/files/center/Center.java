package org.hikae.files.center;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.center.CenterStatus;
import org.hikae.api.files.center.ClientInfo;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.files.relay.Above;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.files.center.authority.ListenAddress;
import org.hikae.files.center.authority.Members;
import org.hikae.files.center.authority.ServerKeys;
import org.hikae.files.center.collect.CollectNow;
import org.hikae.files.center.collect.Limits;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.transfer.identity.Certificates;
import org.hikae.files.transfer.identity.Origins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the center's service does: it listens as it is configured, and answers from what is stored also where it does not listen. Thread-safe. */
final class Center implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Center.class);

    private static final String NEVER = "the center was never started; see 'center start'";
    private static final String LISTEN = "127.0.0.1:7443";
    private static final int SHOWN = 5;

    private final RunningCenter.Parts parts;
    private final CenterHome home;
    private final CenterStore store;
    private final CenterSettings settings;
    private final Jobs jobs;
    private final boolean lasting;
    private final Sharer sharer;
    private final Keeper keeper;
    private final CenterLists lists;
    private final Attempts attempts = new Attempts(this::bringUpToDate);

    /** Written under the lock of this; null: nothing listens. */
    private volatile RunningCenter running;

    private boolean closed;

    /** @param lasting whether the platform stays: else nothing ever listens */
    Center(RunningCenter.Parts parts, CenterSettings settings, Jobs jobs, boolean lasting) {
        this.parts = parts;
        this.settings = settings;
        this.jobs = jobs;
        this.lasting = lasting;
        home = parts.home();
        store = parts.store();
        sharer = new Sharer(store, jobs);
        keeper = new Keeper(settings, store, sharer, this::isHandingOn);
        lists = new CenterLists(home, store, settings, lasting, () -> running);
        if (lasting) {
            keeper.start();
        }
    }

    private boolean isHandingOn() {
        return parts.above().get().map(Above::isHandingOn).orElse(false);
    }

    CenterSettings settings() {
        return settings;
    }

    /** A configuration has changed, or something that it needs is there now; or may have. Returns at once. */
    void changed() {
        attempts.soon();
    }

    /** What listened is gone: when there is another one, it goes on with that. */
    synchronized void listenerGone() {
        end();
        changed();
    }

    private synchronized void bringUpToDate() throws IOException {
        if (!lasting || closed) {
            return;
        }
        CenterSettings.State state = settings.state();
        if (!state.running() || state.medium() == null) {
            end();
        } else {
            begin(address(state.listen(), state.names()), state.medium());
        }
    }

    /** Lets it run as said, if it does not; and with the limits that are configured. */
    private void begin(ListenAddress address, String medium) throws IOException {
        Limits limits = settings.limits();
        RunningCenter now = running;
        if (now != null && now.address().equals(address) && now.medium().equals(medium)) {
            now.collector().limit(limits);
        } else {
            end();
            running = new RunningCenter(parts, address, medium, limits);
            LOG.info("the center listens at {}", address);
        }
        attempts.worked();
    }

    private void end() {
        RunningCenter now = running;
        running = null;
        if (now != null) {
            now.close();
        }
    }

    private static ListenAddress address(String listen, List<String> names) throws IOException {
        return ListenAddress.parse(listen == null ? LISTEN : listen).called(names);
    }

    synchronized CenterStatus start(String listen, List<String> names, String medium) throws IOException {
        CenterSettings.State before = settings.state();
        String on = medium != null ? medium : before.medium();
        List<String> called = names != null ? names : before.names();
        ListenAddress address = address(listen != null ? listen : before.listen(), called);
        if (on == null) {
            throw new IOException("say on which medium collected files are put: --to MEDIUM; see 'medium list'");
        }
        try {
            if (lasting) {
                begin(address, on);
            } else {
                prepare(address, on);
            }
        } catch (IOException e) {
            // As it was before, if it did anything.
            changed();
            throw e;
        }
        settings.store(new CenterSettings.State(true, address.toString(), called, on));
        return status();
    }

    private void prepare(ListenAddress address, String medium) throws IOException {
        store.use(medium);
        ServerKeys.make(home.folder(), home.authority(), address, parts.clock().instant());
    }

    synchronized void stop() throws IOException {
        CenterSettings.State before = settings.state();
        if (!before.running()) {
            throw new IOException("the center was not started; see 'center status'");
        }
        settings.store(new CenterSettings.State(false, before.listen(), before.names(), before.medium()));
        end();
        sharer.stop();
    }

    CenterStatus status() throws IOException {
        CenterSettings.State state = settings.state();
        RunningCenter now = running;
        List<String> problems = new ArrayList<>();
        String problem = attempts.problem();
        if (problem != null) {
            problems.add(problem);
        }
        if (state.running() && !lasting) {
            problems.add("nobody serves this home, so it does not listen now; start 'hikae serve'");
        }
        long waiting = lists.waiting(problems);
        problems.addAll(now == null ? store.problems() : now.collector().problems());
        return new CenterStatus(
                now != null,
                state.listen(),
                state.medium(),
                home.isFounded()
                        ? HexFormat.of()
                                .formatHex(Certificates.fingerprint(
                                        home.authority().certificate()))
                        : null,
                home.isFounded() ? home.members().count() : 0,
                waiting,
                now == null ? List.of() : now.collector().transfers(),
                now == null ? 0 : now.collector().bytesPerSecond(),
                store.saved(),
                problems);
    }

    List<UUID> route() throws IOException {
        RunningCenter now = running;
        return now == null ? List.of(home.id()) : now.collector().route();
    }

    String invite(String name, boolean replace) throws IOException {
        if (!home.isFounded()) {
            throw new IOException(NEVER);
        }
        return home.enrolment().invite(name, replace).text();
    }

    void revoke(String name) throws IOException {
        if (!home.isFounded()) {
            throw new IOException(NEVER);
        }
        home.members().revoke(name);
        RunningCenter now = running;
        if (now != null) {
            now.collector().expel(name);
        }
    }

    List<ClientInfo> clients() throws IOException {
        lists.knowFiles();
        RunningCenter now = running;
        Map<String, Instant> heard = now == null ? Map.of() : now.collector().heard();
        Members members = home.isFounded() ? home.members() : null;
        return new Clients(members, store, heard, parts.clock().instant()).list();
    }

    /** @param client null: the center's own */
    void setConditions(String client, Conditions conditions) throws IOException {
        if (client == null) {
            settings.store(new Rule(conditions, settings.center().keep()));
        } else {
            checkOrigin(client);
            settings.store(client, new Rule(conditions, settings.client(client).keep()));
        }
        apply();
    }

    private static void checkOrigin(String client) throws IOException {
        if (!Origins.isOrigin(client)) {
            throw new IOException("'" + client + "' cannot be the name of a client");
        }
    }

    /** At once: whoever asked may count on it. */
    private void apply() throws IOException {
        RunningCenter now = running;
        if (now != null) {
            now.collector().limit(settings.limits());
        }
    }

    /** @param client null: those without a rule of their own */
    void setRetention(String client, Retention keep) throws IOException {
        if (keep != null && isHandingOn()) {
            throw new IOException(
                    "this center is a relay: what it has goes when every center above has it, and not before; say there"
                            + " how long it is kept");
        }
        if (client == null) {
            settings.store(new Rule(settings.center().conditions(), keep));
        } else {
            checkOrigin(client);
            settings.store(client, new Rule(settings.client(client).conditions(), keep));
        }
        if (lasting) {
            keeper.soon();
        }
    }

    CenterLists lists() {
        return lists;
    }

    Job collectNow() throws IOException {
        RunningCenter now = running;
        if (now == null) {
            throw new IOException("the center does not listen in this platform; see 'center status'");
        }
        return jobs.start("collect", "files", new CollectNow(now.collector()));
    }

    /** @param client null: all */
    Job verify(String client) throws IOException {
        if (running == null && settings.state().medium() != null) {
            store.use(settings.state().medium());
        }
        return jobs.start("verify", client == null ? "files" : "files of " + client, progress -> {
            CenterStore.Findings found = store.verify(client, progress);
            if (found.damaged() > 0) {
                List<String> some = found.problems()
                        .subList(0, Math.min(SHOWN, found.problems().size()));
                throw new IOException(found.damaged() + " damaged: " + String.join("; ", some));
            }
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("parts", found.parts());
            result.put("bytes", found.bytes());
            result.put("versions", found.versions());
            return result;
        });
    }

    /** Idempotent. */
    @Override
    public void close() {
        attempts.close();
        synchronized (this) {
            closed = true;
            end();
        }
        sharer.close();
        keeper.close();
        home.close();
    }
}
