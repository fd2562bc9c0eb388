package org.hikae.cache;

import java.io.IOException;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LogSummary;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.NodeLog;

/** A session that only remembers that it failed. */
final class FakeSession implements LogSession {

    volatile String failure;

    @Override
    public String disk() {
        return "d";
    }

    @Override
    public NodeLog join(LoggingNode node) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BlockDevice viewInstant(BlockDevice device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void narrow(BlockSet wanted) {}

    @Override
    public List<BlockRun> toCopy(BlockRun run) {
        return List.of(run);
    }

    @Override
    public void copied(BlockRun run) {}

    @Override
    public LogSummary complete(List<LogReceipt> receipts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void fail(String reason, Throwable cause) {
        failure = reason;
    }

    @Override
    public void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    @Override
    public void close() {}
}
