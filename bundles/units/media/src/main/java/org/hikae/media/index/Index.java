package org.hikae.media.index;

/** Where every block of a generation, or of a log that is kept apart, lies. */
public record Index(Frames frames, Runs runs) {}
