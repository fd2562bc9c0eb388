package org.hikae.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What cron's times are, by trying each minute: all that {@link CronTimes} must agree with, and slow. Numbers only. */
final class CronModel {

    private static final List<int[]> RANGES =
            List.of(new int[] {0, 59}, new int[] {0, 23}, new int[] {1, 31}, new int[] {1, 12}, new int[] {0, 7});

    private final String[] fields;
    private final List<Set<Integer>> values;
    private final ZoneRules rules;

    CronModel(String expression, ZoneId zone) {
        fields = expression.split(" ", -1);
        values = IntStream.range(0, 5)
                .mapToObj(i -> values(fields[i], RANGES.get(i)))
                .toList();
        rules = zone.getRules();
    }

    private static Set<Integer> values(String field, int[] range) {
        return Stream.of(field.split(",", -1))
                .flatMap(part -> part(part, range))
                .collect(Collectors.toSet());
    }

    private static Stream<Integer> part(String part, int[] range) {
        String[] stepped = part.split("/", -1);
        String[] ends =
                stepped[0].equals("*") ? new String[] {"" + range[0], "" + range[1]} : stepped[0].split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to = ends.length > 1 ? Integer.parseInt(ends[1]) : stepped.length > 1 ? range[1] : from;
        int step = stepped.length > 1 ? Integer.parseInt(stepped[1]) : 1;
        return IntStream.rangeClosed(from, to)
                .filter(value -> (value - from) % step == 0)
                .boxed();
    }

    /** All after one instant, up to and with the other. */
    NavigableSet<Instant> between(Instant after, Instant until) {
        NavigableSet<Instant> all = fields[1].contains("*") ? elapsed(after, until) : local(after, until);
        return new TreeSet<>(all.subSet(after, false, until, true));
    }

    private NavigableSet<Instant> elapsed(Instant after, Instant until) {
        NavigableSet<Instant> all = new TreeSet<>();
        for (Instant at = after.truncatedTo(ChronoUnit.MINUTES); !at.isAfter(until); at = at.plusSeconds(60)) {
            if (matches(LocalDateTime.ofInstant(at, rules.getOffset(at)))) {
                all.add(at);
            }
        }
        return all;
    }

    private NavigableSet<Instant> local(Instant after, Instant until) {
        NavigableSet<Instant> all = new TreeSet<>();
        LocalDateTime end = LocalDateTime.ofInstant(until, ZoneOffset.UTC).plusDays(2);
        LocalDateTime at = LocalDateTime.ofInstant(after.truncatedTo(ChronoUnit.MINUTES), ZoneOffset.UTC)
                .minusDays(2);
        for (; at.isBefore(end); at = at.plusMinutes(1)) {
            if (matches(at)) {
                LocalDateTime time = at;
                all.add(rules.getValidOffsets(time).stream()
                        .map(time::toInstant)
                        .min(Instant::compareTo)
                        .orElseGet(() -> rules.getTransition(time).getInstant()));
            }
        }
        return all;
    }

    private boolean matches(LocalDateTime time) {
        int weekday = time.getDayOfWeek().getValue();
        boolean day = values.get(2).contains(time.getDayOfMonth());
        boolean week = values.get(4).contains(weekday)
                || (weekday == 7 && values.get(4).contains(0));
        boolean either = !fields[2].equals("*") && !fields[4].equals("*");
        return values.get(0).contains(time.getMinute())
                && values.get(1).contains(time.getHour())
                && values.get(3).contains(time.getMonthValue())
                && (either ? day || week : day && week);
    }
}
