package org.hikae.files.relay;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.IdentityFiles;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.uplink.Joining;
import org.hikae.files.transfer.uplink.RunOutbox;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkTimes;

/** Joins centers above. */
@FunctionalInterface
interface Joiner {

    /**
     * What came of it.
     *
     * @param name under which the center knows this relay
     * @param center its id
     */
    record Joined(String name, UUID center) {}

    /**
     * Gets an identity for a token and keeps it durably. Again, with the same token and folder, also after it was interrupted anywhere:
     * comes to the same.
     *
     * @param folder of this token alone
     */
    Joined join(URI address, Token token, Path folder) throws IOException;

    /** Over the network. */
    static Joiner network(Clock clock) {
        return (address, token, folder) -> {
            IdentityFiles files = new IdentityFiles(folder);
            Optional<Identity> kept = files.load();
            if (kept.isEmpty()) {
                Joining.Joined joined = Joining.join(address, token, files, UplinkTimes.USUAL, clock);
                return new Joined(joined.identity().name(), joined.center().id());
            }
            RunOutbox nothing = new NoOutbox();
            try (Uplink uplink =
                    new Uplink(address, kept.get(), nothing, List::of, UplinkTimes.USUAL, clock, new Random())) {
                return new Joined(kept.get().name(), uplink.about().id());
            }
        };
    }
}
