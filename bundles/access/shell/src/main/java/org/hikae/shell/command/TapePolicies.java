package org.hikae.shell.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.job.Job;
import org.hikae.api.tape.Tapes;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.TimeSpan;

/** Policies of tape, as people write and read them. */
final class TapePolicies {

    private TapePolicies() {}

    /**
     * @param above such as {@code 80%}; null: none
     * @param pool null: the default one
     * @throws UsageException if it makes no sense
     */
    static TapePolicy of(TimeSpan after, String above, TimeSpan keepBoth, String pool) throws UsageException {
        int percent = above == null ? 0 : percent(above);
        return checked(() ->
                new TapePolicy(duration(after), percent, duration(keepBoth), pool == null ? Tapes.DEFAULT_POOL : pool));
    }

    private static Duration duration(TimeSpan time) {
        return time == null ? null : time.duration();
    }

    private static int percent(String text) throws UsageException {
        String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
        if (!number.matches("[1-9][0-9]?")) {
            throw new UsageException("a mark is from 1% to 99%, such as 80%, not '" + text + "'");
        }
        return Integer.parseInt(number);
    }

    /** What an argument of a record says is wrong with what people gave. */
    static <T> T checked(Supplier<T> made) throws UsageException {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Starts a job. */
    @FunctionalInterface
    interface Start {
        Job begin() throws IOException;
    }

    /** As {@link #checked}, of the arguments of a job. */
    static Job checkedJob(Start start) throws IOException {
        try {
            return start.begin();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** In a line; null for null. */
    static String show(TapePolicy policy) {
        if (policy == null) {
            return null;
        }
        List<String> which = new ArrayList<>();
        if (policy.after() != null) {
            which.add("after " + TimeSpan.show(policy.after()));
        }
        if (policy.above() > 0) {
            which.add("above " + policy.above() + "% of a medium");
        }
        String both = policy.keepBoth() == null ? "" : ", on both for " + TimeSpan.show(policy.keepBoth());
        return String.join(", or ", which) + both + ", pool " + policy.pool();
    }

    /** Null for null. */
    static Json json(TapePolicy policy) {
        return policy == null
                ? null
                : new Json()
                        .put(
                                "afterSeconds",
                                policy.after() == null ? null : policy.after().toSeconds())
                        .put("abovePercent", policy.above() == 0 ? null : policy.above())
                        .put(
                                "keepBothSeconds",
                                policy.keepBoth() == null
                                        ? null
                                        : policy.keepBoth().toSeconds())
                        .put("pool", policy.pool());
    }
}
