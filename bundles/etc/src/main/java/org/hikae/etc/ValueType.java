package org.hikae.etc;

import java.util.Arrays;
import java.util.Optional;

/**
 * The types of values in a configuration file. The letter before the quotes names the type: in upper case for single
 * values, lists and arrays of objects, in lower case for arrays of primitives. No letter means text.
 */
enum ValueType {
    STRING('T', String.class, null) {
        @Override
        Object parse(String text) {
            return text;
        }
    },
    INTEGER('I', Integer.class, int.class) {
        @Override
        Object parse(String text) {
            return Integer.valueOf(text);
        }
    },
    LONG('L', Long.class, long.class) {
        @Override
        Object parse(String text) {
            return Long.valueOf(text);
        }
    },
    FLOAT('F', Float.class, float.class) {
        @Override
        Object parse(String text) {
            return Float.valueOf(decimal(text));
        }
    },
    DOUBLE('D', Double.class, double.class) {
        @Override
        Object parse(String text) {
            return Double.valueOf(decimal(text));
        }
    },
    BYTE('X', Byte.class, byte.class) {
        @Override
        Object parse(String text) {
            return Byte.valueOf(text);
        }
    },
    SHORT('S', Short.class, short.class) {
        @Override
        Object parse(String text) {
            return Short.valueOf(text);
        }
    },
    CHARACTER('C', Character.class, char.class) {
        @Override
        Object parse(String text) {
            if (text.length() != 1) {
                throw new IllegalArgumentException("is not one character");
            }
            return text.charAt(0);
        }
    },
    BOOLEAN('B', Boolean.class, boolean.class) {
        @Override
        Object parse(String text) {
            if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
                throw new IllegalArgumentException("is neither true nor false");
            }
            return Boolean.valueOf(text);
        }
    };

    final char letter;
    final Class<?> boxed;
    private final Class<?> primitive;

    ValueType(char letter, Class<?> boxed, Class<?> primitive) {
        this.letter = letter;
        this.boxed = boxed;
        this.primitive = primitive;
    }

    /** @throws IllegalArgumentException if the text is no value of this type */
    abstract Object parse(String text);

    /** Felix writes floating point numbers as their bits; a whole number here could be meant either way. */
    private static String decimal(String text) {
        if (text.matches("-?\\d+")) {
            throw new IllegalArgumentException("is no decimal number such as 1.0");
        }
        return text;
    }

    /** The type of single values of a class. */
    static Optional<ValueType> of(Class<?> boxed) {
        return Arrays.stream(values()).filter(type -> type.boxed == boxed).findFirst();
    }

    /** The letter before an array with elements of this class; {@code T}, which is not written, for text. */
    static Optional<Character> letterOfArray(Class<?> component) {
        return Arrays.stream(values())
                .filter(type -> type.boxed == component || type.primitive == component)
                .map(type -> type.boxed == component ? type.letter : Character.toLowerCase(type.letter))
                .findFirst();
    }

    /** The type that a letter names, in either case; {@code t} names none. */
    static Optional<ValueType> ofLetter(char letter) {
        return Arrays.stream(values())
                .filter(type -> type.letter == letter
                        || (type.primitive != null && Character.toLowerCase(type.letter) == letter))
                .findFirst();
    }

    /** What an array written with this letter consists of. */
    Class<?> componentFor(char written) {
        return written == letter ? boxed : primitive;
    }
}
