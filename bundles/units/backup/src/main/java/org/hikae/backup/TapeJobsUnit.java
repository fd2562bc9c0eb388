package org.hikae.backup;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.api.backup.GenerationOnTape;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.catalog.Rebuilder;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.nbd.NbdServer;
import org.hikae.api.tape.Tapes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Starts the jobs of tape; is there also while there is no tape control, to say so. */
@Component
public final class TapeJobsUnit implements TapeJobs {

    private final TapeUnits units;
    private final CartridgeJobs cartridges;

    /** Null while there is none, as the next ones. */
    private final AtomicReference<SecondTier> tier = new AtomicReference<>();

    private final AtomicReference<Tapes> tapes = new AtomicReference<>();

    private final AtomicReference<NbdServer> nbd = new AtomicReference<>();

    private final List<Rebuilder> rebuilders = new CopyOnWriteArrayList<>();

    /** @param clock what goes by time goes by this clock, if a platform has one of its own; null: the system's */
    @Activate
    public TapeJobsUnit(
            @Reference Jobs jobs,
            @Reference Generations generations,
            @Reference Media media,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstantSource clock) {
        units = new TapeUnits(
                jobs,
                generations,
                media,
                tier::get,
                tapes::get,
                this::mounted,
                () -> List.copyOf(rebuilders),
                clock == null ? InstantSource.system() : clock);
        cartridges = new CartridgeJobs(units);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTier(SecondTier found) {
        tier.set(found);
    }

    /** The next one may have come before this one goes. */
    void unbindTier(SecondTier gone) {
        tier.compareAndSet(gone, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTapes(Tapes found) {
        tapes.set(found);
    }

    void unbindTapes(Tapes gone) {
        tapes.compareAndSet(gone, null);
    }

    /** What clients have mounted is in use. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindNbd(NbdServer found) {
        nbd.set(found);
    }

    void unbindNbd(NbdServer gone) {
        nbd.compareAndSet(gone, null);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRebuilder(Rebuilder rebuilder) {
        rebuilders.add(rebuilder);
    }

    void unbindRebuilder(Rebuilder rebuilder) {
        rebuilders.remove(rebuilder);
    }

    private Set<String> mounted() {
        NbdServer server = nbd.get();
        return server == null ? Set.of() : server.mounted();
    }

    @Override
    public Job write(Write request) throws IOException {
        units.tier();
        TapeWriteSteps steps = new TapeWriteSteps(units);
        steps.order(request);
        return units.jobs()
                .start("tape-write", TapeWriteSteps.subject(request), progress -> steps.run(request, progress));
    }

    @Override
    public Job verify(String generation) throws IOException {
        TapeVerifySteps steps = new TapeVerifySteps(units);
        steps.check(generation);
        return units.jobs().start("tape-verify", generation, progress -> steps.run(generation, progress));
    }

    @Override
    public Job verifyCartridge(String barcode) throws IOException {
        units.tapes().cartridge(barcode);
        TapeVerifySteps steps = new TapeVerifySteps(units);
        return units.jobs()
                .start("tape-verify", "cartridge " + barcode, progress -> steps.runCartridge(barcode, progress));
    }

    @Override
    public Job evict(List<String> generations) throws IOException {
        units.tier();
        for (String each : generations) {
            units.generations().get(each);
        }
        List<String> all = List.copyOf(generations);
        return units.jobs().start("evict", TapeWriteSteps.several(all), progress -> new EvictSteps(units.generations())
                .run(all, progress));
    }

    @Override
    public Job migrate(MigrateRequest request) throws IOException {
        units.tier();
        return units.jobs().start("migrate", MigrateSteps.subject(request), progress -> new MigrateSteps(units)
                .run(request, progress));
    }

    @Override
    public List<String> plan(MigrateRequest request) throws IOException {
        return MigratePlanner.plan(units, request).lines();
    }

    @Override
    public Job rebuild(boolean all) throws IOException {
        units.tapes();
        return units.jobs()
                .start(
                        "tape-scan",
                        all ? "all cartridges" : "cartridges that are not known",
                        progress -> new RebuildSteps(units).run(all, progress));
    }

    @Override
    public Job inventory(String library, boolean relabel) throws IOException {
        return cartridges.inventory(library, relabel);
    }

    @Override
    public Job label(String barcode, String pool, boolean force) throws IOException {
        return cartridges.label(barcode, pool, force);
    }

    @Override
    public Job erase(String barcode, boolean force) throws IOException {
        return cartridges.erase(barcode, force);
    }

    @Override
    public Job lose(String barcode, boolean force) throws IOException {
        return cartridges.lose(barcode, force);
    }

    @Override
    public Job export(String barcode) throws IOException {
        return cartridges.export(barcode);
    }

    @Override
    public Job importAll(String library) throws IOException {
        return cartridges.importAll(library);
    }

    @Override
    public List<GenerationOnTape> generations() throws IOException {
        return TapeListing.all(units.generations(), units.tier());
    }
}
