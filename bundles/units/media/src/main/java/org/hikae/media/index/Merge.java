package org.hikae.media.index;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts what several writers have written. Each has mostly gone forward, so its list falls into a few ascending
 * stretches, which are merged. A block that was written more than once is taken from any of them: they were all read
 * after T0, and if it was overwritten in between, its before-image is in the log.
 */
public final class Merge {

    private Merge() {}

    /**
     * @param lists a list for each writer, with frames counted from 0 in each
     * @param firstFrames number of the first frame of each writer
     */
    public static Runs sort(List<RunList> lists, int[] firstFrames, long blockCount) {
        PriorityQueue<Stretch> queue = new PriorityQueue<>(Comparator.comparingLong(Stretch::first));
        for (int i = 0; i < lists.size(); i++) {
            addStretches(queue, lists.get(i), firstFrames[i]);
        }
        Runs.Builder runs = new Runs.Builder();
        while (!queue.isEmpty()) {
            Stretch next = queue.poll();
            next.addTo(runs);
            if (next.advance()) {
                queue.add(next);
            }
        }
        return runs.build(blockCount);
    }

    private static void addStretches(PriorityQueue<Stretch> queue, RunList list, int firstFrame) {
        int from = 0;
        for (int i = 1; i <= list.count(); i++) {
            if (i == list.count() || list.first(i) < list.first(i - 1)) {
                queue.add(new Stretch(list, from, i, firstFrame));
                from = i;
            }
        }
    }

    /** Ascending runs of one list. */
    private static final class Stretch {

        private final RunList list;
        private final int to;
        private final int firstFrame;
        private int at;

        Stretch(RunList list, int from, int to, int firstFrame) {
            this.list = list;
            this.at = from;
            this.to = to;
            this.firstFrame = firstFrame;
        }

        long first() {
            return list.first(at);
        }

        boolean advance() {
            at++;
            return at < to;
        }

        /** Adds what no run before had. */
        void addTo(Runs.Builder runs) {
            long first = Math.max(list.first(at), runs.end());
            if (first < list.end(at)) {
                int frame = list.frame(at);
                int skipped = frame < 0 ? 0 : (int) (first - list.first(at));
                runs.add(
                        first,
                        list.end(at) - first,
                        frame < 0 ? frame : frame + firstFrame,
                        list.position(at) + skipped);
            }
        }
    }
}
