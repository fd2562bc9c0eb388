package org.hikae.backup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.log.LogSummary;
import org.hikae.api.media.GenerationInfo;

/** What is kept of a backup that went well. */
final class BackupResult {

    private BackupResult() {}

    /** @param warning what went wrong besides; null: nothing */
    static Map<String, Object> of(
            GenerationInfo info, CopyReport copied, LogSummary logged, CacheControl.Pause pause, String warning) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("generation", info.id());
        result.put("medium", info.medium());
        result.put("readBytes", copied.bytesRead());
        result.put("zeroBytes", copied.bytesZero());
        result.put("storedBytes", info.storedBytes());
        result.put("loggedBlocks", logged.logged().count());
        result.put("loggedBytes", logged.logged().count() * info.blockSize());
        result.put("logRecords", logged.records());
        result.put("sparedWrites", logged.spared());
        result.put("pauseNanos", pause.nanos());
        result.put("copyNanos", copied.nanos());
        result.put("workers", copied.workers());
        if (warning != null) {
            result.put("warning", warning);
        }
        return result;
    }
}
