package org.hikae.media.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.job.Reason;
import org.hikae.api.media.MergeReport;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Infos;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.format.MediumRef;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.format.ParentRef;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.merge.Merged;
import org.hikae.media.read.Link;
import org.hikae.media.read.ObjectLengths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a merge by which its result takes the place of other generations. Thread-safe. */
record Switching(
        Lookout lookout, Shelves shelves, Children children, Finishing finishing, Garbage garbage, InUse inUse) {

    private static final Logger LOG = LoggerFactory.getLogger(Switching.class);

    /**
     * What there was before.
     *
     * @param range the newest first
     * @param leftovers all objects of the range
     */
    record Before(List<Link> range, List<Answer<Shelf.View>> seen, Leftovers leftovers) {

        private GenerationId newest() {
            return GenerationId.parse(range.get(0).manifest().id()).orElseThrow();
        }

        /** Higher than any that the newest one ever left anything of: names are not given twice. */
        int revision() {
            GenerationId id = newest();
            return 1
                    + seen.stream()
                            .filter(Answer::isGiven)
                            .flatMap(answer -> answer.value().folders().getOrDefault(id, Map.of()).keySet().stream())
                            .mapToInt(id::revisionOf)
                            .max()
                            .orElse(0);
        }
    }

    /** The result is there; what is left to do is not urgent. */
    record Done(Manifest manifest, long manifestLength, Merged merged, UsableMedium target, Before before) {}

    Before before(List<Link> range) throws IOException {
        List<Answer<Shelf.View>> seen = lookout.look();
        return new Before(List.copyOf(range), seen, new Leftovers(range, seen));
    }

    /**
     * Makes sure that the result can take its place.
     *
     * @return its manifest
     */
    Manifest prepare(Manifest made, Before before, UsableMedium target) throws IOException {
        // Another home may have taken the medium over meanwhile, or a copy of this one may have taken things for
        // garbage.
        target.checkOwned();
        Map<String, Long> lengths = new HashMap<>();
        Set<GenerationId> owners = new LinkedHashSet<>();
        made.own()
                .forEach(object ->
                        owners.add(GenerationId.ofObject(object.name()).orElseThrow()));
        for (GenerationId owner : owners) {
            lengths.putAll(ObjectLengths.list(target.objects(), owner + "/"));
        }
        List<String> wrong = Sighting.compare(made.own(), lengths, target);
        if (!wrong.isEmpty()) {
            throw new IOException("generation " + made.id() + " cannot be made anew on medium '" + target.name() + "': "
                    + String.join("; ", wrong));
        }
        if (made.parent() != null) {
            children.noteToo(made.parent().id(), made.id(), new MediumRef(target.id(), target.name()));
        }
        return made.madeBy(merge(made.merge(), before));
    }

    /** What earlier merges have not finished is to be finished still when their results are a part of this one. */
    private static Manifest.Merge merge(Manifest.Merge made, Before before) {
        List<ParentRef> merged = new ArrayList<>(made.merged());
        for (Link link : before.range) {
            Manifest.Merge earlier = link.manifest().merge();
            if (earlier != null) {
                earlier.merged().stream()
                        .filter(each -> mayBeThere(each, before.seen))
                        .forEach(merged::add);
                boolean swallowed = link != before.range.get(0);
                if (swallowed) {
                    MediumRef medium = link.manifest().medium();
                    earlier.replaces()
                            .forEach(hash ->
                                    merged.add(new ParentRef(link.manifest().id(), medium, hash)));
                }
            }
        }
        merged.sort(Comparator.comparing((ParentRef each) ->
                        GenerationId.parse(each.id()).orElseThrow().number())
                .reversed());
        return new Manifest.Merge(made.revision(), made.replaces(), merged);
    }

    private static boolean mayBeThere(ParentRef former, List<Answer<Shelf.View>> seen) {
        boolean away = seen.stream()
                .noneMatch(answer -> answer.isGiven()
                        && answer.medium().id().equals(former.medium().id()));
        return away
                || seen.stream()
                        .filter(Answer::isGiven)
                        .flatMap(answer -> answer.value().manifests())
                        .anyMatch(each ->
                                each.stored() != null && each.stored().sha256().equals(former.sha256()));
    }

    /** Writes the manifest, and deletes those whose place it takes. If this throws, nothing has changed. */
    Done commit(Manifest manifest, Merged merged, Before before, UsableMedium target) throws IOException {
        byte[] bytes = ManifestCodec.encode(manifest);
        try (ObjectWriter writer = target.objects().create(manifest.name())) {
            writer.write(ByteBuffer.wrap(bytes));
            writer.commit();
        } catch (IOException | RuntimeException e) {
            withdraw(manifest, target, e);
            throw e;
        } finally {
            shelves.of(target).forget(manifest.name());
            inUse.hasSwitched();
        }
        deleteFormer(before);
        return new Done(manifest, bytes.length, merged, target, before);
    }

    /** It may be there although its writer failed. If it cannot be deleted either, the next look at the medium decides. */
    private static void withdraw(Manifest manifest, UsableMedium target, Exception cause) {
        try {
            target.objects().delete(manifest.name());
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Of what earlier merges have left, nobody has asked here whether it is in use: that is not for now. */
    private void deleteFormer(Before before) {
        GenerationId id = before.newest();
        Set<String> range = new HashSet<>();
        before.range.forEach(link -> range.add(link.manifest().id()));
        try {
            for (Superseded.Gone gone : lookout.superseded().gone()) {
                if (gone.result().id().equals(id)
                        && range.contains(gone.sighting().id().toString())) {
                    finishing.delete(gone.sighting(), gone.result());
                }
            }
        } catch (IOException e) {
            LOG.warn("what {} has taken the place of stays for now: {}", id, Reason.of(e));
        }
    }

    /** Deletes what nobody needs any more, or leaves it to a later look. */
    MergeReport finish(Done done) {
        Set<UsableMedium> changed = new LinkedHashSet<>(List.of(done.target));
        for (Link link : done.before.range) {
            changed.add(link.medium());
            if (link.log() != null) {
                changed.add(link.log());
            }
        }
        changed.forEach(garbage::remove);
        Set<String> needed = new HashSet<>();
        done.manifest.own().stream().map(ObjectRef::name).forEach(needed::add);
        Leftovers.Count left = done.before.leftovers.count(lookAgain(), needed);
        List<String> swallowed = done.before.range.stream()
                .skip(1)
                .map(link -> link.manifest().id())
                .toList();
        return new MergeReport(
                Infos.of(done.manifest, done.target.name(), done.manifestLength),
                swallowed,
                done.merged.movedBytes(),
                done.merged.recodedBytes(),
                left.freed(),
                left.later());
    }

    /** Nothing is known to be gone if it cannot be looked. */
    private List<Answer<Shelf.View>> lookAgain() {
        try {
            return lookout.look();
        } catch (IOException e) {
            LOG.warn("the media could not be looked at after a merge: {}", Reason.of(e));
            return List.of();
        }
    }

    /** Nothing has come of a merge: what it has left is deleted, if it can be. */
    void clean(UsableMedium target) {
        garbage.remove(target);
    }
}
