package org.hikae.shell;

import java.util.List;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Cancellation;
import org.hikae.shell.call.OwnThread;
import org.hikae.shell.call.Services;
import org.hikae.shell.command.Completion;

/**
 * The hidden command {@code complete INDEX WORD...}: prints what the word at that index, counted from 0, may become, a
 * candidate a line. The first word is the thing's name.
 */
final class GogoComplete implements Function {

    private final Supplier<Services> platform;

    GogoComplete(Supplier<Services> platform) {
        this.platform = platform;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws Exception {
        List<String> texts = arguments.stream().map(String::valueOf).toList();
        if (texts.isEmpty() || !texts.get(0).matches("[0-9]{1,4}")) {
            return null;
        }
        int index = Integer.parseInt(texts.get(0));
        var caller = GogoCaller.of(session);
        Cancellation cancellation = new Cancellation();
        return OwnThread.run("complete", cancellation, () -> {
            try (Services services = platform.get()) {
                Call call = new Call(caller, services, cancellation);
                new Completion(call)
                        .candidates(index, texts.subList(1, texts.size()))
                        .forEach(call::say);
            }
            return null;
        });
    }
}
