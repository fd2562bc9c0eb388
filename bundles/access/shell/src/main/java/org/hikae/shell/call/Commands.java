package org.hikae.shell.call;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.hikae.api.job.Reason;
import org.hikae.api.media.Layout;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.ByteRate;
import org.hikae.shell.text.Printable;
import org.hikae.shell.text.TimeSpan;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** Makes command lines out of things, and runs them. */
public final class Commands {

    private static final int LEAST_HELP_WIDTH = 55;
    private static final int HELP_WIDTH = 80;

    private Commands() {}

    /** The command line of a thing, with all its verbs. */
    public static CommandLine line(Thing thing, Call call) {
        return line(thing, call, List.of());
    }

    /**
     * The command line of a thing for these arguments: if they begin with a verb, with that verb alone, else with all.
     * For other arguments it is of no use.
     */
    public static CommandLine line(Thing thing, Call call, List<String> arguments) {
        CommandLine line = new CommandLine(thing);
        Verbs.add(line, thing, arguments);
        line.setExpandAtFiles(false).setInterpolateVariables(false);
        line.registerConverter(ByteCount.class, converter(ByteCount::parse));
        line.registerConverter(ByteRate.class, converter(ByteRate::parse));
        line.registerConverter(TimeSpan.class, converter(TimeSpan::parse));
        line.registerConverter(Layout.class, converter(Commands::layout));
        int width = call.caller().width() == 0 ? HELP_WIDTH : call.caller().width();
        line.setUsageHelpWidth(Math.max(LEAST_HELP_WIDTH, width));
        line.setColorScheme(Help.defaultColorScheme(call.caller().colour() ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setOut(call.out());
        headings(line.getCommandSpec());
        return line;
    }

    private static void headings(CommandSpec spec) {
        spec.subcommands().values().forEach(verb -> headings(verb.getCommandSpec()));
        spec.usageMessage()
                .synopsisSubcommandLabel("VERB")
                .descriptionHeading("%n")
                .parameterListHeading("%nParameters:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nVerbs:%n")
                .footerHeading(spec.usageMessage().footer().length == 0 ? "" : "%nExamples:%n");
    }

    private static Layout layout(String text) {
        return Arrays.stream(Layout.values())
                .filter(layout -> layout.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no layout '" + text + "': packed or image"));
    }

    private static <T> ITypeConverter<T> converter(ITypeConverter<T> parser) {
        return text -> {
            try {
                return parser.convert(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    /**
     * Runs a command.
     *
     * @throws CommandFailed if it failed, was cancelled, or was given in a wrong way
     */
    public static void run(Thing thing, Call call, List<String> arguments) throws CommandFailed {
        CommandLine line = line(thing, call, arguments);
        CommandFailed[] failed = new CommandFailed[1];
        line.setParameterExceptionHandler((wrong, args) -> {
            failed[0] = new CommandFailed(CommandFailed.USAGE, Usage.explain(wrong), wrong);
            return CommandFailed.USAGE;
        });
        line.setExecutionExceptionHandler((exception, verb, parsed) -> {
            failed[0] = failed(verb.getCommandSpec().qualifiedName(" "), exception);
            return failed[0].exitCode();
        });
        line.execute(arguments.toArray(String[]::new));
        call.out().flush();
        call.err().flush();
        if (failed[0] != null) {
            if (thing.verbose() && failed[0].getCause() != null) {
                failed[0].getCause().printStackTrace(call.err());
                call.err().flush();
            }
            throw failed[0];
        }
    }

    private static CommandFailed failed(String name, Exception exception) {
        // Errors, such as a class of a bundle that has gone, come wrapped by picocli.
        Throwable what = exception instanceof CommandLine.ExecutionException && exception.getCause() != null
                ? exception.getCause()
                : exception;
        if (what instanceof UsageException) {
            String hint = "; see '" + name + " --help'";
            return new CommandFailed(CommandFailed.USAGE, Printable.of(name + ": " + what.getMessage() + hint), what);
        } else if (what instanceof CancellationException) {
            return new CommandFailed(CommandFailed.FAILURE, name + ": cancelled", what);
        }
        return new CommandFailed(CommandFailed.FAILURE, Printable.of(name + ": " + Reason.of(what)), what);
    }
}
