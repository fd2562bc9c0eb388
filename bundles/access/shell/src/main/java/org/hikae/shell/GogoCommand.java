package org.hikae.shell;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.hikae.api.job.Reason;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Caller;
import org.hikae.shell.call.Cancellation;
import org.hikae.shell.call.CommandFailed;
import org.hikae.shell.call.Commands;
import org.hikae.shell.call.OwnThread;
import org.hikae.shell.call.Services;
import org.hikae.shell.call.Thing;

/**
 * A command as a Gogo function. A function, and not a method, for Gogo would turn the argument {@code 007} of a method
 * into 7.
 *
 * <p>A failed command throws, so that scripts stop; the message is a line for people, and the exit code is left in the
 * session. Shells print the message, this does not.
 */
final class GogoCommand implements org.apache.felix.service.command.Function {

    private final Supplier<Services> platform;
    private final String name;
    private final Function<Call, Thing> thing;

    GogoCommand(Supplier<Services> platform, String name, Function<Call, Thing> thing) {
        this.platform = platform;
        this.name = name;
        this.thing = thing;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws Exception {
        Caller caller = GogoCaller.of(session);
        Cancellation cancellation = new Cancellation();
        if (session.get(GogoCaller.ON_CANCEL) instanceof Consumer<?> consumer) {
            register(consumer, cancellation::cancel);
        }
        List<String> texts = arguments.stream().map(String::valueOf).toList();
        session.put(GogoCaller.EXIT, 0);
        try {
            OwnThread.run(name, cancellation, () -> run(caller, cancellation, texts));
        } catch (CommandFailed e) {
            session.put(GogoCaller.EXIT, e.exitCode());
            throw e;
        } catch (Exception | Error e) {
            // Gogo does not expect errors; a command's own ones have been told already.
            session.put(GogoCaller.EXIT, CommandFailed.FAILURE);
            throw new CommandFailed(CommandFailed.FAILURE, name + ": " + Reason.of(e), e);
        }
        return null;
    }

    private Void run(Caller caller, Cancellation cancellation, List<String> arguments) throws CommandFailed {
        try (Services services = platform.get()) {
            Call call = new Call(caller, services, cancellation);
            Commands.run(thing.apply(call), call, arguments);
        }
        return null;
    }

    /** The session's variable is that of whoever opened the session; what it must be is said there. */
    @SuppressWarnings("unchecked")
    private static void register(Consumer<?> consumer, Runnable cancel) {
        ((Consumer<Runnable>) consumer).accept(cancel);
    }
}
