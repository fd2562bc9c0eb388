package org.hikae.socket;

import java.util.List;
import org.apache.felix.service.command.CommandSession;

/** The end of a script before its last line, by {@code exit} or {@code exit CODE}. */
final class ScriptEnd extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    private ScriptEnd(int code) {
        super("exit " + code, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The command {@code exit}. */
    static Object exit(CommandSession session, List<Object> arguments) throws ScriptEnd {
        String code = arguments.isEmpty() ? "0" : String.valueOf(arguments.get(0));
        if (arguments.size() > 1 || !code.matches("\\d{1,3}") || Integer.parseInt(code) > 255) {
            session.put("hikae.exit", Failure.USAGE);
            throw new IllegalArgumentException("exit: give one exit code from 0 to 255, or none");
        }
        throw new ScriptEnd(Integer.parseInt(code));
    }
}
