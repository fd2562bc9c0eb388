package org.hikae.etc;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the text of a configuration file. The format is that of Felix's {@code .config} files. Felix's own reader takes
 * a broken file for a shorter good one, so this one is strict: a file is understood as a whole, or refused with the line
 * that is wrong. It is lenient only where people could not know better: {@code =} needs no backslash inside quotes.
 */
final class ConfigReader {
    private static final int END = -1;

    private final String text;
    private int at;
    private int line = 1;

    private ConfigReader(String text) {
        this.text = text;
    }

    /** The properties by name; names differ in more than case. */
    static SortedMap<String, Object> read(String text) throws BrokenFileException {
        return new ConfigReader(text).properties();
    }

    private SortedMap<String, Object> properties() throws BrokenFileException {
        SortedMap<String, Object> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (peek() == '\uFEFF') {
            next();
        }
        while (skipBlanksAndComments() != END) {
            String name = name();
            if (properties.put(name, value(name)) != null) {
                throw broken("the property " + name + " is there twice");
            }
            if (peek() != END && !Character.isWhitespace(peek())) {
                throw broken("something follows the value of " + name);
            }
        }
        return properties;
    }

    private int skipBlanksAndComments() {
        while (true) {
            int c = skipBlanks();
            if (c != '#') {
                return c;
            }
            while (peek() != '\n' && peek() != END) {
                next();
            }
        }
    }

    private String name() throws BrokenFileException {
        StringBuilder name = new StringBuilder();
        while (peek() != '=' && peek() != END && !Character.isWhitespace(peek())) {
            int c = next();
            name.append(c == '\\' ? escaped() : (char) c);
        }
        skipBlanks();
        if (name.isEmpty() || next() != '=') {
            throw broken("this is no property; properties look like name=\"value\"");
        }
        return name.toString();
    }

    private Object value(String name) throws BrokenFileException {
        while (peek() == ' ' || peek() == '\t') {
            next();
        }
        char letter = 'T';
        if (Character.isLetter(peek())) {
            letter = (char) next();
        }
        ValueType type = ValueType.ofLetter(letter).orElse(null);
        int bracket = peek();
        if (type == null || (bracket != '"' && bracket != '[' && bracket != '(')) {
            throw broken("the value of " + name + " must be in quotes, with at most a letter for its type before them");
        }
        next();
        if (bracket == '"') {
            return parsed(name, type, quoted());
        }
        List<Object> elements = elements(name, type, bracket == '[' ? ']' : ')');
        return bracket == '[' ? array(type.componentFor(letter), elements) : elements;
    }

    private List<Object> elements(String name, ValueType type, char close) throws BrokenFileException {
        List<Object> elements = new ArrayList<>();
        boolean separated = true;
        while (true) {
            skipLineBreaks();
            int c = next();
            if (c == close) {
                return elements;
            } else if (c == '"' && separated) {
                elements.add(parsed(name, type, quoted()));
                separated = false;
            } else if (c == ',' && !separated) {
                separated = true;
            } else {
                throw broken("the values of " + name + " must each be in quotes, with commas between, up to " + close);
            }
        }
    }

    private static Object array(Class<?> component, List<Object> elements) {
        Object array = Array.newInstance(component, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }

    /** Called behind the opening quote. */
    private String quoted() throws BrokenFileException {
        StringBuilder content = new StringBuilder();
        while (true) {
            int c = next();
            if (c == '"') {
                return content.toString();
            }
            if (c == END || c == '\n') {
                throw broken("a text has no closing quote");
            }
            content.append(c == '\\' ? escaped() : (char) c);
        }
    }

    /** Called behind the backslash. */
    private char escaped() throws BrokenFileException {
        int c = next();
        return switch (c) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'u' -> unicode();
            case END, '\n' -> throw broken("a backslash has nothing behind it");
            default -> (char) c;
        };
    }

    private char unicode() throws BrokenFileException {
        String digits = text.substring(at, Math.min(at + 4, text.length()));
        if (!digits.matches("\\p{XDigit}{4}")) {
            throw broken("\\u needs four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private Object parsed(String name, ValueType type, String content) throws BrokenFileException {
        try {
            return type.parse(content);
        } catch (NumberFormatException e) {
            throw broken("\"" + content + "\" is no number of the type that " + name + " has");
        } catch (IllegalArgumentException e) {
            throw broken("\"" + content + "\", the value of " + name + ", " + e.getMessage());
        }
    }

    private int skipBlanks() {
        while (peek() != END && Character.isWhitespace(peek())) {
            next();
        }
        return peek();
    }

    /** Lists may be broken into lines, with a backslash at the end or without. */
    private void skipLineBreaks() {
        while (skipBlanks() == '\\') {
            next();
        }
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private int next() {
        int c = peek();
        if (c != END) {
            at++;
        }
        if (c == '\n') {
            line++;
        }
        return c;
    }

    private BrokenFileException broken(String what) {
        return new BrokenFileException("line " + line + ": " + what);
    }
}
