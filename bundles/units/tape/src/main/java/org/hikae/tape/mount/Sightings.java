package org.hikae.tape.mount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.io.DurableFiles;
import org.hikae.tape.home.SealedText;
import org.hikae.tape.home.TapeHome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was seen on cartridges, kept in the file {@code cartridges.json}. It saves looking again; nothing is written because of it:
 * so what is lost with the file is seen again, and that is all. Thread-safe.
 */
final class Sightings {

    private static final Logger LOG = LoggerFactory.getLogger(Sightings.class);
    private static final String MAGIC = "hikae-tape-cartridges";
    private static final int VERSION = 1;

    private final Path file;
    /** By barcode; guarded by this. */
    private final TreeMap<String, Sighting> seen = new TreeMap<>();

    Sightings(TapeHome home) {
        file = home.folder().resolve("cartridges.json");
        if (Files.exists(file)) {
            try {
                read(SealedText.decode(MAGIC, VERSION, Files.readAllBytes(file)));
            } catch (IOException | IllegalArgumentException | DateTimeException e) {
                LOG.warn("{} cannot be read: the cartridges in it are looked at again", file, e);
                seen.clear();
            }
        }
    }

    /** What was seen of that barcode last. */
    synchronized Optional<Sighting> of(String barcode) {
        return Optional.ofNullable(seen.get(barcode));
    }

    /** Remembers what was seen. */
    synchronized void put(Sighting sighting) {
        Sighting before = seen.put(sighting.barcode(), sighting);
        boolean same = before != null
                && Objects.equals(before.contents(), sighting.contents())
                && Objects.equals(before.problem(), sighting.problem())
                && before.library().equals(sighting.library());
        if (!same) {
            try {
                DurableFiles.replace(file, SealedText.encode(MAGIC, VERSION, write(), 0));
            } catch (IOException e) {
                LOG.warn("what was seen on cartridge {} cannot be stored in {}", sighting.barcode(), file, e);
            }
        }
    }

    private ObjectNode write() {
        ObjectNode content = SealedText.object();
        ArrayNode all = content.putArray("cartridges");
        for (Sighting sighting : seen.values()) {
            ObjectNode node = all.addObject()
                    .put("barcode", sighting.barcode())
                    .put("library", sighting.library())
                    .put("seen", sighting.seen().toString());
            if (sighting.problem() != null) {
                node.put("problem", sighting.problem());
            }
            if (sighting.contents() instanceof Contents.Labelled labelled) {
                LabelCodec.write(labelled.label(), node.putObject("label"));
            } else if (sighting.contents() instanceof Contents.Foreign foreign) {
                node.put("foreign", foreign.what()).put("damaged", foreign.damaged());
            }
        }
        return content;
    }

    private void read(ObjectNode content) {
        for (JsonNode node : content.path("cartridges")) {
            String problem = node.hasNonNull("problem") ? node.path("problem").asText() : null;
            Contents contents = problem != null ? null : contents(node);
            String barcode = node.path("barcode").asText();
            seen.put(
                    barcode,
                    new Sighting(
                            barcode,
                            node.path("library").asText(),
                            contents,
                            problem,
                            Instant.parse(node.path("seen").asText())));
        }
    }

    private static Contents contents(JsonNode node) {
        if (node.hasNonNull("label")) {
            return new Contents.Labelled(LabelCodec.read(node.path("label")));
        }
        return node.hasNonNull("foreign")
                ? new Contents.Foreign(
                        node.path("foreign").asText(), node.path("damaged").asBoolean())
                : new Contents.Blank();
    }

    /** Whether a label of that volume was seen under a barcode last. */
    boolean isVolume(String barcode, UUID volume) {
        return of(barcode)
                .filter(sighting -> sighting.contents() instanceof Contents.Labelled labelled
                        && labelled.label().volume().equals(volume))
                .isPresent();
    }
}
