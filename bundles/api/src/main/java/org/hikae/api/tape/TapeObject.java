package org.hikae.api.tape;

import java.time.Instant;
import java.util.UUID;

/**
 * An object on tape, as {@link org.hikae.api.media.tier.SecondTier} knows it.
 *
 * @param medium id of its medium
 * @param mediumName the name of that medium when it was written
 * @param name of the object
 * @param length bytes of the whole object
 * @param here bytes of it that lie on the cartridge that was asked for; 0: something there is needed to find it by the cartridges alone
 * @param written when it was committed
 * @param proven when it was last read back and right; null: never
 * @param problem why it cannot be relied upon now, whatever was proven once; null: nothing is known
 * @param others number of other copies of it on tape of which no problem is known
 */
public record TapeObject(
        UUID medium,
        String mediumName,
        String name,
        long length,
        long here,
        Instant written,
        Instant proven,
        String problem,
        int others) {}
