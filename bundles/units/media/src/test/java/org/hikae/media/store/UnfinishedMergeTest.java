package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.api.media.MergeRequest;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is left of merges whose platform died when the result was there, or that cannot delete what they have swallowed: it is
 * deleted later, but nothing that anybody has come to need meanwhile (R19 - R21).
 */
class UnfinishedMergeTest extends StoreTestBase {

    private final TestChain chain = new TestChain();
    private final MemoryDriver third = new MemoryDriver();

    @BeforeEach
    void addThird() throws IOException {
        media.add("third", third, "");
    }

    private void make(int count) throws IOException {
        String last = chain.full(store, "m");
        for (int i = 1; i < count; i++) {
            last = chain.upon(store, "m", last);
        }
    }

    /** Nothing is done on medium m from when the result is on the other one, which is away then. */
    private void dieInMergeToLogs(String from, String to) throws IOException {
        logs.fault = what -> {
            if (what.equals("committed " + to + "/manifest-1")) {
                m.fault = step -> {
                    throw new IOException("the process is dead");
                };
            }
        };
        store.merge(new MergeRequest(from, to, "logs"), Progress.NONE);
        logs.fault = what -> {};
        m.fault = what -> {};
        media.stop("logs");
        restart();
    }

    private void restart() throws IOException {
        store.close();
        media.stop("m");
        media.add("m", m, "");
        store = new GenerationStore(media, home, 1);
    }

    @Test
    void r21_whatWasHeldMeanwhileStays() throws IOException {
        make(3);
        dieInMergeToLogs("data@2", "data@3");
        store.hold("data@2", "in-place mount of disk data");
        restart();
        media.add("logs", logs, "");
        chain.check(store, "data@1", "data@2", "data@3");
        assertThat(store.get("data@3").medium()).isEqualTo("logs");
        store.release("data@2", "in-place mount of disk data");
        chain.check(store, "data@1", "data@3");
        TestChain.checkNoGarbage(m, logs);
    }

    /** What builds upon something swallowed needs all below that, too; while its medium is away, the home knows of it. */
    @Test
    void r20_whatSomethingAwayWasBuiltUponStaysWithAllBelow() throws IOException {
        make(4);
        dieInMergeToLogs("data@2", "data@4");
        String child = chain.upon(store, "third", "data@3");
        media.stop("third");
        media.add("logs", logs, "");
        chain.check(store, "data@1", "data@2", "data@3", "data@4");
        assertThatThrownBy(() -> store.merge(new MergeRequest("data@1", "data@4", null), Progress.NONE))
                .hasMessageContaining("data@2");
        media.add("third", third, "");
        chain.check(store, "data@1", "data@2", "data@3", "data@4", child);
        store.remove(child);
        chain.check(store, "data@1", "data@4");
        TestChain.checkNoGarbage(m, logs, third);
    }

    /** While the former manifest is there still, what builds upon it is not led to what was swallowed, and is gone. */
    @Test
    void whatBuildsUponAResultWhoseFormerManifestStaysCanBeRead() throws IOException {
        make(4);
        m.fault = what -> {
            if (what.equals("delete data@3/manifest")) {
                throw new IOException("cannot be deleted now");
            }
        };
        store.merge(new MergeRequest("data@2", "data@3", "logs"), Progress.NONE);
        chain.check(store, "data@1", "data@3", "data@4");
        m.fault = what -> {};
        chain.check(store, "data@1", "data@3", "data@4");
        TestChain.checkNoGarbage(m, logs);
    }

    /** Who saw a manifest that is deleted this moment may be about to keep what it refers to. */
    @Test
    void r19_nothingIsSweptWhileManifestsAreBeingDeleted() throws IOException {
        make(3);
        dieInMergeToLogs("data@2", "data@3");
        List<String> swept = new ArrayList<>();
        m.fault = what -> {
            if (what.equals("delete data@2/manifest")) {
                m.objects.remove("data@2/manifest");
                store.create(chain.disk.request("m")).close();
                swept.add(m.objects.containsKey("data@2/index") ? "nothing" : "what it refers to");
            }
        };
        media.add("logs", logs, "");
        chain.check(store, "data@1", "data@3");
        m.fault = what -> {};
        assertThat(swept).containsExactly("nothing");
        TestChain.checkNoGarbage(m, logs);
    }

    /** A look at the media while a generation moves must not make the home forget where it will be. */
    @Test
    void r20_theHomeRemembersWhereAChildIsAboutToBe() throws IOException {
        make(2);
        logs.fault = what -> {
            if (what.equals("create data@2/manifest-1")) {
                store.survey();
            }
        };
        m.fault = what -> {
            if (what.equals("delete data@2/manifest")) {
                m.objects.remove("data@2/manifest");
                m.fault = step -> {
                    throw new IOException("the process is dead");
                };
                logs.fault = m.fault;
            }
        };
        store.merge(new MergeRequest("data@2", "data@2", "logs"), Progress.NONE);
        m.fault = what -> {};
        logs.fault = what -> {};
        media.stop("logs");
        restart();
        assertThatThrownBy(() -> store.remove("data@1")).hasMessageContaining("data@2 on medium 'logs'");
        media.add("logs", logs, "");
        chain.check(store, "data@1", "data@2");
    }

    /** What it was made of is all that there is then. */
    @Test
    void i9_whatADamagedResultWasMadeOfStays() throws IOException {
        make(3);
        dieInMergeToLogs("data@2", "data@3");
        byte[] object = logs.objects.remove("data@3/data-1.00.0000");
        media.add("logs", logs, "");
        assertThat(store.get("data@3").problem()).contains("data-1.00.0000");
        assertThat(m.objects).containsKeys("data@2/manifest", "data@3/manifest");
        media.stop("logs");
        chain.check(store, "data@1", "data@2", "data@3");
        logs.objects.put("data@3/data-1.00.0000", object);
        media.add("logs", logs, "");
        chain.check(store, "data@1", "data@3");
        TestChain.checkNoGarbage(m, logs);
    }
}
