package org.hikae.media.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The fields of a JSON object, each of the type that it should have. */
record Fields(JsonNode json) {

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    String text(String name) throws DamagedException {
        JsonNode value = json.path(name);
        if (!value.isTextual()) {
            throw missing(name);
        }
        return value.textValue();
    }

    String textOrNull(String name) throws DamagedException {
        return has(name) ? text(name) : null;
    }

    long number(String name) throws DamagedException {
        JsonNode value = json.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw missing(name);
        }
        return value.longValue();
    }

    Fields object(String name) throws DamagedException {
        JsonNode value = json.path(name);
        if (!value.isObject()) {
            throw missing(name);
        }
        return new Fields(value);
    }

    List<Fields> list(String name) throws DamagedException {
        List<Fields> list = new ArrayList<>();
        array(name).forEach(element -> list.add(new Fields(element)));
        return list;
    }

    List<String> texts(String name) throws DamagedException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw missing(name);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private JsonNode array(String name) throws DamagedException {
        JsonNode value = json.path(name);
        if (!value.isArray()) {
            throw missing(name);
        }
        return value;
    }

    private static DamagedException missing(String name) {
        return new DamagedException("has no '" + name + "' that makes sense");
    }
}
