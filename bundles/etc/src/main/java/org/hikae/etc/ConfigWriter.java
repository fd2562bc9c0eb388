package org.hikae.etc;

import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Writes properties as the text of a configuration file, one property a line, in the order of their names: equal
 * properties give equal text. Felix reads it too, except for floating point numbers.
 */
final class ConfigWriter {
    private final StringBuilder text = new StringBuilder();

    private ConfigWriter() {}

    /** @throws IOException if a value is of a type that configurations do not have */
    static String write(SortedMap<String, Object> properties) throws IOException {
        ConfigWriter writer = new ConfigWriter();
        for (Map.Entry<String, Object> property : properties.entrySet()) {
            writer.escaped(property.getKey(), true);
            writer.text.append('=');
            writer.value(property.getKey(), property.getValue());
            writer.text.append('\n');
        }
        return writer.text.toString();
    }

    private void value(String name, Object value) throws IOException {
        if (value instanceof Collection<?> list) {
            requireOneType(name, list);
            letter(
                    list.isEmpty()
                            ? ValueType.STRING.letter
                            : letterOf(name, list.iterator().next()));
            elements(list, '(', ')');
        } else if (value.getClass().isArray()) {
            Class<?> component = value.getClass().getComponentType();
            List<Object> list = listOf(value);
            requireOneType(name, list);
            letter(known(ValueType.letterOfArray(component), name, component));
            elements(list, '[', ']');
        } else {
            letter(letterOf(name, value));
            quoted(value.toString());
        }
    }

    private static char letterOf(String name, Object value) throws IOException {
        return known(ValueType.of(value.getClass()).map(type -> type.letter), name, value.getClass());
    }

    private static char known(Optional<Character> letter, String name, Class<?> type) throws IOException {
        return letter.orElseThrow(() -> new IOException(
                "The property " + name + " is of the type " + type.getName() + ", which configurations do not have"));
    }

    private void letter(char letter) {
        if (letter != ValueType.STRING.letter) {
            text.append(letter);
        }
    }

    private void elements(Collection<?> elements, char open, char close) {
        text.append(open);
        String separator = "";
        for (Object element : elements) {
            text.append(separator);
            quoted(element.toString());
            separator = ", ";
        }
        text.append(close);
    }

    private static void requireOneType(String name, Collection<?> elements) throws IOException {
        if (elements.stream().anyMatch(Objects::isNull)
                || elements.stream().map(Object::getClass).distinct().count() > 1) {
            throw new IOException("The values of the property " + name + " are not all there and of one type");
        }
    }

    private static List<Object> listOf(Object array) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private void quoted(String content) {
        text.append('"');
        escaped(content, false);
        text.append('"');
    }

    private void escaped(String content, boolean isName) {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            switch (c) {
                // Felix needs the backslash before "=" inside quotes too.
                case '\\', '"', '=' -> text.append('\\').append(c);
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (needsCode(content, i, isName)) {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
    }

    /** Control characters, what UTF-8 cannot hold, and in names whatever would end or begin something else. */
    private static boolean needsCode(String content, int i, boolean isName) {
        char c = content.charAt(i);
        boolean lone = Character.isHighSurrogate(c)
                ? i + 1 == content.length() || !Character.isLowSurrogate(content.charAt(i + 1))
                : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(content.charAt(i - 1)));
        return lone
                || Character.isISOControl(c)
                || (isName && (Character.isWhitespace(c) || (i == 0 && (c == '#' || c == '\uFEFF'))));
    }
}
