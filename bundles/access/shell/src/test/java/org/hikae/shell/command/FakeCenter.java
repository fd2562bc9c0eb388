package org.hikae.shell.command;

import java.io.IOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.CenterStatus;
import org.hikae.api.files.center.ClientInfo;
import org.hikae.api.files.center.CollectionRequest;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.files.center.Files;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.files.center.Transfer;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Job;

/** A center in lists. */
final class FakeCenter implements FilesCenter {

    static final RunId RUN = new RunId("laptop", "home", 7);

    boolean running;
    String address;
    String medium;
    final List<ClientInfo> clients = new ArrayList<>();
    final List<CollectionRequest> requests = new ArrayList<>();
    final List<Transfer> history = new ArrayList<>();
    final List<StoredVersion> files = new ArrayList<>();
    Files asked;
    /** By client; the empty name: the center's own. */
    final Map<String, Conditions> conditions = new HashMap<>(Map.of("", new Conditions(List.of(), 4, List.of(), 0, 0)));

    final Map<String, Retention> keep = new HashMap<>();
    final List<String> problems = new ArrayList<>();
    FakeJob job;

    void fill() {
        running = true;
        address = "192.0.2.7:7443";
        medium = "m1";
        clients.add(new ClientInfo("laptop", ClientInfo.State.MEMBER, Platform.NOON, Platform.NOON, 12, 3L << 30));
        TransferWindow night = new TransferWindow(
                Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneOffset.UTC);
        conditions.put(
                "", new Conditions(List.of(night), 8, List.of(new Conditions.Rate(night, 1 << 20)), 1L << 30, 2));
        RunInfo run = new RunInfo(RUN, new UUID(7, 7), 6, Platform.NOON, night, true, 10, 1 << 20, 5);
        requests.add(new CollectionRequest(
                run,
                Platform.NOON,
                CollectionRequest.State.PAUSED,
                4,
                Platform.NOON,
                "the center's windows are closed"));
        history.add(new Transfer(
                RUN,
                "laptop",
                "192.0.2.9",
                Platform.NOON,
                Platform.NOON.plusSeconds(2),
                0,
                4,
                4096,
                "cut",
                true,
                "it went away"));
        files.add(new StoredVersion(
                RUN,
                FileName.parse("/home/ada/a.txt"),
                0,
                Platform.NOON,
                FileType.REGULAR,
                1234,
                Platform.NOON,
                "ab".repeat(32),
                "m1",
                null));
    }

    @Override
    public CenterStatus start(String listen, List<String> names, String to) throws IOException {
        address = listen == null ? address : listen;
        medium = to == null ? medium : to;
        if (medium == null) {
            throw new IOException("say on which medium collected files are put: --to MEDIUM; see 'medium list'");
        }
        running = true;
        return status();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public CenterStatus status() {
        return new CenterStatus(
                running,
                address,
                medium,
                "5b0c",
                clients.size(),
                requests.size(),
                List.of(),
                1 << 20,
                3 << 20,
                problems);
    }

    @Override
    public List<UUID> route() {
        return List.of();
    }

    @Override
    public String invite(String name, boolean replace) {
        return name + "." + replace;
    }

    @Override
    public void revoke(String name) {
        clients.removeIf(client -> client.name().equals(name));
    }

    @Override
    public List<ClientInfo> clients() {
        return clients;
    }

    @Override
    public Conditions conditions() {
        return conditions("");
    }

    @Override
    public void setConditions(Conditions now) {
        setConditions("", now);
    }

    @Override
    public Conditions conditions(String client) {
        return conditions.get(client);
    }

    @Override
    public void setConditions(String client, Conditions now) {
        conditions.put(client, now);
    }

    @Override
    public void setRetention(String client, Retention rule) {
        keep.put(String.valueOf(client), rule);
    }

    @Override
    public Retention retention(String client) {
        return keep.get(String.valueOf(client));
    }

    @Override
    public void requests(boolean done, Consumer<CollectionRequest> consumer) {
        requests.stream()
                .filter(each -> done || each.state() != CollectionRequest.State.DONE)
                .forEach(consumer);
    }

    @Override
    public void plan(Consumer<CollectionRequest> consumer) {
        requests.forEach(consumer);
    }

    @Override
    public void history(String client, long limit, Consumer<Transfer> consumer) {
        history.stream().limit(limit == 0 ? Long.MAX_VALUE : limit).forEach(consumer);
    }

    @Override
    public void files(Files which, Consumer<StoredVersion> consumer) {
        asked = which;
        files.forEach(consumer);
    }

    @Override
    public Job collectNow() {
        return job;
    }

    @Override
    public Job verify(String client) {
        return job;
    }
}
