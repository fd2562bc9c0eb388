package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.MergeReport;
import org.hikae.api.media.MergeRequest;

/**
 * Steps of a history that take a chain as a whole, several things at once, or media that go and come back.
 *
 * @param needed whether a generation cannot become a part of others of these ids
 * @param said takes what is done
 */
record ChainJobs(
        Lab lab,
        String disk,
        SplittableRandom random,
        ChainModel chain,
        DiskModel model,
        BiPredicate<String, List<String>> needed,
        Consumer<String> said) {

    /** A backup, whatever it is. */
    interface Backup {
        void run() throws Exception;
    }

    void merged(List<String> range, String medium) {
        chain.merge(range, medium);
        model.bases().removeAll(range.subList(1, range.size()));
    }

    /**
     * Some generations become one.
     *
     * @param target null: where the newest is
     * @return whether they did
     */
    boolean merge(String target) throws IOException {
        String to = chain.any(random);
        List<String> range = chain.range(to, 1 + random.nextInt(6));
        if (range.size() == 1 && (target == null || target.equals(chain.get(to).medium()))) {
            return false;
        }
        return merge(range, target);
    }

    /**
     * The first of a range takes the others into itself.
     *
     * @param target null: where the first is
     * @return whether it did
     */
    boolean merge(List<String> range, String target) throws IOException {
        MergeRequest request = new MergeRequest(range.get(range.size() - 1), range.get(0), target);
        boolean refused = isRefused(range);
        said.accept("merge " + request + (refused ? ", refused" : ""));
        if (refused) {
            assertThatThrownBy(() -> lab.generations().merge(request, Progress.NONE))
                    .isInstanceOf(IOException.class);
        } else {
            assertThat(lab.generations().merge(request, Progress.NONE).merged())
                    .containsExactlyElementsOf(range.subList(1, range.size()));
            merged(range, target);
        }
        return !refused;
    }

    private boolean isRefused(List<String> range) {
        return range.stream().skip(1).anyMatch(id -> needed.test(id, range));
    }

    void rebase(String medium) throws Exception {
        String id = chain.any(random);
        List<String> all = chain.range(id, Integer.MAX_VALUE);
        boolean merged = random.nextBoolean();
        boolean done = all.stream().allMatch(each -> chain.get(each).medium().equals(medium));
        RebaseRequest request = new RebaseRequest(id, medium, merged);
        said.accept(request + "");
        if (done && (!merged || all.size() == 1)) {
            assertThatThrownBy(() -> lab.backups().rebase(request)).isInstanceOf(IOException.class);
            return;
        }
        boolean refused = merged && isRefused(all);
        end(lab.backups().rebase(request), refused);
        if (!refused && merged) {
            merged(all, medium);
        } else if (!refused) {
            all.forEach(each -> merged(List.of(each), medium));
        }
    }

    void retain() throws Exception {
        Retention keep = new Retention(1 + random.nextInt(4), 0, 0, 0, 0, 0);
        List<MergeRequest> merges = plan(keep);
        said.accept("retain " + merges);
        List<List<String>> allowed = new ArrayList<>();
        for (MergeRequest request : merges) {
            List<String> range = chain.range(request.to(), Integer.MAX_VALUE);
            range = range.subList(0, range.indexOf(request.from()) + 1);
            if (!isRefused(range)) {
                allowed.add(range);
            }
        }
        end(lab.backups().retain(new RetentionRequest(disk, null, keep, false)), allowed.size() < merges.size());
        allowed.forEach(range -> merged(range, null));
    }

    private List<MergeRequest> plan(Retention keep) throws IOException {
        RetentionPlan plan = lab.backups().plan(new RetentionRequest(disk, null, keep, false));
        assertThat(plan.entries()).extracting(RetentionPlan.Entry::generation).containsAll(chain.newestFirst());
        chain.newestFirst().stream()
                .filter(id -> !chain.get(id).partial())
                .limit(keep.last())
                .forEach(id -> assertThat(plan.entries())
                        .anyMatch(each -> each.generation().equals(id) && each.into() == null));
        return plan.merges();
    }

    private static void end(Job job, boolean refused) throws InterruptedException {
        JobInfo info = Lab.end(job);
        assertThat(info.state()).as("%s", info).isEqualTo(refused ? JobInfo.State.FAILED : JobInfo.State.DONE);
    }

    /** A merge while a backup is made, and generations are opened and read. */
    void mergeMeanwhile(Backup backup, String target) throws Exception {
        String to = chain.any(random);
        List<String> range = chain.range(to, 2 + random.nextInt(4));
        List<String> swallowed = range.subList(1, range.size());
        String newest = chain.newestFirst().stream()
                .filter(model.bases()::contains)
                .findFirst()
                .orElse(to);
        if (swallowed.isEmpty() || isRefused(range) || swallowed.contains(newest)) {
            return;
        }
        said.accept("merge " + range + " to " + target + ", meanwhile");
        MergeRequest request = new MergeRequest(range.get(range.size() - 1), to, target);
        FutureTask<MergeReport> merge = new FutureTask<>(() -> lab.generations().merge(request, Progress.NONE));
        List<String> others = new ArrayList<>(chain.newestFirst());
        others.removeAll(swallowed);
        List<byte[]> contents =
                others.stream().map(id -> chain.get(id).content()).toList();
        FutureTask<Void> reads = new FutureTask<>(() -> {
            do {
                for (int i = 0; i < others.size(); i++) {
                    checkRead(others.get(i), contents.get(i));
                }
            } while (!merge.isDone());
            return null;
        });
        new Thread(reads, "chain-reader").start();
        new Thread(merge, "chain-merge").start();
        backup.run();
        assertThat(merge.get().merged()).containsExactlyElementsOf(swallowed);
        reads.get();
        merged(range, target);
    }

    private void checkRead(String id, byte[] content) throws IOException {
        try (GenerationReader reader = lab.generations().open(id)) {
            assertThat(Arrays.mismatch(ChainHistory.read(reader), content))
                    .as(id)
                    .isEqualTo(-1);
        }
    }

    /**
     * Without a medium, a generation can be removed, or some merged, only if that was allowed with it; if it cannot, because
     * something is away, nothing changes.
     */
    void withoutMedium(String medium) throws Exception {
        String location = lab.folder.resolve(medium).toString();
        try {
            lab.media().remove(medium);
        } catch (IOException e) {
            said.accept(medium + " in use");
            return;
        }
        said.accept("without " + medium);
        try {
            for (int i = random.nextInt(3); i >= 0; i--) {
                if (random.nextBoolean()) {
                    tryRemove(chain.any(random));
                } else {
                    tryMerge(chain.range(chain.any(random), 2 + random.nextInt(3)));
                }
            }
        } finally {
            lab.media().add(medium, "probe", location, false);
        }
    }

    private void tryRemove(String id) throws IOException {
        if (chain.all().size() > 1 && attempt(() -> lab.generations().remove(id))) {
            said.accept("removed " + id);
            assertThat(needed.test(id, List.of())).as("%s was removed", id).isFalse();
            chain.all().remove(id);
            model.bases().remove(id);
        }
    }

    private void tryMerge(List<String> range) throws IOException {
        MergeRequest request = new MergeRequest(range.get(range.size() - 1), range.get(0), null);
        if (range.size() > 1 && attempt(() -> lab.generations().merge(request, Progress.NONE))) {
            said.accept("merged " + range);
            assertThat(isRefused(range)).as("%s was merged", range).isFalse();
            merged(range, null);
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static boolean attempt(Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (IOException e) {
            return false; // what is away does not answer; what has changed then, the next check finds
        }
    }
}
