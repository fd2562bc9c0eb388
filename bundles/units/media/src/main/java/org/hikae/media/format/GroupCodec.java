package org.hikae.media.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.hikae.api.group.Meta;
import org.hikae.api.media.GenerationGroup;

/** The part of a manifest that says of which group of files a generation is (b.1). */
final class GroupCodec {

    private GroupCodec() {}

    static void put(ObjectNode json, Manifest.Group group) {
        json.put("name", group.of().name());
        json.put("meta", text(group.of().meta()));
        ArrayNode list = json.putArray("list");
        group.of().list().forEach(list::add);
        if (group.files() != null) {
            ManifestCodec.putIndex(json.putObject("files"), group.files());
        }
    }

    static Manifest.Group group(Fields json) throws DamagedException {
        GenerationGroup of = new GenerationGroup(json.text("name"), meta(json.text("meta")), json.texts("list"));
        return new Manifest.Group(of, json.has("files") ? ManifestCodec.index(json.object("files")) : null);
    }

    private static String text(Meta meta) {
        return meta.name().toLowerCase(Locale.ROOT);
    }

    private static Meta meta(String text) throws DamagedException {
        for (Meta meta : Meta.values()) {
            if (text(meta).equals(text)) {
                return meta;
            }
        }
        throw new DamagedException("has the unknown meta information '" + text + "'");
    }

    /**
     * Whether what is said of the group fits the rest of the manifest: a merge takes the object as it is, and it stays where it
     * is if it lies there already.
     */
    static boolean makesSense(GenerationId id, Manifest manifest) {
        Manifest.Group group = manifest.group();
        boolean sane = manifest.image() == null && !group.of().name().isEmpty();
        if (group.of().meta() == Meta.ALL) {
            return sane && group.files() == null;
        }
        return sane && group.files() != null && isMeta(id, group.files().name(), manifest.revision());
    }

    private static boolean isMeta(GenerationId id, String name, int newest) {
        int revision = id.revisionOf(name);
        return revision <= newest && name.equals(id.meta(revision));
    }
}
