package org.hikae.wire;

import java.util.List;

/**
 * Words of an unfinished line and which of them is being written, or the ways in which that one can go on.
 *
 * @param index of the word that is being written
 */
public record Words(int index, List<String> words) {

    public byte[] packed() {
        return new Packer().number(index).texts(words).content();
    }

    public static Words unpack(byte[] content) throws ProtocolException {
        Unpacker unpacker = new Unpacker(content);
        Words words = new Words(unpacker.number(), unpacker.texts());
        unpacker.end();
        return words;
    }
}
