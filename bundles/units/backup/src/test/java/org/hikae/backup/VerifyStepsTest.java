package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.hikae.api.media.VerifyReport;
import org.junit.jupiter.api.Test;

class VerifyStepsTest {

    private final Map<String, VerifyReport> reports = new TreeMap<>();
    private final List<Long> totals = new ArrayList<>();
    private int open;
    /** Why a generation cannot be opened with all that it builds upon; null if it can. */
    private String broken;

    /** Generations of which each says what it was told to say, and has 10 bytes to read. */
    private final Generations generations = (Generations) Proxy.newProxyInstance(
            Generations.class.getClassLoader(), new Class<?>[] {Generations.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("open")) {
                    return open();
                }
                if (!method.getName().equals("verify")) {
                    throw new UnsupportedOperationException(method.getName());
                }
                VerifyReport report = reports.get(arguments[0]);
                if (report == null) {
                    throw new IOException("there is no generation '" + arguments[0] + "'");
                }
                ((Progress) arguments[1]).total(10);
                ((Progress) arguments[1]).advance(10);
                return report;
            });

    private final Progress progress = new Progress() {
        @Override
        public void phase(String phase) {}

        @Override
        public void total(long bytes) {
            totals.add(bytes);
        }

        @Override
        public void advance(long bytes) {}

        @Override
        public void check() {}

        @Override
        public void pass(Check check) {}

        @Override
        public void onCancel(Runnable action) {}
    };

    private GenerationReader open() throws IOException {
        if (broken != null) {
            throw new IOException(broken);
        }
        open++;
        return (GenerationReader) Proxy.newProxyInstance(
                GenerationReader.class.getClassLoader(),
                new Class<?>[] {GenerationReader.class},
                (proxy, method, arguments) -> {
                    open -= method.getName().equals("close") ? 1 : 0;
                    return null;
                });
    }

    private void report(String id, List<String> damages, String... parents) {
        reports.put(id, new VerifyReport(10, damages, BlockSet.range(0, damages.size()), List.of(parents)));
    }

    private Map<String, Object> run(boolean chain) throws IOException {
        return new VerifySteps(generations, progress).run("d@3", chain);
    }

    @Test
    void parentsAreNamedOrVerified() throws IOException {
        report("d@3", List.of(), "d@2", "d@1");
        report("d@2", List.of(), "d@1");
        report("d@1", List.of());
        assertThat(run(false))
                .isEqualTo(Map.of("generation", "d@3", "readBytes", 10L, "unverifiedParents", "d@2, d@1"));
        totals.clear();
        assertThat(run(true)).isEqualTo(Map.of("generation", "d@3", "readBytes", 30L, "verifiedParents", "d@2, d@1"));
        assertThat(totals).containsExactly(10L, 20L, 30L);
    }

    /** Another generation may bear a parent's name by now, and be intact. */
    @Test
    void whatIsIntactMustBelongTogetherToo() throws IOException {
        report("d@3", List.of(), "d@2");
        report("d@2", List.of());
        broken = "generation d@2 is not what it was";
        assertThatThrownBy(() -> run(true))
                .hasMessage("generation d@3 cannot be read: generation d@2 is not what it was");
        assertThat(run(false)).containsKey("unverifiedParents");
        broken = null;
        assertThat(run(true)).containsEntry("verifiedParents", "d@2");
        assertThat(open).isZero();
    }

    @Test
    void everythingThatIsWrongIsSaid() throws IOException {
        report("d@3", List.of("a frame is damaged"), "d@2", "d@1");
        report("d@1", List.of("its index is damaged"));
        assertThatThrownBy(() -> run(true))
                .hasMessageContaining("generation d@3 is damaged: a frame is damaged; 1 blocks")
                .hasMessageContaining("there is no generation 'd@2'")
                .hasMessageContaining("generation d@1 is damaged: its index is damaged");
        assertThatThrownBy(() -> run(false)).hasMessageNotContaining("d@1");
    }
}
