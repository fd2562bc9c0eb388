package org.hikae.fs.shared.store.tables;

import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.hikae.fs.shared.store.region.LiveBlocks;

/**
 * What MVStore says of its chunks. It keeps those that are needed no longer for 45 seconds, and for some versions, since a
 * file could lose what was written last; ours cannot, so they need no place. Their addresses in the file stay reserved.
 *
 * @param count of all
 * @param live the blocks of those that hold a page which is needed, but for the newest one, which is not listed yet
 */
record Chunks(int count, LiveBlocks live) {

    private static final String KEY = "chunk.";

    /**
     * As of the last commit.
     *
     * @param old whether old states are looked at: then all that MVStore still lists is needed
     */
    static Chunks of(MVStore store, boolean old) {
        LiveBlocks live = new LiveBlocks();
        int count = 0;
        for (Map.Entry<String, String> entry : store.getLayoutMap().entrySet()) {
            if (entry.getKey().startsWith(KEY)) {
                count++;
                Map<String, String> chunk = DataUtils.parseMap(entry.getValue());
                if (old || DataUtils.readHexLong(chunk, "livePages", 1) > 0) {
                    live.add(DataUtils.readHexLong(chunk, "block", 0), DataUtils.readHexLong(chunk, "len", 0));
                }
            }
        }
        return new Chunks(count, live);
    }
}
