package org.hikae.tape.mount;

import java.io.IOException;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.ScanReport;

/** Reads cartridges for what is on them. Thread-safe. Cancelled by the progress. */
public interface VolumeReader {

    /**
     * Takes in what a mounted cartridge with a label has and the store does not know yet, so that it can be said whether it is
     * needed. Quick if there is nothing: it begins where the known ends.
     *
     * @throws IOException if that cannot be found or read
     */
    void learn(Mounted mounted, Progress progress) throws IOException;

    /** @see org.hikae.api.tape.Tapes#verify */
    List<String> verify(String barcode, Progress progress) throws IOException;

    /** @see org.hikae.api.tape.Tapes#scan */
    ScanReport scan(boolean all, Progress progress) throws IOException;
}
