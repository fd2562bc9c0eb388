package org.hikae.backup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.log.LogSummary;
import org.hikae.api.media.GenerationInfo;

/** What is kept of a backup that went well. */
final class BackupResult {

    private final Map<String, Object> values = new LinkedHashMap<>();

    BackupResult(GenerationInfo info, CopyReport copied, LogSummary logged, CacheControl.Pause pause) {
        values.put("generation", info.id());
        values.put("kind", info.kind());
        with("parent", info.parent());
        values.put("medium", info.medium());
        values.put("readBytes", copied.bytesRead());
        values.put("zeroBytes", copied.bytesZero());
        values.put("storedBytes", info.storedBytes());
        values.put("loggedBlocks", logged.logged().count());
        values.put("loggedBytes", logged.logged().count() * info.blockSize());
        values.put("logRecords", logged.records());
        values.put("sparedWrites", logged.spared());
        values.put("pauseNanos", pause.nanos());
        values.put("copyNanos", copied.nanos());
        values.put("workers", copied.workers());
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
