package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Commands;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command line with the verb alone that is asked for says what one with all verbs says. */
class AskedVerbTest {

    private static final int LINES = 40;
    private static final List<String> WORDS =
            List.of("--help", "-h", "--verbose", "--verbose=true", "--", "-", "", "lst", "--jsn", "x", "--json");

    private static CommandLine line(String thing, List<String> arguments) {
        Platform platform = new Platform();
        platform.width = 80;
        Call call = new Call(
                platform.caller(new ByteArrayOutputStream(), new ByteArrayOutputStream()),
                platform,
                platform.cancellation);
        return Commands.line(Things.all().get(thing).apply(call), call, arguments);
    }

    @Test
    void onlyTheVerbThatIsAskedForIsThere() {
        assertThat(line("disk", List.of("list")).getSubcommands()).containsOnlyKeys("list");
        assertThat(line("disk", List.of("--verbose", "list", "x")).getSubcommands())
                .containsOnlyKeys("list");
        assertThat(line("tape", List.of("library", "list")).getSubcommands()).containsOnlyKeys("library");
        assertThat(line("generation", List.of("pin")).getSubcommands()).containsOnlyKeys("pin");
    }

    @Test
    void withoutAVerbThatIsKnownAllAreThere() {
        var all = line("tape", List.of()).getSubcommands().keySet();
        assertThat(all).hasSizeGreaterThan(10).contains("library");
        for (List<String> arguments : List.of(
                List.of("lst"), List.of("--help", "list"), List.of("--verbose"), List.of("--", "list"), List.of(""))) {
            assertThat(line("tape", arguments).getSubcommands().keySet())
                    .as(arguments.toString())
                    .containsExactlyElementsOf(all);
        }
    }

    @Test
    void saysTheSame() {
        long seed = Long.getLong("hikae.seed", System.nanoTime());
        Random random = new Random(seed);
        for (String thing : Things.all().keySet()) {
            CommandLine all = line(thing, List.of());
            for (int i = 0; i < LINES; i++) {
                List<String> arguments = arguments(all, random);
                assertThat(outcome(line(thing, arguments), arguments))
                        .as("%s %s, seed %d", thing, arguments, seed)
                        .isEqualTo(outcome(line(thing, List.of()), arguments));
            }
        }
    }

    /** Verbs in their place and elsewhere, options of the verb and of all, and words that nobody knows. */
    private static List<String> arguments(CommandLine all, Random random) {
        List<String> arguments = new ArrayList<>();
        CommandLine at = all;
        for (int left = random.nextInt(6); left > 0; left--) {
            List<String> known = new ArrayList<>(at.getSubcommands().keySet());
            if (random.nextInt(4) == 0 || known.isEmpty()) {
                at.getCommandSpec().options().forEach(option -> known.add(option.longestName()));
            }
            String word = random.nextInt(3) == 0 ? any(WORDS, random) : any(known, random);
            arguments.add(word);
            at = at.getSubcommands().getOrDefault(word, at);
        }
        return arguments;
    }

    private static String any(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    /** What is wrong and where, with the verbs that can be told of there; or each verb, what it was given, its help. */
    private static List<Object> outcome(CommandLine line, List<String> arguments) {
        try {
            ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
            CommandLine last = line;
            List<Object> outcome = new ArrayList<>();
            for (CommandLine each : parsed.asCommandLineList()) {
                ParseResult own = each.getParseResult();
                outcome.addAll(Arrays.asList(
                        each.getCommandSpec().qualifiedName(" "),
                        own.originalArgs(),
                        own.isUsageHelpRequested(),
                        own.unmatched()));
                last = each;
            }
            outcome.add(last.getUsageMessage());
            return outcome;
        } catch (ParameterException e) {
            CommandLine where = e.getCommandLine();
            return List.of(
                    e.getClass(),
                    e.getMessage(),
                    where.getCommandSpec().qualifiedName(" "),
                    List.copyOf(where.getSubcommands().keySet()),
                    where.getUsageMessage());
        }
    }
}
