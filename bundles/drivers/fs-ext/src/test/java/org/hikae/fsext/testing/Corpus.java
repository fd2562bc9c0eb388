package org.hikae.fsext.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Images of others with expected answers, from the folder that the property {@code hikae.corpus} names. */
public final class Corpus {

    private static final Path FOLDER =
            Path.of(System.getProperty("hikae.corpus", "none")).resolve("ext");

    private Corpus() {}

    /** An image of the corpus. */
    public record Row(String id, String kind, String file, List<String> features) {

        public boolean needsRecovery() {
            return features.contains("needs_recovery");
        }

        /** The unpacked image. */
        public byte[] image() throws IOException {
            String ending = file.substring("image".length());
            Path packed = FOLDER.resolve("images").resolve(id + ".img" + ending);
            try (InputStream in = Files.newInputStream(packed)) {
                return switch (ending) {
                    case ".gz" -> new GZIPInputStream(in).readAllBytes();
                    case ".bz2" -> bunzip(packed);
                    default -> in.readAllBytes();
                };
            }
        }

        private static byte[] bunzip(Path packed) throws IOException {
            Process process = new ProcessBuilder("bzip2", "-dc", packed.toString()).start();
            return process.getInputStream().readAllBytes();
        }

        public JsonNode expected() throws IOException {
            Path packed = FOLDER.resolve("expected").resolve(id + ".json.gz");
            try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
                return new ObjectMapper().readTree(in);
            }
        }
    }

    /** Empty if the folder is not there. */
    public static Optional<List<Row>> rows() throws IOException {
        Path index = FOLDER.resolve("INDEX.tsv");
        if (!Files.exists(index)) {
            return Optional.empty();
        }
        List<Row> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(index);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            rows.add(new Row(cells[0], cells[1], cells[3], List.of(cells[14].split(",", -1))));
        }
        return Optional.of(rows);
    }
}
