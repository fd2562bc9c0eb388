package org.hikae.media.write;

import java.io.IOException;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.spi.MediumFullException;

/** Does again what a full medium did not take, as long as somebody has patience. */
final class Patiently {

    private Patiently() {}

    /**
     * Does all of the step again after each {@link MediumFullException}. What fails otherwise, as when the generation was
     * dropped meanwhile, ends the waiting.
     */
    static void run(Patience whenFull, Step step) throws IOException {
        while (true) {
            try {
                step.run();
                return;
            } catch (MediumFullException e) {
                whenFull.await(e);
            }
        }
    }
}
