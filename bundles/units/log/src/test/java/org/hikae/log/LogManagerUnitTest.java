package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.log.FakeStrategy.disk;
import static org.hikae.log.FakeStrategy.generation;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogPlacement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strategies are stored, found again, and go away under the sessions that use them. */
class LogManagerUnitTest {

    private static final BlockSet WANTED = BlockSet.range(0, 10);
    private static final Map<String, Object> CENTRAL = Map.of(LogGathering.NAME, "central");
    private static final Map<String, Object> OVERLAY = Map.of(LogPlacement.NAME, "overlay");

    private final Configurations configurations = new Configurations();
    private final LogManagerUnit unit = new LogManagerUnit(configurations.admin());
    private final FakeStrategy fake = new FakeStrategy();
    private final LogGathering central = fake.gathering();
    private final LogPlacement overlay = fake.placement();

    @BeforeEach
    void start() {
        unit.addGathering(central, CENTRAL);
        unit.addPlacement(overlay, OVERLAY);
    }

    private LogSession open() throws IOException {
        return unit.open(disk(), WANTED, generation());
    }

    @Test
    void whatIsStoredIsInForce() throws IOException {
        LogStrategy own = new LogStrategy("central", "overlay", "m2", Overload.holdWrites(Duration.ofSeconds(7)));
        LogStrategy all = new LogStrategy("central", "overlay", null, Overload.FAIL_BACKUP);
        assertThat(unit.strategy("d")).isEqualTo(LogStrategy.DEFAULT);
        unit.setStrategy("d", own);
        unit.setStrategy(null, all);
        assertThat(unit.strategy("d")).isEqualTo(own);
        assertThat(unit.strategy("other")).isEqualTo(all);
        assertThat(unit.hasStrategy("d")).isTrue();
        assertThat(unit.hasStrategy("other")).isFalse();
        unit.setStrategy("d", null);
        assertThat(unit.strategy("d")).isEqualTo(all);
        assertThat(unit.hasStrategy("d")).isFalse();
    }

    /** One that was stored before there was anything to choose about an overload. */
    @Test
    void anOldStrategyFailsTheBackup() {
        configurations.put("d", Map.of("gather", "central", "place", "separate", "logMedium", ""));
        assertThat(unit.strategy("d")).isEqualTo(new LogStrategy("central", "separate", null, Overload.FAIL_BACKUP));
    }

    @Test
    void writesAreHeldForAMinuteUnlessItIsSaid() {
        configurations.put("d", Map.of("overload", "hold-writes"));
        assertThat(unit.strategy("d").overload()).isEqualTo(Overload.holdWrites(Duration.ofMinutes(1)));
        configurations.put("d", Map.of("overload", "hold-writes", "holdSeconds", 3600));
        assertThat(unit.strategy("d").overload()).isEqualTo(Overload.holdWrites(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3601", "-1", "soon", "", "9223372036854775807"})
    void aLimitThatCannotBeIsNamed(String seconds) {
        configurations.put("d", Map.of("name", "d", "overload", "hold-writes", "holdSeconds", seconds));
        assertThatThrownBy(() -> unit.strategy("d"))
                .hasMessage("the log strategy 'd' holds writes for '" + seconds
                        + "' seconds; choose 1 to 3600 with 'bilog strategy --hold-limit'");
    }

    @Test
    void anOverloadThatCannotBeIsNamed() {
        configurations.put("d", Map.of("name", "d", "overload", "hope"));
        assertThatThrownBy(() -> unit.strategy("d"))
                .hasMessage("the log strategy 'd' has the overload 'hope'; choose fail-backup or hold-writes with "
                        + "'bilog strategy --overload'");
    }

    @Test
    void whatNothingProvidesIsRefused() {
        assertThatThrownBy(() -> unit.setStrategy(null, new LogStrategy("per-node", "overlay", null)))
                .hasMessageContaining("gathering 'per-node' is not there; there is: central");
        assertThatThrownBy(() -> unit.setStrategy(null, new LogStrategy("central", "medium", null)))
                .hasMessageContaining("placement 'medium' is not there; there is: overlay");
        assertThat(unit.hasStrategy(null)).isFalse();
        unit.removePlacement(overlay, OVERLAY);
        assertThatThrownBy(this::open).hasMessageContaining("placement 'overlay' is not there");
    }

    @Test
    void aSessionUsesTheOverloadThatWasChosen() throws IOException {
        Overload held = Overload.holdWrites(Duration.ofSeconds(9));
        unit.setStrategy("d", new LogStrategy("central", "overlay", null, held));
        try (LogSession session = open()) {
            assertThat(fake.session.overload()).isEqualTo(held);
            assertThat(fake.session.patience()).isSameAs(fake.patience);
            session.check();
        }
    }

    @Test
    void aGatheringThatGoesFailsThoseThatUseItAndNobodyElse() throws IOException {
        FakeStrategy third = new FakeStrategy();
        unit.addGathering(third.gathering(), Map.of(LogGathering.NAME, "third"));
        LogSession before = open();
        unit.setStrategy("d", new LogStrategy("third", "overlay", null));
        LogSession other = open();
        unit.removeGathering(central, CENTRAL);
        assertThatThrownBy(before::check).hasMessage("the log gathering 'central' was stopped");
        other.check();
        assertThat(unit.gatherings()).containsExactly("third");
        before.close();
        other.close();
    }

    @Test
    void aPlacementThatGoesFailsThoseThatUseItAndNobodyElse() throws IOException {
        unit.addPlacement(fake.placement(), Map.of(LogPlacement.NAME, "separate"));
        LogSession before = open();
        unit.setStrategy("d", new LogStrategy("central", "separate", null));
        LogSession other = open();
        unit.removePlacement(overlay, OVERLAY);
        assertThatThrownBy(before::check).hasMessage("the log placement 'overlay' was stopped");
        other.check();
        assertThat(unit.placements()).containsExactly("separate");
        before.close();
        other.close();
    }

    /** Its place is taken by another of its name; the session that was just being opened has the one that went. */
    @Test
    void aGatheringThatGoesWhileASessionIsOpenedFailsIt() {
        LogGathering[] going = new LogGathering[1];
        going[0] = (session, sink) -> {
            unit.removeGathering(going[0], CENTRAL);
            return central.open(session, sink);
        };
        unit.removeGathering(central, CENTRAL);
        unit.addGathering(going[0], CENTRAL);
        unit.addGathering(central, CENTRAL);
        assertThatThrownBy(this::open).hasMessage("the log gathering 'central' was stopped");
        assertThat(fake.ended).containsExactly("gatherer", "sink");
    }

    @Test
    void aGatheringThatCannotServeLeavesNothingOpen() {
        unit.removeGathering(central, CENTRAL);
        unit.addGathering(
                (session, sink) -> {
                    throw new IOException("no temporary log medium");
                },
                CENTRAL);
        assertThatThrownBy(this::open).hasMessage("no temporary log medium");
        assertThat(fake.ended).containsExactly("sink");
    }

    @Test
    void theManagersStopFailsEverySession() throws IOException {
        LogSession session = open();
        unit.stop();
        assertThatThrownBy(session::check).hasMessage("the log manager was stopped");
        session.close();
    }
}
