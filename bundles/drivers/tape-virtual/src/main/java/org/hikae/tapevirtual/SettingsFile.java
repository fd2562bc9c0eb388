package org.hikae.tapevirtual;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.hikae.io.DurableFiles;

/** {@code library.json}: what a library is like. People may read it, and change it while nobody uses the library. */
final class SettingsFile {

    static final String NAME = "library.json";

    private static final String VERSION = "version";
    private static final int CURRENT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    SettingsFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /**
     * Reads the settings; what is missing is as in a new library.
     *
     * @param prefix for a library that says none
     * @return null if there is no such file
     */
    Settings read(String prefix) throws IOException {
        JsonNode node;
        try {
            node = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return null;
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file + " is no JSON in line " + e.getLocation().getLineNr());
        }
        int version = node.path(VERSION).asInt();
        if (!node.isObject() || version < 1) {
            throw new IOException(file + " does not describe a library of tapes");
        } else if (version > CURRENT) {
            throw new IOException(file + " is of a newer Hikae (version " + version + ")");
        }
        try {
            return new Options(options(node)).settings(prefix);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> options(JsonNode node) {
        Map<String, String> options = new HashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!field.getKey().equals(VERSION)) {
                options.put(field.getKey(), field.getValue().asText());
            }
        }
        return options;
    }

    void write(Settings settings) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put(VERSION, CURRENT);
        node.put("drives", settings.drives());
        node.put("slots", settings.slots());
        node.put("station", settings.station());
        node.put("capacity", settings.capacity());
        node.put("reserve", settings.reserve());
        node.put("prefix", settings.prefix());
        node.put("simulate", settings.simulate().name().toLowerCase(Locale.ROOT));
        node.put(
                "pace", BigDecimal.valueOf(settings.pace()).stripTrailingZeros().toPlainString());
        DurableFiles.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
    }
}
