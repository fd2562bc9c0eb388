package org.hikae.files.transfer.run;

import java.io.IOException;
import org.hikae.files.transfer.run.RunItem.Start;

/** Makes runs of many small frames: content of some kilobytes is in several of them, as that of megabytes is else. */
public final class SmallFrames {

    private static final int FULL = 10_000;

    private SmallFrames() {}

    public static RunWriter writer(Start start, RawFrames frames) throws IOException {
        return new RunWriter(start, frames, FULL);
    }
}
