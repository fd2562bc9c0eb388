package org.hikae.wire;

import java.util.List;

/** What a client wants of the platform. */
public record Request(Caller caller, Task task) {

    /** What is to be done. */
    public sealed interface Task {}

    /** One command, its arguments just as they are. */
    public record Command(String name, List<String> arguments) implements Task {}

    /**
     * Commands in Gogo's language, up to the first that fails.
     *
     * @param name to be told with the line that fails; empty for none
     */
    public record Script(String name, String text) implements Task {}

    /** Lines that come one by one, each a script of its own, with variables that stay. */
    public record Shell() implements Task {}

    public byte[] packed() {
        Packer packer = new Packer();
        caller.pack(packer);
        if (task instanceof Command command) {
            packer.number(0).text(command.name()).texts(command.arguments());
        } else if (task instanceof Script script) {
            packer.number(1).text(script.name()).text(script.text());
        } else {
            packer.number(2);
        }
        return packer.content();
    }

    public static Request unpack(byte[] content) throws ProtocolException {
        Unpacker unpacker = new Unpacker(content);
        Caller caller = Caller.unpack(unpacker);
        int kind = unpacker.number();
        Task task =
                switch (kind) {
                    case 0 -> new Command(unpacker.text(), unpacker.texts());
                    case 1 -> new Script(unpacker.text(), unpacker.text());
                    case 2 -> new Shell();
                    default -> throw new ProtocolException("a request of an unknown kind " + kind);
                };
        unpacker.end();
        return new Request(caller, task);
    }
}
