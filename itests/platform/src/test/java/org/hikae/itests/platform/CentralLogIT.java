package org.hikae.itests.platform;

import org.junit.Test;

/** Every record goes to the log manager at once (a.3). */
public class CentralLogIT extends LogStrategyContract {
    @Override
    String name() {
        return "central";
    }

    @Override
    String bundle() {
        return "org.hikae.log-central";
    }

    @Override
    String other() {
        return "per-node";
    }

    @Override
    boolean outlivesNodes() {
        return true;
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
