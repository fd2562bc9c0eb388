package org.hikae.backup;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.Generations;

/** Deleting data on media that is on tape too, as a job (c.3). */
final class EvictSteps {

    private final Generations generations;

    EvictSteps(Generations generations) {
        this.generations = generations;
    }

    Map<String, Object> run(List<String> ids, Progress progress) throws IOException {
        TapeTally tally = new TapeTally();
        evict(ids, tally, progress);
        tally.check();
        Map<String, Object> result = new LinkedHashMap<>();
        tally.putEvicted(result);
        return result;
    }

    void evict(List<String> ids, TapeTally tally, Progress progress) throws IOException {
        for (String id : ids) {
            progress.pass();
            progress.phase("evicting " + id);
            try {
                tally.add(generations.evict(id));
            } catch (IOException e) {
                String why = Reason.of(e);
                boolean named = why.startsWith("generation " + id + " ");
                tally.fail(named ? why : "generation " + id + " was not evicted: " + why);
            }
        }
    }
}
