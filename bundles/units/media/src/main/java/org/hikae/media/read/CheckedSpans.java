package org.hikae.media.read;

import java.io.IOException;
import org.hikae.api.job.Reason;
import org.hikae.media.format.DamagedException;
import org.hikae.media.index.RunPage;
import org.hikae.media.index.Span;
import org.hikae.media.index.SpanSource;

/** All spans of a part, and those of which it cannot be known what they are, because a page is damaged. */
final class CheckedSpans implements SpanSource {

    /** Instead of a frame: nobody knows. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private final Part part;
    private final Damages damages;
    private RunPage page;
    private int number;
    private int at;

    CheckedSpans(Part part, Damages damages) {
        this.part = part;
        this.damages = damages;
    }

    @Override
    public Span next() throws IOException {
        while (page == null || at == page.count()) {
            if (number == part.index().runPages()) {
                return null;
            }
            try {
                page = part.index().readRuns(number++);
                at = 0;
            } catch (IOException e) {
                Damages.checkMedium(part, e);
                page = null;
                damages.add(
                        e instanceof DamagedException
                                ? e.getMessage()
                                : part.indexRef().name() + ": " + Reason.of(e));
                return new Span(part.index().firstOf(number - 1), part.index().firstOf(number), UNKNOWN, 0);
            }
        }
        return page.get(at++);
    }
}
