package org.hikae.shell.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A JSON object in the making, in the order of the calls. Instants are ISO 8601 in UTC, null is null. */
public final class Json {

    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(INDENT)
                    .withArrayIndenter(INDENT));

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    public Json put(String name, Object value) {
        node.set(name, node(value));
        return this;
    }

    /** A number of bytes and the like, where a negative one stands for "not known": null then. */
    public Json known(String name, long value) {
        return put(name, value < 0 ? null : value);
    }

    public JsonNode node() {
        return node;
    }

    /** A document that is a list. */
    public static JsonNode array(List<Json> elements) {
        return node(elements);
    }

    /** The document's text, without a line break at its end. */
    public static String text(JsonNode document) {
        try {
            return WRITER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON cannot be written", e);
        }
    }

    private static JsonNode node(Object value) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        if (value == null) {
            return factory.nullNode();
        } else if (value instanceof Json json) {
            return json.node;
        } else if (value instanceof Boolean flag) {
            return factory.booleanNode(flag);
        } else if (value instanceof Double number) {
            return factory.numberNode(number);
        } else if (value instanceof Number number) {
            return factory.numberNode(number.longValue());
        } else if (value instanceof Collection<?> list) {
            var array = factory.arrayNode();
            list.forEach(element -> array.add(node(element)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = factory.objectNode();
            map.forEach((name, element) -> object.set(String.valueOf(name), node(element)));
            return object;
        }
        return factory.textNode(value instanceof Instant instant ? instant.toString() : String.valueOf(value));
    }
}
