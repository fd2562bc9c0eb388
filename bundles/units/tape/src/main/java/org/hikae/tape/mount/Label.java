package org.hikae.tape.mount;

import java.time.Instant;
import java.util.UUID;

/**
 * What the first record of a cartridge says of it.
 *
 * @param volume the id that it has until it is erased
 * @param barcode that it had when it was labelled
 * @param pool that it is in; null: scratch
 * @param home id of the home that has labelled it
 * @param labelled when
 */
public record Label(UUID volume, String barcode, String pool, UUID home, Instant labelled) {}
