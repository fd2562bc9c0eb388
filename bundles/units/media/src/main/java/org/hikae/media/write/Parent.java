package org.hikae.media.write;

import java.io.IOException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.ParentRef;
import org.hikae.media.index.SpanSource;

/** The generation that one in the making builds upon. It cannot be removed until that one is sealed or dropped. */
public interface Parent {

    ParentRef ref();

    /** The blocks that it answers for. */
    SpanSource blocks() throws IOException;

    /** Remembers, durably, that it has a child; called just before the child is there. */
    void hasChild(GenerationId child) throws IOException;
}
