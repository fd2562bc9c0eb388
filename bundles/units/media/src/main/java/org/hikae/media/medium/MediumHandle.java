package org.hikae.media.medium;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.hikae.api.job.Reason;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.api.media.tier.SecondTier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configured medium whose driver is there. It is opened when it is first needed, and tried again if that fails, so
 * that a disk that is mounted later needs no restart. Thread-safe.
 */
public final class MediumHandle {

    private static final Logger LOG = LoggerFactory.getLogger(MediumHandle.class);

    private final String name;
    private final String driverName;
    private final String location;
    private final MediumDriver driver;
    private final UUID home;
    private final Supplier<SecondTier> tier;

    /** Null until it could be opened. Guarded by this, as all below. */
    private Opened opened;

    /** Why it can be opened no more; null while it can. */
    private String gone;

    /** What uses the medium, a reason each. */
    private final List<UsableMedium.Use> uses = new ArrayList<>();

    private String firstReason;
    private boolean ending;

    /** @param tier gives null while there is no second tier */
    public MediumHandle(
            String name,
            String driverName,
            String location,
            MediumDriver driver,
            UUID home,
            Supplier<SecondTier> tier) {
        this.name = name;
        this.driverName = driverName;
        this.location = location;
        this.driver = driver;
        this.home = home;
        this.tier = tier;
    }

    public String name() {
        return name;
    }

    /**
     * The medium, opened and looked at whether it is still this home's own.
     *
     * @throws IOException if it cannot be used; says why
     */
    public UsableMedium use() throws IOException {
        Opened medium = opened();
        medium.checkOwned();
        return medium;
    }

    private synchronized Opened opened() throws IOException {
        if (gone != null) {
            throw new IOException("medium '" + name + "': " + gone);
        }
        if (opened == null) {
            GuardedMedium medium = open(name, driver, location);
            try {
                OwnerMark mark = Claim.check(medium, name, home, null);
                medium.discardUncommitted();
                opened = new Opened(medium, mark.medium(), Copies.of(medium, mark.medium(), tier));
            } catch (IOException | RuntimeException e) {
                medium.close();
                throw e;
            }
        }
        return opened;
    }

    /** Opens a medium, whatever the driver does. */
    static GuardedMedium open(String name, MediumDriver driver, String location) throws IOException {
        try {
            Medium medium = driver.open(location, name);
            if (medium == null) {
                throw new IOException("the driver of medium '" + name + "' opened nothing");
            }
            return new GuardedMedium(name, medium);
        } catch (RuntimeException | LinkageError e) {
            throw new IOException("medium '" + name + "': its driver failed with " + e, e);
        }
    }

    /** How the medium stands now. */
    public MediumStatus status() {
        try {
            UsableMedium medium = use();
            MediumSpace space = medium.objects().space();
            List<String> capabilities = medium.objects().capabilities().stream()
                    .map(capability -> capability.name().toLowerCase(Locale.ROOT))
                    .sorted()
                    .toList();
            return new MediumStatus(name, driverName, location, space.total(), space.free(), capabilities, null);
        } catch (IOException | RuntimeException e) {
            return new MediumStatus(name, driverName, location, -1, -1, List.of(), Reason.of(e));
        }
    }

    /**
     * From now on nothing can begin to use the medium.
     *
     * @throws IOException if something uses it
     */
    public synchronized void endUses() throws IOException {
        if (!uses.isEmpty()) {
            throw new IOException(
                    "medium '" + name + "' is in use: " + firstReason + "; try again when that has ended");
        }
        ending = true;
    }

    /** It was not removed after all. */
    public synchronized void allowUses() {
        ending = false;
    }

    private synchronized UsableMedium.Use begin(String reason) throws IOException {
        if (ending) {
            throw new IOException("medium '" + name + "' is being removed");
        }
        UsableMedium.Use use = new UsableMedium.Use() {
            @Override
            public void close() {
                end(this);
            }
        };
        if (uses.isEmpty()) {
            firstReason = reason;
        }
        uses.add(use);
        return use;
    }

    private synchronized void end(UsableMedium.Use use) {
        uses.remove(use);
    }

    /** Closes the medium for good: whoever uses it fails from now on, for this reason. */
    public void leave(String reason) {
        Opened medium;
        synchronized (this) {
            gone = reason;
            medium = opened;
            opened = null;
        }
        if (medium != null) {
            medium.leave(reason);
        }
    }

    /** The medium while its driver is there. */
    private final class Opened implements UsableMedium {

        private final GuardedMedium medium;
        private final UUID id;
        private final Copies copies;
        private final Medium objects;

        Opened(GuardedMedium medium, UUID id, Copies copies) {
            this.medium = medium;
            this.id = id;
            this.copies = copies;
            this.objects = copies.areApart() ? new TieredMedium(name, medium, copies) : medium;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public UUID id() {
            return id;
        }

        @Override
        public Medium objects() {
            return objects;
        }

        @Override
        public Medium near() {
            return medium;
        }

        @Override
        public Copies copies() {
            return copies;
        }

        @Override
        public void checkOwned() throws IOException {
            Claim.check(medium, name, home, id);
        }

        @Override
        public Use use(String reason) throws IOException {
            return begin(reason);
        }

        void leave(String reason) {
            medium.leave(reason);
            try {
                medium.close();
            } catch (IOException | RuntimeException e) {
                LOG.warn("medium {} did not close well", name, e);
            }
        }
    }
}
