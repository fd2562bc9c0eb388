package org.hikae.nbd.handshake;

import org.hikae.nbd.protocol.OptionReply;

/** An option is refused; the handshake goes on. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final OptionReply reply;

    RefusedException(OptionReply reply, String message) {
        super(message);
        this.reply = reply;
    }

    OptionReply reply() {
        return reply;
    }
}
