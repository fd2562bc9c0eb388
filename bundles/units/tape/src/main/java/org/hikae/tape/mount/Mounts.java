package org.hikae.tape.mount;

import java.io.IOException;
import java.util.UUID;
import org.hikae.api.job.Progress;

/** Cartridges in drives, whichever library and drive that is. Thread-safe. */
public interface Mounts {

    /** What a drive is wanted for. */
    enum Purpose {
        READ,
        WRITE
    }

    /**
     * A cartridge in a drive, its label read and right; the head is anywhere. Waits for the cartridge and a drive, and says so to
     * the progress.
     *
     * @param volume the id that its label must have; null: any label of ours or none
     * @throws java.util.concurrent.CancellationException if the progress was cancelled meanwhile
     * @throws CartridgeAbsentException if it is in no library, and did not come for as long as one waits
     * @throws SwappedException if another volume has its barcode
     * @throws IOException if no drive could load it; says why
     */
    Mounted mount(String barcode, UUID volume, Purpose purpose, Progress progress) throws IOException;

    /** Whether a cartridge is in a library that can be used now; waits for nobody. */
    boolean isPresent(String barcode);
}
