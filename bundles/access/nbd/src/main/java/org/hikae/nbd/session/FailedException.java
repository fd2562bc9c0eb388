package org.hikae.nbd.session;

import java.io.IOException;
import org.hikae.api.job.Reason;
import org.hikae.nbd.protocol.ErrorCode;

/** A request fails; the session goes on. */
final class FailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    FailedException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    /** What a device could not do. */
    static FailedException of(Throwable failure) {
        return new FailedException(ErrorCode.of(failure), Reason.of(failure));
    }

    /** Something to do with a device, whose failure is the request's and not the connection's. */
    @FunctionalInterface
    interface DeviceCall {
        void run() throws IOException;
    }

    static void onDevice(DeviceCall call) throws FailedException {
        try {
            call.run();
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw of(e);
        }
    }
}
