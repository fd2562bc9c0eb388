package org.hikae.shell.command;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.backup.GenerationOnTape;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.job.Job;

/** Tape jobs that were asked for, and the one that each of them is. */
final class FakeTapeJobs implements TapeJobs {

    final List<Object> asked = new ArrayList<>();
    final List<GenerationOnTape> generations = new ArrayList<>();
    List<String> plan = List.of();
    FakeJob job;

    private Job asked(Object what) {
        asked.add(what);
        return job;
    }

    @Override
    public Job write(Write request) {
        return asked(request);
    }

    @Override
    public Job verify(String generation) {
        return asked("verify " + generation);
    }

    @Override
    public Job verifyCartridge(String barcode) {
        return asked("verify cartridge " + barcode);
    }

    @Override
    public Job evict(List<String> ids) {
        return asked("evict " + ids);
    }

    @Override
    public Job migrate(MigrateRequest request) {
        return asked(request);
    }

    @Override
    public List<String> plan(MigrateRequest request) {
        asked.add("plan");
        asked.add(request);
        return plan;
    }

    @Override
    public Job rebuild(boolean all) {
        return asked("rebuild " + all);
    }

    @Override
    public Job inventory(String library, boolean relabel) {
        return asked("inventory " + library + " " + relabel);
    }

    @Override
    public Job label(String barcode, String pool, boolean force) {
        if (pool.isBlank()) {
            throw new IllegalArgumentException("'" + pool + "' cannot be the name of a pool");
        }
        return asked("label " + barcode + " " + pool + " " + force);
    }

    @Override
    public Job erase(String barcode, boolean force) {
        return asked("erase " + barcode + " " + force);
    }

    @Override
    public Job lose(String barcode, boolean force) {
        return asked("lose " + barcode + " " + force);
    }

    @Override
    public Job export(String barcode) {
        return asked("export " + barcode);
    }

    @Override
    public Job importAll(String library) {
        return asked("import " + library);
    }

    @Override
    public List<GenerationOnTape> generations() {
        return generations;
    }
}
