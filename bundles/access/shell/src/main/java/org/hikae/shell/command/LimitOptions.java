package org.hikae.shell.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.node.Nodes;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteRate;
import picocli.CommandLine.Option;

/** How much copying may take, of all nodes together and of single ones: {@code 200MB/s,n2=20MB/s}. */
final class LimitOptions {

    /** Stands for all nodes together. */
    private static final String TOTAL = "";

    @Option(
            names = "--rate",
            paramLabel = "[NODE=]RATE",
            split = ",",
            description = "Read no faster than this, such as 100MB/s, all nodes together; n2=20MB/s limits node n2. No"
                    + " limit if not given.")
    private List<String> rates;

    @Option(
            names = "--workers",
            paramLabel = "[NODE=]N",
            split = ",",
            description = "How many copy at a time, 64 at most; n2=1 limits node n2. As many as pay if not given.")
    private List<String> workers;

    /**
     * What was chosen.
     *
     * @param copiers the nodes that copy; empty: all
     * @throws UsageException if it is no limit, or that of a node that does not copy
     * @throws IOException if there is no such node
     */
    CopyLimits limits(Call call, List<String> copiers) throws IOException {
        Map<String, Long> rate =
                parse("--rate", rates, text -> ByteRate.parse(text).bytesPerSecond());
        Map<String, Integer> number = parse("--workers", workers, LimitOptions::workers);
        Long total = rate.remove(TOTAL);
        Integer totalWorkers = number.remove(TOTAL);
        check(call, copiers, rate.keySet());
        check(call, copiers, number.keySet());
        return new CopyLimits(total == null ? 0 : total, totalWorkers == null ? 0 : totalWorkers, rate, number);
    }

    private static int workers(String text) {
        if (!text.matches("-?[0-9]{1,9}")) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number");
        }
        int number = Integer.parseInt(text);
        if (number < 1 || number > CopyLimits.MOST_WORKERS) {
            throw new IllegalArgumentException(
                    "there can be from 1 to " + CopyLimits.MOST_WORKERS + " workers, not " + number);
        }
        return number;
    }

    /** By node, or {@link #TOTAL}. */
    private static <T> Map<String, T> parse(String option, List<String> texts, Function<String, T> parser)
            throws UsageException {
        Map<String, T> limits = new LinkedHashMap<>();
        for (String text : texts == null ? List.<String>of() : texts) {
            int equals = text.indexOf('=');
            String node = equals < 0 ? TOTAL : text.substring(0, equals);
            if (equals == 0) {
                throw new UsageException(option + " '" + text + "' names no node; write NODE" + text);
            } else if (limits.put(node, value(option, text.substring(equals + 1), parser)) != null) {
                String whose = equals < 0 ? "all nodes together" : "node '" + node + "'";
                throw new UsageException(option + " has two limits for " + whose);
            }
        }
        return limits;
    }

    private static <T> T value(String option, String text, Function<String, T> parser) throws UsageException {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("invalid value for option '" + option + "': " + e.getMessage());
        }
    }

    private static void check(Call call, List<String> copiers, Iterable<String> nodes) throws IOException {
        for (String node : nodes) {
            call.service(Nodes.class).get(node);
            if (!copiers.isEmpty() && !copiers.contains(node)) {
                throw new UsageException("node '" + node + "' has a limit, but is not among the --nodes that copy");
            }
        }
    }
}
