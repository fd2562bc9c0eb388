package org.hikae.shell.call;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.catalog.Catalog;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.Marks;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.files.client.FilesClient;
import org.hikae.api.files.relay.FilesRelay;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Jobs;
import org.hikae.api.log.LogManager;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.nbd.NbdServer;
import org.hikae.api.node.Nodes;
import org.hikae.api.schedule.Schedules;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.tape.Tapes;

/** A unit of the platform: the bundle {@code org.hikae.NAME}, those of files {@code org.hikae.files.NAME}, and the services it brings. */
public enum Unit {
    NODE("11, 28", "computer", Nodes.class, FileSystems.class),
    CACHE("21", "cache control", CacheControl.class),
    BLOCK("22", "block manager", Disks.class, Marks.class, InPlaceMounts.class),
    GROUP("23", "group manager", Groups.class),
    MEDIA("24", "media control", Media.class, Generations.class),
    COPY("25", "copy manager", CopyManager.class),
    LOG("26", "log manager", LogManager.class),
    TAPE("27", "tape control", Tapes.class, SecondTier.class),
    BACKUP(null, "backup and restore", Backups.class, TapeJobs.class),
    JOB(null, "jobs", Jobs.class),
    SCHEDULE(null, "schedules", Schedules.class),
    CATALOG(null, "catalog", Catalog.class),
    CENTER(null, "files of other machines", FilesCenter.class),
    CLIENT(null, "files of this machine", FilesClient.class),
    RELAY(null, "files handed on", FilesRelay.class),
    NBD(null, "network block devices", NbdServer.class);

    private final String number;
    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // what List.of returns
    private final List<Class<?>> services;

    Unit(String number, String title, Class<?>... services) {
        this.number = number;
        this.title = title;
        this.services = List.of(services);
    }

    /** Its number in the source document; null if it has none. */
    public String number() {
        return number;
    }

    public String title() {
        return title;
    }

    public List<Class<?>> services() {
        return services;
    }

    /** The name people know it by. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public String bundle() {
        return switch (this) {
            case CENTER, CLIENT, RELAY -> "org.hikae.files." + label();
            default -> "org.hikae." + label();
        };
    }

    /** The unit that brings a service. */
    public static Optional<Unit> of(Class<?> service) {
        return Arrays.stream(values())
                .filter(unit -> unit.services.contains(service))
                .findFirst();
    }
}
