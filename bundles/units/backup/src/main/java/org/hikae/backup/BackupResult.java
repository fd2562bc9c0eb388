package org.hikae.backup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.LogSummary;
import org.hikae.api.media.GenerationInfo;

/** What is kept of a backup that went well. */
final class BackupResult {

    private final Map<String, Object> values = new LinkedHashMap<>();

    BackupResult(GenerationInfo info, CopyReport copied) {
        values.put("generation", info.id());
        values.put("kind", info.kind());
        with("parent", info.parent());
        values.put("medium", info.medium());
        values.put("layout", info.layout());
        values.put("readBytes", copied.bytesRead());
        values.put("zeroBytes", copied.bytesZero());
        values.put("leftOutBytes", copied.bytesLeftOut());
        values.put("storedBytes", info.storedBytes());
        values.put("copyNanos", copied.nanos());
        values.put("workers", copied.workers());
        with("copiedByNode", CopiedByNode.text(copied.bytesByNode()));
    }

    BackupResult log(LogStrategy strategy, LogSummary logged, int blockSize) {
        values.put("gather", strategy.gather());
        values.put("place", strategy.place());
        values.put("loggedBlocks", logged.logged().count());
        values.put("loggedBytes", logged.logged().count() * blockSize);
        values.put("logRecords", logged.records());
        values.put("logMessages", logged.messages());
        values.put("logMessageBytes", logged.messageBytes());
        values.put("sparedWrites", logged.spared());
        return this;
    }

    /**
     * @param pause how long writers were held at T0
     * @param seal from the end of the copy until the generation was there
     */
    BackupResult nanos(long pause, long seal) {
        values.put("pauseNanos", pause);
        values.put("sealNanos", seal);
        return this;
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
