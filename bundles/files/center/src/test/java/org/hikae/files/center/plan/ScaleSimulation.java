package org.hikae.files.center.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Conditions;

/** Many clients, each with a backup and a window a day, over days of simulated time, and what could be kept of it at most. */
final class ScaleSimulation {
    private static final Instant BEGIN = Instant.parse("2026-10-12T09:00:00Z");
    private static final String[] ZONES = {"UTC", "Europe/Berlin", "Europe/London", "Europe/Athens"};
    private static final int KINDS = 48;
    private static final int GROUPS = 200;
    private static final long DAY = 24 * 3_600_000L;
    private static final int HOURS_OF_ARRIVAL = 6;
    /** In which windows lie. */
    private static final int HOURS_OF_WINDOWS = 15;

    private static final double MEAN_SECONDS = 20;

    private final int clients;
    private final int days;
    private final int transfers;
    private final TransferWindow[] windows = new TransferWindow[KINDS];
    private final Hours[] hours = new Hours[KINDS];
    private final int[] kind;
    private final int[] minute;
    private final int[] order;
    private final int[] rate;
    private final String[] name;
    private final Random random = new Random(24);
    /** Milliseconds of the requests of the present day, by client. */
    private final int[] work;

    /** End of the window of each kind, on the present day. */
    private final long[] close = new long[KINDS];

    private double bound;
    private long boundNanos;

    /** @param load asked for, as a part of what the transfers can do in the hours of the windows */
    ScaleSimulation(int clients, int days, double load) {
        this.clients = clients;
        this.days = days;
        for (int i = 0; i < KINDS; i++) {
            LocalTime from = LocalTime.of((18 + random.nextInt(10)) % 24, random.nextInt(4) * 15);
            LocalTime to = from.plusMinutes(60 + 30L * random.nextInt(9));
            windows[i] = Make.daily(from.toString(), to.toString(), ZONES[i % ZONES.length]);
            hours[i] = new WallHours(windows[i]);
        }
        transfers = Math.max(1, (int) (clients * MEAN_SECONDS / (HOURS_OF_WINDOWS * 3600 * load)));
        kind = random.ints(clients, 0, KINDS).toArray();
        minute = random.ints(clients, 0, HOURS_OF_ARRIVAL * 60).toArray();
        rate = random.ints(clients, 1, 21).toArray();
        work = new int[clients];
        name = new String[clients];
        Arrays.setAll(name, i -> "client" + i);
        order = byMinute();
    }

    private int[] byMinute() {
        int[] begin = new int[HOURS_OF_ARRIVAL * 60 + 1];
        for (int its : minute) {
            begin[its + 1]++;
        }
        Arrays.parallelPrefix(begin, Integer::sum);
        int[] sorted = new int[clients];
        for (int i = 0; i < clients; i++) {
            sorted[begin[minute[i]]++] = i;
        }
        return sorted;
    }

    Simulation run(Planner planner) {
        Conditions center = new Conditions(List.of(), transfers, List.of(), 0, 0);
        Simulation simulation = new Simulation(planner, center);
        simulation.thorough = false;
        simulation.rememberEnds = false;
        random.setSeed(7);
        bound = 0;
        simulation.run(arrivals(), BEGIN, BEGIN.plus(Duration.ofDays(days + 2)));
        return simulation;
    }

    int transfers() {
        return transfers;
    }

    /** Windows that could be kept at most. */
    double bound() {
        return bound;
    }

    private Iterator<Wanted> arrivals() {
        return new Iterator<>() {
            private int day = -1;
            private int at = clients;

            @Override
            public boolean hasNext() {
                return day < days - 1 || at < clients;
            }

            @Override
            public Wanted next() {
                if (at == clients) {
                    at = 0;
                    day++;
                    begin(day);
                }
                return wanted(order[at++], day);
            }
        };
    }

    private void begin(int day) {
        for (int i = 0; i < clients; i++) {
            // Most are small, some are large.
            double some = -Math.log(1 - random.nextDouble());
            work[i] = (int) (1000 * (1 + (MEAN_SECONDS - 1) * some * some / 2));
        }
        long morning = BEGIN.toEpochMilli() + day * DAY;
        // All come before any window opens.
        Arrays.setAll(close, i -> close(hours[i], morning));
        long start = System.nanoTime();
        bound += boundOf(morning);
        boundNanos += System.nanoTime() - start;
    }

    private Wanted wanted(int client, int day) {
        long arrived = BEGIN.toEpochMilli() + day * DAY + minute[client] * Ledger.MINUTE;
        Instant time = Instant.ofEpochMilli(arrived);
        long bytes = (long) work[client] * rate[client] * 1000;
        RunInfo run = new RunInfo(
                new RunId(name[client], "row", day + 1L),
                new UUID(1, day),
                day,
                time,
                windows[kind[client]],
                false,
                1,
                bytes,
                1);
        return new Wanted(run, time, bytes, rate[client] * Make.MB, Instant.ofEpochMilli(close[kind[client]]));
    }

    private static long close(Hours hours, long from) {
        long at = from;
        while (!hours.open(at)) {
            at = hours.until(at);
        }
        while (hours.open(at)) {
            at = hours.until(at);
        }
        return at;
    }

    /** A flow in which requests with the same window are one, and all transfers are theirs alone: no less than is possible. */
    private double boundOf(long from) {
        TreeSet<Long> cuts = new TreeSet<>();
        for (Hours some : hours) {
            for (long at = from; at < from + DAY; at = some.until(at)) {
                cuts.add(at);
            }
        }
        cuts.add(from + DAY);
        List<Long> times = new ArrayList<>(cuts);
        Flow flow = new Flow(2 + KINDS + times.size());
        int[] edges = new int[KINDS];
        for (int i = 0; i < KINDS; i++) {
            edges[i] = flow.edge(0, 2 + i, 0);
            for (int k = 0; k + 1 < times.size(); k++) {
                if (hours[i].open(times.get(k))) {
                    flow.edge(2 + i, 2 + KINDS + k, Long.MAX_VALUE / 4);
                }
            }
        }
        for (int k = 0; k + 1 < times.size(); k++) {
            flow.edge(2 + KINDS + k, 1, (times.get(k + 1) - times.get(k)) * transfers);
        }
        return byGroups(flow, edges);
    }

    private double byGroups(Flow flow, int[] edges) {
        long[] sorted = new long[clients];
        Arrays.setAll(sorted, i -> (long) work[i] << 32 | i);
        Arrays.sort(sorted);
        double windowsKept = 0;
        for (int group = 0; group < GROUPS; group++) {
            int begin = (int) ((long) clients * group / GROUPS);
            int end = (int) ((long) clients * (group + 1) / GROUPS);
            if (begin == end) {
                continue;
            }
            for (int i = begin; i < end; i++) {
                int client = (int) sorted[i];
                flow.raise(edges[kind[client]], work[client]);
            }
            double least = work[(int) sorted[begin]];
            windowsKept += Math.min(end - begin, flow.augment(0, 1) / least);
        }
        return windowsKept;
    }

    /** Prints figures. @param arguments clients, days, load, and one of laxity, first, earliest, random */
    public static void main(String[] arguments) {
        ScaleSimulation scale = new ScaleSimulation(
                Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Double.parseDouble(arguments[2]));
        Planner planner =
                switch (arguments[3]) {
                    case "first" -> new FixedOrder(FixedOrder.FIRST_COME);
                    case "earliest" -> new FixedOrder(FixedOrder.EARLIEST_END);
                    case "random" -> new FixedOrder(FixedOrder.RANDOM);
                    default -> new LaxityPlanner(Settings.USUAL);
                };
        long start = System.nanoTime();
        Simulation simulation = scale.run(planner);
        double asked = (double) scale.clients * scale.days;
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%s: asked %.0f, kept %d (%.2f %%), bound %.0f (%.2f %% of it), late %d, transfers %d, peak %d, mean"
                        + " %.1f, pauses %d, looks %d, mean %.1f us, 99.9 %% %.1f us, longest %.1f ms (by the clock %.1f),"
                        + " heap at end %d MiB, %.0f s (%.0f s bound)%n",
                arguments[3],
                asked,
                simulation.kept,
                100 * simulation.kept / asked,
                scale.bound,
                100 * simulation.kept / scale.bound,
                simulation.late,
                scale.transfers,
                simulation.peak,
                simulation.concurrency / ((scale.days + 2) * (double) DAY),
                simulation.pauses,
                simulation.looks.count(),
                simulation.looks.meanMicros(),
                simulation.looks.micros(0.999),
                simulation.looks.mostMillis(),
                simulation.looks.mostMillisByTheClock(),
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                (System.nanoTime() - start) / 1e9,
                scale.boundNanos / 1e9);
    }
}
