package org.hikae.tape.mount;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.hikae.api.job.Progress;

/** Cartridges in drives, whichever library and drive that is. Thread-safe. */
public interface Mounts {

    /** What a drive is wanted for. */
    enum Purpose {
        /** Nothing is written. */
        READ,
        /** What is behind the label is written, or a label onto a blank one. */
        WRITE,
        /** A label is written, whatever is there. */
        LABEL
    }

    /**
     * A cartridge in a drive, its label read and right; the head is anywhere. Waits for the cartridge and a drive, and says so to
     * the progress, which counts for the waiting alone: what the drive does after is ended by {@code drive().cancel()}.
     *
     * @param volume the id that its label must have; null: any label, also of other homes, or none; something foreign to read only
     * @throws java.util.concurrent.CancellationException if the progress was cancelled meanwhile
     * @throws CartridgeAbsentException if it is in no library, and did not come for as long as one waits
     * @throws SwappedException if another volume has its barcode, or none
     * @throws ForeignException if it is to be written and something is on it that is not Hikae's
     * @throws java.io.InterruptedIOException if the thread was interrupted; it is again then
     * @throws IOException if no drive could load it, or tape control ends; says why
     */
    Mounted mount(String barcode, UUID volume, Purpose purpose, Progress progress) throws IOException;

    /** Whether a cartridge is in a library that can be used now; waits for nobody. */
    boolean isPresent(String barcode);

    /** The cartridges in the libraries that can be used now, by barcode; waits for nobody. */
    List<Present> present();

    /** What is waited for now, a sentence for each cartridge that is in no library. */
    List<String> awaited();
}
