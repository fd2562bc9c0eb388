package org.hikae.media.format;

import org.hikae.api.media.GenerationInfo;

/** What users are told of generations. */
public final class Infos {

    private Infos() {}

    /**
     * @param medium the name that the generation's medium has now
     * @param manifestLength bytes of the manifest
     */
    public static GenerationInfo of(Manifest manifest, String medium, long manifestLength) {
        return of(manifest, medium, manifestLength, null);
    }

    /** @param problem why it cannot be read; null if nothing is known against it */
    public static GenerationInfo of(Manifest manifest, String medium, long manifestLength, String problem) {
        Manifest.Log log = manifest.log();
        return new GenerationInfo(
                manifest.id(),
                manifest.disk(),
                manifest.diskId(),
                manifest.number(),
                manifest.kind(),
                manifest.parent() == null ? null : manifest.parent().id(),
                manifest.mark(),
                manifest.group() == null ? null : manifest.group().of(),
                manifest.point(),
                manifest.instant(),
                manifest.size(),
                manifest.blockSize(),
                manifest.diskFormat(),
                manifest.blocks(),
                manifest.ownBlocks(),
                manifest.dataBytes(),
                manifest.storedBytes() + manifestLength,
                manifest.loggedBlocks(),
                manifest.layout().text(),
                log == null ? null : log.placement(),
                medium,
                log == null ? null : log.medium().name(),
                manifest.pauseNanos(),
                problem);
    }

    /** A generation of which not even the manifest can be read. */
    public static GenerationInfo unreadable(GenerationId id, String medium, String problem) {
        return new GenerationInfo(
                id.toString(),
                id.disk(),
                null,
                id.number(),
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                medium,
                null,
                0,
                problem);
    }
}
