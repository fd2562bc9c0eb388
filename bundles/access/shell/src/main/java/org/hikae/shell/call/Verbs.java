package org.hikae.shell.call;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Gives a command its verbs. Models of verbs are what most of the time of a short command would go into, and most
 * commands need one of them: the one that the arguments name. All are made if they name none, for then the command tells
 * of all: in its help, or in what it says of a verb that is missing or not known.
 */
final class Verbs {

    private Verbs() {}

    /** Adds those that these arguments need: in the order of the classes from {@link Thing} down, then by method. */
    static void add(CommandLine line, Thing thing, List<String> arguments) {
        List<Method> methods = methods(thing.getClass());
        Map<String, Object> nested = thing.nested();
        String asked = asked(arguments);
        Optional<Method> method = methods.stream()
                .filter(each -> each.getAnnotation(Command.class).name().equals(asked))
                .findFirst();
        if (method.isPresent()) {
            add(line, method.get());
        } else if (asked != null && nested.containsKey(asked)) {
            line.addSubcommand(asked, nested.get(asked));
        } else {
            methods.forEach(each -> add(line, each));
            nested.forEach(line::addSubcommand);
        }
    }

    private static void add(CommandLine line, Method method) {
        CommandLine verb = new CommandLine(method);
        line.addSubcommand(verb.getCommandName(), verb);
    }

    /**
     * The word that is the verb if there is such one, else null. Of a thing's own options only this one comes before a
     * verb that is carried out, once; what else comes first is for a command that knows all its verbs.
     */
    private static String asked(List<String> arguments) {
        int index = !arguments.isEmpty() && arguments.get(0).equals(Thing.VERBOSE) ? 1 : 0;
        return index < arguments.size() ? arguments.get(index) : null;
    }

    /** Those of superclasses first; of a class in the order of their names, which the order in help is. */
    private static List<Method> methods(Class<?> type) {
        if (type == Thing.class) {
            return new ArrayList<>();
        }
        List<Method> methods = methods(type.getSuperclass());
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Command.class))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(methods::add);
        return methods;
    }
}
