package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.hikae.cache.Controls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No unlogged writer, on cache control, the log manager and the gatherings in use. */
@Timeout(30)
class R9Test {

    @TempDir
    private Path folder;

    private boolean fenceReaches = true;
    /** What happens while a node is fenced. */
    private Runnable whileFenced = () -> {};

    private final CacheControl control = Controls.with(this::fence);
    private Lab lab;
    private SessionGate n1;
    private SessionGate n2;

    private boolean fence(String node, long incarnation) {
        whileFenced.run();
        return fenceReaches;
    }

    /** N1 and N2 are under the session. */
    private void begin(Gatherings gathering) throws IOException {
        lab = new Lab(gathering.make(), folder);
        n1 = new SessionGate(lab.node("n1"));
        n2 = new SessionGate(lab.node("n2"));
        control.admit(n1);
        control.admit(n2);
        control.begin(lab.disk, lab.session, () -> {});
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private void assertSealedAsOfT0() throws IOException {
        lab.copyRest();
        lab.assertSealedAsOfT0(control.end(lab.session));
    }

    private void assertNotSealed(String reason) {
        List<LogReceipt> receipts = control.end(lab.session);
        assertThatThrownBy(() -> lab.session.complete(receipts)).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @EnumSource(Gatherings.class)
    void r9_whatAllNodesHaveLoggedIsInTheGeneration(Gatherings gathering) throws IOException {
        begin(gathering);
        lab.write(n1.log, 3);
        lab.write(n2.log, 4);
        lab.write(n2.log, 3);
        assertSealedAsOfT0();
    }

    @Test
    void r9_aLostNodeWhoseLogIsHeldElsewhereIsTolerated() throws IOException {
        begin(Gatherings.CENTRAL);
        lab.write(n1.log, 3);
        lab.write(n2.log, 4);
        control.lost(n1);
        lab.write(n2.log, 3);
        lab.write(n2.log, 5);
        assertSealedAsOfT0();
    }

    @ParameterizedTest
    @EnumSource(Gatherings.class)
    void r9_aNodeIsKilledBetweenLogAndWrite(Gatherings gathering) throws IOException {
        begin(gathering);
        BlockRun run = Lab.block(3);
        n1.log.append(n1.log.missing(run), lab.read(run));
        control.lost(n1);
        lab.write(n2.log, 3);
        if (gathering == Gatherings.CENTRAL) {
            assertSealedAsOfT0();
        } else {
            assertNotSealed("n1");
        }
    }

    /** Its log is lost with it: the backup is told at once, and the other's guest goes on. */
    @Test
    void r9_aNodeThatIsLostWithItsLogFailsTheBackup() throws IOException {
        begin(Gatherings.PER_NODE);
        lab.write(n1.log, 3);
        control.lost(n1);
        assertThatThrownBy(lab.session::check).hasMessageContaining("n1");
        assertThat(n2.log.missing(Lab.block(4))).isEmpty();
        lab.write(n2.log, 4);
        assertNotSealed("n1");
    }

    /** Nobody has asked it for the last time yet. */
    @Test
    void r9_aNodeThatIsJustBeingLostWhenTheBackupEndsIsNotTakenForALivingOne() throws IOException {
        begin(Gatherings.PER_NODE);
        lab.write(n1.log, 3);
        List<LogReceipt> receipts = new ArrayList<>();
        whileFenced = () -> receipts.addAll(control.end(lab.session));
        control.lost(n1);
        assertThat(receipts).extracting(LogReceipt::node).containsExactly("n1", "n2");
        assertThatThrownBy(() -> lab.session.complete(receipts)).hasMessageContaining("n1");
    }

    @Test
    void r9_aNodeThatIsLostAndHadLoggedNothingIsTolerated() throws IOException {
        begin(Gatherings.PER_NODE);
        lab.write(n2.log, 3);
        control.lost(n1);
        assertSealedAsOfT0();
    }

    @ParameterizedTest
    @EnumSource(Gatherings.class)
    void r9_aNodeThatJoinsIsUnderTheSessionBeforeItMayWrite(Gatherings gathering) throws IOException {
        begin(gathering);
        SessionGate n3 = new SessionGate(lab.node("n3"));
        control.admit(n3);
        lab.write(n3.log, 3);
        lab.write(n1.log, 3);
        control.dismiss(n3);
        assertSealedAsOfT0();
    }

    @Test
    void r9_aNodeThatTheSessionDoesNotTakeFailsIt() throws IOException {
        begin(Gatherings.CENTRAL);
        control.admit(new SessionGate(lab.node("n3")) {
            @Override
            public boolean enter(LogSession session) throws IOException {
                throw new IOException("no room");
            }

            @Override
            public LogReceipt leave(LogSession session) {
                return new LogReceipt("n3", 1, 0, true);
            }
        });
        assertNotSealed("n3");
    }

    @Test
    void r9_withoutANodesReceiptNothingIsSealed() throws IOException {
        begin(Gatherings.CENTRAL);
        lab.write(n1.log, 3);
        assertThatThrownBy(() -> lab.session.complete(List.of(n2.leave(lab.session))))
                .hasMessageContaining("n1");
    }

    @Test
    void r9_anUnloggedWriteForbidsTheSeal() throws IOException {
        begin(Gatherings.CENTRAL);
        n1.log.unlogged(Lab.block(3), new IOException("disk error"));
        assertNotSealed("disk error");
    }

    /** It may go on to write what nobody logs. */
    @Test
    void r9_aLostNodeThatNoFenceReachesFailsTheBackup() throws IOException {
        begin(Gatherings.CENTRAL);
        lab.write(n1.log, 3);
        fenceReaches = false;
        control.lost(n1);
        assertNotSealed("n1");
    }
}
