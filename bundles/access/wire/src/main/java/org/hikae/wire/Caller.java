package org.hikae.wire;

/**
 * Who asks, and where. Paths and terminals that commands mean are the caller's, not the platform's.
 *
 * @param folder working folder, absolute
 * @param zone time zone, as its identifier
 * @param width of the terminal in columns; 0 if there is none, or nobody knows
 * @param colour whether output may be coloured
 * @param inputTerminal whether standard input is a terminal
 * @param outputTerminal whether standard output is a terminal
 * @param errorTerminal whether standard error is a terminal
 */
public record Caller(
        String folder,
        String zone,
        int width,
        boolean colour,
        boolean inputTerminal,
        boolean outputTerminal,
        boolean errorTerminal) {

    void pack(Packer packer) {
        packer.text(folder).text(zone).number(width);
        packer.flag(colour).flag(inputTerminal).flag(outputTerminal).flag(errorTerminal);
    }

    static Caller unpack(Unpacker unpacker) throws ProtocolException {
        return new Caller(
                unpacker.text(),
                unpacker.text(),
                unpacker.number(),
                unpacker.flag(),
                unpacker.flag(),
                unpacker.flag(),
                unpacker.flag());
    }
}
