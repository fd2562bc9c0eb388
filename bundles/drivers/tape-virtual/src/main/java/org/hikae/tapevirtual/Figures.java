package org.hikae.tapevirtual;

import java.time.Duration;

/**
 * What a drive has done since its library was opened.
 *
 * @param loads cartridges that were loaded
 * @param locates times that the head was moved to another place than where it was, but for reading and writing; rewinding counts
 * @param stops times that everything written was waited for
 * @param read bytes of records that were read
 * @param written bytes of records that were written
 * @param simulated time that all this would have taken the drive that is simulated; 0 if none is
 */
public record Figures(long loads, long locates, long stops, long read, long written, Duration simulated) {}
