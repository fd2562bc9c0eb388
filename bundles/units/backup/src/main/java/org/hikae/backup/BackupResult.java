package org.hikae.backup;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.LogSummary;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;

/** What is kept of a backup that went well. */
final class BackupResult {

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final CopyReport copied;

    BackupResult(GenerationInfo info, CopyReport copied) {
        this.copied = copied;
        values.put("generation", info.id());
        values.put("kind", info.kind());
        with("parent", info.parent());
        group(info.group());
        values.put("medium", info.medium());
        values.put("layout", info.layout());
        values.put("readBytes", copied.bytesRead());
        values.put("zeroBytes", copied.bytesZero());
        if (copied.bytesLeftOut() > 0) {
            values.put("leftOutBytes", copied.bytesLeftOut());
        }
        values.put("storedBytes", info.storedBytes());
    }

    private void group(GenerationGroup group) {
        if (group != null) {
            values.put("group", group.name());
            values.put("meta", group.meta().name().toLowerCase(Locale.ROOT));
        }
    }

    BackupResult log(LogStrategy strategy, LogSummary logged, int blockSize) {
        values.put("gather", strategy.gather());
        values.put("place", strategy.place());
        values.put("loggedBlocks", logged.logged().count());
        values.put("loggedBytes", logged.logged().count() * blockSize);
        values.put("logRecords", logged.records());
        values.put("logMessages", logged.messages());
        values.put("logSentBytes", logged.messageBytes());
        values.put("sparedWrites", logged.spared());
        return this;
    }

    /**
     * Adds how long it took, and who copied.
     *
     * @param pause nanoseconds that writers were held at T0
     * @param seal nanoseconds from the end of the copy until the generation was there
     */
    BackupResult work(long pause, long seal) {
        values.put("pauseNanos", pause);
        values.put("copyNanos", copied.nanos());
        values.put("sealNanos", seal);
        values.put("workers", copied.workers());
        return with("copiedByNode", CopiedByNode.text(copied.bytesByNode()));
    }

    /**
     * Adds what the group has whose generation it is.
     *
     * @param files number of regular files, each counted once
     * @param bytes what they have in all
     */
    void members(long files, long bytes) {
        values.put("members", files);
        values.put("contentBytes", bytes);
    }

    /** Adds what there is only sometimes; null: this time there is not. */
    BackupResult with(String name, String value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    Map<String, Object> values() {
        return values;
    }
}
