package org.hikae.api.tape.spi;

/**
 * What became of records that were to be written.
 *
 * @param records number of them that were; fewer than were given only at the end of the medium
 * @param earlyWarning whether the end of the medium is near: time to end what is being written
 */
public record Written(int records, boolean earlyWarning) {}
