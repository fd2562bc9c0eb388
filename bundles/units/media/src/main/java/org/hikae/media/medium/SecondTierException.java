package org.hikae.media.medium;

import java.io.IOException;
import java.util.List;
import org.hikae.api.job.Reason;
import org.hikae.api.media.tier.TierCopy;

/** An object could not be read from the second tier. That may be damage, or a cartridge that is not there now. */
public final class SecondTierException extends IOException {

    private static final long serialVersionUID = 1;

    private final transient Copies copies;
    private final String object;

    SecondTierException(Copies copies, String object, Throwable cause) {
        super(cause instanceof IOException ? Reason.of(cause) : "tape control failed with " + cause, cause);
        this.copies = copies;
        this.object = object;
    }

    /** Whether something bad is known of every copy there is, so that waiting is of no use. */
    public boolean isDamage() {
        try {
            List<TierCopy> all = copies.of(object);
            return all.stream().allMatch(copy -> copy.problem() != null);
        } catch (IOException e) {
            addSuppressed(e);
            return false;
        }
    }
}
