package org.hikae.tape.store.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.ScanReport;
import org.hikae.tape.mount.Contents;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tape.mount.Present;
import org.hikae.tape.mount.VolumeReader;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.registry.ObjectBook;
import org.hikae.tape.store.registry.Registry;
import org.hikae.tape.store.registry.TableBook;
import org.hikae.tape.store.registry.VolumeBook;
import org.hikae.tape.store.registry.VolumeFacts;

/** Reads cartridges for what is on them. Thread-safe. */
public final class Cartridges implements VolumeReader {

    private final Mounts mounts;
    private final Registry registry;
    private final VolumeBook volumes;
    private final TableBook tables;
    private final ObjectBook objects;
    private final CatchUp catchUp;

    public Cartridges(
            Mounts mounts,
            Registry registry,
            VolumeBook volumes,
            TableBook tables,
            ObjectBook objects,
            CatchUp catchUp) {
        this.mounts = mounts;
        this.registry = registry;
        this.volumes = volumes;
        this.tables = tables;
        this.objects = objects;
        this.catchUp = catchUp;
    }

    @Override
    public void learn(Mounted mounted, Progress progress) throws IOException {
        CatchUp.Found found = catchUp.learn(mounted, false, progress);
        if (!found.readable()) {
            throw new IOException(found.problems().get(0));
        }
    }

    @Override
    public List<String> verify(String barcode, Progress progress) throws IOException {
        Verification.Result result;
        UUID volume;
        List<String> problems = new ArrayList<>();
        try (Mounted mounted = mounts.mount(barcode, null, Purpose.READ, progress)) {
            if (mounted.label().isEmpty()) {
                throw new IOException("cartridge " + barcode + " has no label of Hikae: there is nothing to verify");
            }
            problems.addAll(catchUp.learn(mounted, false, progress).problems());
            volume = mounted.label().get().volume();
            VolumeFacts facts = volumes.facts(volume).orElseThrow();
            result = Verification.run(mounted, facts, objects.on(volume), objects, progress);
        }
        objects.prove(result.right());
        for (Map.Entry<Copy, String> wrong : result.wrong().entrySet()) {
            objects.doubt(wrong.getKey().number(), wrong.getValue());
        }
        problems.addAll(result.problems());
        if (!problems.isEmpty()) {
            volumes.close(volume, VolumeFacts.Writing.DAMAGED, problems.get(0));
        }
        return problems.stream().distinct().toList();
    }

    @Override
    public ScanReport scan(boolean all, Progress progress) throws IOException {
        List<String> problems = new ArrayList<>();
        if (all) {
            String replaced = registry.replaceDamaged();
            if (replaced != null) {
                problems.add(replaced);
            }
        }
        int cartridges = 0;
        int found = 0;
        boolean whole = true;
        Set<UUID> read = new HashSet<>();
        for (Present present : mounts.present()) {
            progress.check();
            if (!present.loadable() || !all && isKnown(present)) {
                continue;
            }
            try (Mounted mounted = mounts.mount(present.barcode(), null, Purpose.READ, progress)) {
                if (mounted.contents() instanceof Contents.Labelled labelled) {
                    CatchUp.Found more = catchUp.learn(mounted, all, progress);
                    problems.addAll(more.problems());
                    found += more.objects();
                    cartridges++;
                    read.add(labelled.label().volume());
                } else if (mounted.contents() instanceof Contents.Foreign foreign && foreign.damaged()) {
                    problems.add("cartridge " + present.barcode() + " was not read: it " + foreign.what());
                }
            } catch (IOException e) {
                progress.check();
                whole = false;
                problems.add("cartridge " + present.barcode() + " was not read: " + Reason.of(e));
            }
        }
        if (all && whole) {
            tables.catchUp(read);
        }
        problems.addAll(tables.gaps());
        return new ScanReport(
                cartridges, found, objects.media(), problems.stream().distinct().toList());
    }

    /** Whether nothing new can be on it, as far as one knows. */
    private boolean isKnown(Present present) throws IOException {
        if (present.seen() == null || !(present.seen().contents() instanceof Contents.Labelled labelled)) {
            return present.seen() != null && present.seen().contents() != null;
        }
        VolumeFacts facts = volumes.facts(labelled.label().volume()).orElse(null);
        return facts != null
                && facts.known()
                && facts.hidden() == null
                && facts.tail() >= tables.listedTail(facts.id());
    }
}
