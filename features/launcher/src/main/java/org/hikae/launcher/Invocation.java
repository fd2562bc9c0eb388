package org.hikae.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the arguments ask for. Options are the launcher's up to the first word that is none; the rest is left as it is. */
record Invocation(Path home, Action action) {
    private static final String HOME = "--home";
    private static final Pattern UNREADABLE = Pattern.compile("\uFFFD");

    /** What is to be done. */
    sealed interface Action {}

    /** A command with its arguments. */
    record Command(String name, List<String> arguments) implements Action {}

    /** Commands in the shell's language. */
    record Text(String text) implements Action {}

    /** A file with commands; null for standard input. */
    record File(Path path) implements Action {}

    /** Commands typed by somebody, or standard input as a file. */
    record Shell() implements Action {}

    /** A platform for others, until it is told to stop. */
    record Serve() implements Action {}

    /** Help. */
    record Help() implements Action {}

    /** The version. */
    record Version() implements Action {}

    static Invocation parse(List<String> arguments, Map<String, String> environment) throws UsageException {
        for (String argument : arguments) {
            if (UNREADABLE.matcher(argument).find()) {
                throw new UsageException("The argument '" + argument
                        + "' is no text in this locale: set LC_ALL=C.UTF-8, or whatever it is in");
            }
        }
        Deque<String> rest = new ArrayDeque<>(arguments);
        String home = environment.get("HIKAE_HOME");
        while (!rest.isEmpty() && (rest.peek().equals(HOME) || rest.peek().startsWith(HOME + "="))) {
            String option = rest.pop();
            home = option.equals(HOME) ? value(HOME, "a folder", rest) : option.substring(HOME.length() + 1);
            if (home.isEmpty()) {
                throw new UsageException("The option --home needs a folder");
            }
        }
        return new Invocation(folder(home), action(rest));
    }

    private static Action action(Deque<String> rest) throws UsageException {
        String first = rest.poll();
        if (first == null) {
            return new Shell();
        }
        if (first.equals("help") && !rest.isEmpty()) {
            return new Command(
                    rest.pop(),
                    Stream.concat(rest.stream(), Stream.of("--help")).toList());
        }
        Action action =
                switch (first) {
                    case "-c" -> new Text(value("-c", "commands", rest));
                    case "-h", "--help", "help" -> new Help();
                    case "--version" -> new Version();
                    case "serve" -> rest.contains("-h") || rest.contains("--help") ? help(rest) : new Serve();
                    case "run" -> rest.contains("-h") || rest.contains("--help") ? help(rest) : file(rest);
                    default -> command(first, rest);
                };
        if (!(action instanceof Command) && !rest.isEmpty()) {
            throw new UsageException("'" + rest.peek() + "' is one argument too many after " + first);
        }
        return action;
    }

    private static Action help(Deque<String> rest) {
        rest.clear();
        return new Help();
    }

    private static Action file(Deque<String> rest) throws UsageException {
        String name = value("run", "a file, or - for standard input", rest);
        return new File(name.equals("-") ? null : path(name));
    }

    private static Action command(String first, Deque<String> rest) throws UsageException {
        if (first.startsWith("-")) {
            throw new UsageException("There is no option " + first + suggestion(first) + " See hikae --help.");
        }
        return new Command(first, List.copyOf(rest));
    }

    private static String suggestion(String option) {
        return List.of(HOME, "--help", "--version").stream()
                .filter(known -> known.regionMatches(true, 0, option, 0, 4)
                        || option.equals(known.substring(1))
                        || option.equals(known.substring(1, 3)))
                .findFirst()
                .map(known -> ". Did you mean " + known + "?")
                .orElse(".");
    }

    private static String value(String option, String what, Deque<String> rest) throws UsageException {
        if (rest.isEmpty()) {
            throw new UsageException("The option " + option + " needs " + what);
        }
        return rest.pop();
    }

    private static Path folder(String home) throws UsageException {
        Path path = home == null || home.isEmpty() ? Path.of(System.getProperty("user.home"), ".hikae") : path(home);
        return path.toAbsolutePath().normalize();
    }

    private static Path path(String name) throws UsageException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UsageException("'" + name + "' cannot be a path: " + e.getReason());
        }
    }
}
