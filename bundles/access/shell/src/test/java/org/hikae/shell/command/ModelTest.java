package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Commands;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every command, parameter and option is described, every verb has an example, and every help fits into 80 columns. */
class ModelTest {

    static Stream<CommandSpec> commands() {
        Platform platform = new Platform();
        platform.width = 80;
        return Things.all().values().stream().flatMap(thing -> {
            Call call = new Call(
                    platform.caller(new ByteArrayOutputStream(), new ByteArrayOutputStream()),
                    platform,
                    platform.cancellation);
            CommandLine line = Commands.line(thing.apply(call), call);
            return withVerbs(line).map(CommandLine::getCommandSpec);
        });
    }

    private static Stream<CommandLine> withVerbs(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(ModelTest::withVerbs));
    }

    @TestFactory
    Stream<DynamicTest> isDescribed() {
        return commands()
                .map(spec -> DynamicTest.dynamicTest(spec.qualifiedName(), () -> {
                    assertThat(spec.usageMessage().description()).isNotEmpty().allMatch(line -> line.endsWith("."));
                    assertThat(spec.args()).allSatisfy(argument -> assertThat(argument.description())
                            .as(argument.paramLabel())
                            .isNotEmpty()
                            .allMatch(line -> line.endsWith(".")));
                    if (spec.subcommands().isEmpty()) {
                        assertThat(spec.usageMessage().footer())
                                .isNotEmpty()
                                .allMatch(line -> line.startsWith("  " + spec.qualifiedName(" ")));
                    }
                    String help = spec.commandLine().getUsageMessage();
                    assertThat(help.lines()).allMatch(line -> line.length() <= 80);
                    assertThat(help).contains("--help").doesNotContain("%", "${");
                }));
    }

    /** An example that does not parse is worse than none. */
    @TestFactory
    Stream<DynamicTest> examplesParse() {
        return commands()
                .flatMap(spec -> Stream.of(spec.usageMessage().footer()))
                .map(String::strip)
                .map(example -> DynamicTest.dynamicTest(example, () -> {
                    String[] words = words(example);
                    Platform platform = new Platform();
                    Call call = new Call(
                            platform.caller(new ByteArrayOutputStream(), new ByteArrayOutputStream()),
                            platform,
                            platform.cancellation);
                    CommandLine line = Commands.line(Things.all().get(words[0]).apply(call), call);
                    var parsed = line.parseArgs(java.util.Arrays.copyOfRange(words, 1, words.length));
                    assertThat(parsed.errors()).isEmpty();
                }));
    }

    /** As a shell splits a line: what is between single quotes is one word. */
    private static String[] words(String example) {
        return Pattern.compile("'([^']*)'|[^ ]+")
                .matcher(example)
                .results()
                .map(found -> found.group(1) == null ? found.group() : found.group(1))
                .toArray(String[]::new);
    }
}
