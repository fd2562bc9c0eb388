package org.hikae.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Records of the API as JSON, by the names of their components. In ASCII: what a text has may not be storable as it is, such as
 * half a surrogate pair, or the character 0 in PostgreSQL.
 */
final class Json {

    private static final int KEY = 200;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            // What a newer Hikae has added says nothing to this one.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new Instants()))
            .build();

    private Json() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " cannot be written", e);
        }
    }

    /** @throws SQLException if it is not such a value */
    static <T> T read(String json, Class<T> type) throws SQLException {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new SQLException("a row is damaged: " + e.getOriginalMessage(), e);
        }
    }

    /** A text by which is looked for: words and names as they are, anything else in ASCII and cut. */
    static String key(String text) {
        String quoted = write(text);
        String plain = quoted.substring(1, quoted.length() - 1);
        return plain.length() <= KEY ? plain : plain.substring(0, KEY);
    }

    private static final class Instants extends StdScalarDeserializer<Instant> {

        private static final long serialVersionUID = 1;

        Instants() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (DateTimeException e) {
                throw context.weirdStringException(parser.getText(), Instant.class, e.getMessage());
            }
        }
    }
}
