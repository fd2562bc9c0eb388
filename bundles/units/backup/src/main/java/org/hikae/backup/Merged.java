package org.hikae.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.api.media.MergeReport;

/** What one merge or several have made, for the result of a job. */
final class Merged {

    private final List<String> merged = new ArrayList<>();
    private long movedBytes;
    private long recodedBytes;
    private long freedBytes;
    private long laterBytes;

    void add(MergeReport report) {
        merged.addAll(report.merged());
        movedBytes += report.movedBytes();
        recodedBytes += report.recodedBytes();
        freedBytes += report.freedBytes();
        laterBytes += report.laterBytes();
    }

    /** Without the generations that are gone as such, if there are none. */
    void putInto(Map<String, Object> result) {
        if (!merged.isEmpty()) {
            result.put("merged", String.join(", ", merged));
        }
        result.put("movedBytes", movedBytes);
        result.put("recodedBytes", recodedBytes);
        result.put("freedBytes", freedBytes);
        result.put("laterBytes", laterBytes);
    }
}
