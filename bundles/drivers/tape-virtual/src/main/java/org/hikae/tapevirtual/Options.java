package org.hikae.tapevirtual;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What users say of a library that is to be made, in their words. */
final class Options {

    private static final SortedSet<String> KNOWN = new TreeSet<>(
            List.of("drives", "slots", "station", "cartridges", "capacity", "reserve", "prefix", "simulate", "pace"));

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?) ?([A-Za-z]*)");
    private static final List<String> DECIMAL = List.of("b", "kb", "mb", "gb", "tb", "pb");
    private static final List<String> BINARY = List.of("b", "kib", "mib", "gib", "tib", "pib");
    private static final Pattern PREFIX = Pattern.compile("[A-Z0-9]{1,8}");

    private static final int MOST_DRIVES = 1000;
    private static final int MOST_PLACES = 100_000;
    private static final long LEAST_CAPACITY = 1 << 16;
    private static final long DEFAULT_CAPACITY = 100_000_000_000L;
    private static final long MOST_RESERVE = 64 << 20;

    private final Map<String, String> given;

    /** @throws IllegalArgumentException if one is unknown */
    Options(Map<String, String> given) {
        for (String name : given.keySet()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "the driver virtual has no option '" + name + "'; it has " + String.join(", ", KNOWN));
            }
        }
        this.given = Map.copyOf(given);
    }

    /** The settings of a new library whose blank cartridges would have this prefix. */
    Settings settings(String prefix) {
        return over(new Settings(1, 8, 4, DEFAULT_CAPACITY, MOST_RESERVE, prefix, Settings.Simulation.NONE, 0));
    }

    /**
     * These settings, with what was given changed.
     *
     * @throws IllegalArgumentException if a value makes no sense
     */
    Settings over(Settings old) {
        long capacity = size("capacity", LEAST_CAPACITY, Long.MAX_VALUE, old.capacity());
        long reserve = given.containsKey("capacity") ? Math.min(MOST_RESERVE, capacity / 8) : old.reserve();
        return new Settings(
                number("drives", 1, MOST_DRIVES, old.drives()),
                number("slots", 0, MOST_PLACES, old.slots()),
                number("station", 1, MOST_PLACES, old.station()),
                capacity,
                size("reserve", 0, capacity / 2, reserve),
                prefix(old.prefix()),
                simulation(old.simulate()),
                pace(old.pace()));
    }

    /** How many blank cartridges are to be made. */
    int cartridges(int otherwise) {
        return number("cartridges", 0, MOST_PLACES, otherwise);
    }

    private int number(String name, int least, int most, int otherwise) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw wrong(name, "a number from " + least + " to " + most);
    }

    private String prefix(String otherwise) {
        String text = given.getOrDefault("prefix", otherwise);
        if (!PREFIX.matcher(text).matches()) {
            throw wrong("prefix", "one to eight capital letters and digits");
        }
        return text;
    }

    private Settings.Simulation simulation(Settings.Simulation otherwise) {
        String text = given.getOrDefault("simulate", otherwise.name().toLowerCase(Locale.ROOT));
        return switch (text) {
            case "none" -> Settings.Simulation.NONE;
            case "lto9" -> Settings.Simulation.LTO9;
            default -> throw wrong("simulate", "none or lto9");
        };
    }

    private double pace(double otherwise) {
        String text = given.get("pace");
        if (text == null) {
            return otherwise;
        } else if (text.matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
            return Double.parseDouble(text);
        }
        throw wrong("pace", "how much faster than the drive, such as 1 or 1000; 0: at once");
    }

    private long size(String name, long least, long most, long otherwise) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        Matcher matcher = SIZE.matcher(text.strip());
        if (matcher.matches()) {
            BigDecimal unit = unit(matcher.group(2).toLowerCase(Locale.ROOT));
            BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit);
            if (bytes.compareTo(BigDecimal.valueOf(least)) >= 0 && bytes.compareTo(BigDecimal.valueOf(most)) <= 0) {
                return bytes.longValue();
            }
        }
        throw wrong(name, "a size such as 100GB or 64MiB, from " + least + " to " + most + " bytes");
    }

    /** A negative one of what is none: no size is as small. */
    private static BigDecimal unit(String unit) {
        if (unit.isEmpty() || DECIMAL.contains(unit)) {
            return BigDecimal.valueOf(1000).pow(unit.isEmpty() ? 0 : DECIMAL.indexOf(unit));
        } else if (BINARY.contains(unit)) {
            return BigDecimal.valueOf(1024).pow(BINARY.indexOf(unit));
        }
        return BigDecimal.ONE.negate();
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException(
                "the option " + name + " of the driver virtual is '" + given.get(name) + "', and must be " + expected);
    }
}
