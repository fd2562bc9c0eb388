package org.hikae.itests.platform;

import org.junit.Test;
import org.ops4j.pax.exam.Option;

/** A gathering that somebody else's bundle brings, compiled against the API alone (f.1, f.3). */
public class ThirdPartyLogIT extends LogStrategyContract {
    @Override
    protected Option[] more() {
        return TestLibraries.options(bundle());
    }

    @Override
    String name() {
        return "straight";
    }

    @Override
    String bundle() {
        return "org.hikae.example.driver";
    }

    @Override
    String other() {
        return "central";
    }

    @Override
    boolean outlivesNodes() {
        return true;
    }

    /** It is no part of what ships. */
    @Override
    int seeds() {
        return 1;
    }

    @Test
    @Override
    public void i1_historiesWithEveryPlacement() throws Exception {
        super.i1_historiesWithEveryPlacement();
    }

    @Test
    @Override
    public void i1_historiesWithEveryPlacementStepByStep() throws Exception {
        super.i1_historiesWithEveryPlacementStepByStep();
    }

    @Test
    @Override
    public void r9_aNodeIsLostInMidBackup() throws Exception {
        super.r9_aNodeIsLostInMidBackup();
    }

    @Test
    @Override
    public void r9_aNodeIsKilledBetweenLogAndWrite() throws Exception {
        super.r9_aNodeIsKilledBetweenLogAndWrite();
    }

    @Test
    @Override
    public void r6_theCounterIsRestarted() throws Exception {
        super.r6_theCounterIsRestarted();
    }

    @Test
    @Override
    public void r9_aNodeLeavesAndComesBackInMidBackup() throws Exception {
        super.r9_aNodeLeavesAndComesBackInMidBackup();
    }

    @Test
    @Override
    public void twoBackupsOfADiskAtOnce() throws Exception {
        super.twoBackupsOfADiskAtOnce();
    }

    @Test
    @Override
    public void f1_itsBundleIsStoppedInMidBackupAndAnotherTakesItsPlace() throws Exception {
        super.f1_itsBundleIsStoppedInMidBackupAndAnotherTakesItsPlace();
    }

    @Test
    @Override
    public void f1_theLogManagerIsStoppedInMidBackup() throws Exception {
        super.f1_theLogManagerIsStoppedInMidBackup();
    }
}
