package org.hikae.media.store;

import org.hikae.media.format.GenerationId;
import org.hikae.media.medium.UsableMedium;

/** A generation that was found on a medium. */
record Located(GenerationId id, UsableMedium medium, Shelf.Entry entry) {}
