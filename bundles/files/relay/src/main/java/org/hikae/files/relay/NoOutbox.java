package org.hikae.files.relay;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.files.transfer.uplink.RunOutbox;

/** Nothing is handed on. */
final class NoOutbox implements RunOutbox {

    @Override
    public List<RunInfo> runs() {
        return List.of();
    }

    @Override
    public ReadableByteChannel open(RunId run, long frame) throws IOException {
        throw new NoSuchFileException(run.toString());
    }

    @Override
    public void received(RunId run, long frames) {
        // Nothing was sent.
    }

    @Override
    public void complete(RunId run, UUID identity) {
        // Nothing was sent.
    }

    @Override
    public void fullWanted(String origin, String backup, long above) {
        // There is no run to come.
    }

    @Override
    public void refused(RunId run, UUID identity, String text) {
        // Nothing was sent.
    }

    @Override
    public void problem(RunId run, String text) {
        // Nothing was sent.
    }
}
