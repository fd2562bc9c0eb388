package org.hikae.files.transfer.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.api.fs.FileName;

/** The fields of a JSON object, each of the type and within the limits that it should be. Others are not looked at. */
record Fields(JsonNode json) {
    static final int MAX_TEXT = 1000;
    static final int MAX_PATH = 4 * 65_535;

    Fields {
        if (json == null) {
            throw new IllegalArgumentException("no object");
        }
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    String text(String name) throws MessageException {
        return text(name, MAX_TEXT);
    }

    String text(String name, int max) throws MessageException {
        return text(json.path(name), name, max);
    }

    private static String text(JsonNode value, String name, int max) throws MessageException {
        if (!value.isTextual() || value.textValue().length() > max) {
            throw wrong(name);
        }
        return value.textValue();
    }

    String textOrNull(String name) throws MessageException {
        return has(name) ? text(name) : null;
    }

    FileName path(String name) throws MessageException {
        return FileName.parse(text(name, MAX_PATH));
    }

    FileName pathOrNull(String name) throws MessageException {
        return has(name) ? path(name) : null;
    }

    boolean flag(String name) throws MessageException {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(name);
        }
        return value.booleanValue();
    }

    /** Not negative, and {@code max} at most. */
    long number(String name, long max) throws MessageException {
        return number(json.path(name), name, max);
    }

    private static long number(JsonNode value, String name, long max) throws MessageException {
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > max) {
            throw wrong(name);
        }
        return value.longValue();
    }

    long number(String name) throws MessageException {
        return number(name, Long.MAX_VALUE);
    }

    int count(String name, int max) throws MessageException {
        return (int) number(name, max);
    }

    Instant time(String name) throws MessageException {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw wrong(name);
        }
    }

    Instant timeOrNull(String name) throws MessageException {
        return has(name) ? time(name) : null;
    }

    UUID id(String name) throws MessageException {
        return id(text(name), name);
    }

    private static UUID id(String text, String name) throws MessageException {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(name);
        }
        throw wrong(name);
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) throws MessageException {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (Messages.word(constant).equals(text)) {
                return constant;
            }
        }
        throw wrong(name);
    }

    Fields object(String name) throws MessageException {
        JsonNode value = json.path(name);
        if (!value.isObject()) {
            throw wrong(name);
        }
        return new Fields(value);
    }

    <T> List<T> list(String name, int max, Reader<T> reader) throws MessageException {
        List<T> list = new ArrayList<>();
        for (JsonNode element : array(name, max)) {
            if (!element.isObject()) {
                throw wrong(name);
            }
            list.add(reader.read(new Fields(element)));
        }
        return list;
    }

    List<String> texts(String name, int max) throws MessageException {
        List<String> list = new ArrayList<>();
        for (JsonNode element : array(name, max)) {
            list.add(text(element, name, MAX_TEXT));
        }
        return list;
    }

    List<UUID> ids(String name, int max) throws MessageException {
        List<UUID> ids = new ArrayList<>();
        for (String text : texts(name, max)) {
            ids.add(id(text, name));
        }
        return ids;
    }

    List<Integer> counts(String name, int max) throws MessageException {
        List<Integer> list = new ArrayList<>();
        for (JsonNode element : array(name, max)) {
            list.add((int) number(element, name, Integer.MAX_VALUE));
        }
        return list;
    }

    private JsonNode array(String name, int max) throws MessageException {
        JsonNode value = json.path(name);
        if (!value.isArray() || value.size() > max) {
            throw wrong(name);
        }
        return value;
    }

    static MessageException wrong(String name) {
        return new MessageException("a message without a '" + name + "' that makes sense");
    }

    /** Makes something of an object. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Fields fields) throws MessageException;
    }
}
