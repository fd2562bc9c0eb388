package org.hikae.shell.call;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with the arguments of a command. */
final class Usage {

    private Usage() {}

    static String explain(ParameterException wrong) {
        CommandSpec spec = wrong.getCommandLine().getCommandSpec();
        String name = spec.qualifiedName(" ");
        String what = what(wrong, spec);
        return name + ": " + what + (what.endsWith("?") ? " See '" : "; see '") + name + " --help'";
    }

    private static String what(ParameterException wrong, CommandSpec spec) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, spec);
        } else if (wrong.getArgSpec() == null && !spec.subcommands().isEmpty()) {
            return "a verb is missing: " + String.join(", ", verbs(spec));
        }
        return lower(String.valueOf(wrong.getMessage())
                .replaceAll("\\s*\\R\\s*", "; ")
                .replaceAll("positional parameter at index [0-9.*]+ \\((.*?)\\)", "$1")
                .replaceAll("is not an? (int|long)$", "is not a whole number"));
    }

    private static String unmatched(UnmatchedArgumentException wrong, CommandSpec spec) {
        String first = wrong.getUnmatched().get(0);
        String what = wrong.isUnknownOption()
                ? "there is no option '" + first + "'"
                : spec.subcommands().isEmpty()
                        ? "'" + first + "' is one argument too many"
                        : "there is no verb '" + first + "'";
        List<String> close = wrong.isUnknownOption()
                ? Similar.to(first.replaceFirst("=.*", ""), options(spec))
                : Similar.to(first, verbs(spec));
        return close.isEmpty() ? what : what + "; did you mean " + anyOf(close) + "?";
    }

    private static String anyOf(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" or "));
    }

    private static List<String> verbs(CommandSpec spec) {
        return spec.subcommands().values().stream()
                .map(CommandLine::getCommandName)
                .distinct()
                .toList();
    }

    private static List<String> options(CommandSpec spec) {
        return spec.options().stream().map(OptionSpec::longestName).toList();
    }

    /** What begins with a name in capitals keeps it. */
    private static String lower(String sentence) {
        if (sentence.matches("(?s)\\p{Lu}{2}.*")) {
            return sentence;
        }
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
