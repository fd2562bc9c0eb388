package org.hikae.nbd.session;

import org.hikae.nbd.protocol.Request;

/**
 * A request that was taken from a client.
 *
 * @param payload the data that are still to be written; null if there are none
 * @param offset where they belong
 * @param length how many they are
 * @param refusal why it is not carried out; null if it is
 */
record Work(Request request, Payload payload, long offset, int length, FailedException refusal)
        implements AutoCloseable {

    static Work of(Request request) {
        return new Work(request, null, 0, 0, null);
    }

    static Work refused(Request request, FailedException refusal) {
        return new Work(request, null, 0, 0, refusal);
    }

    @Override
    public void close() {
        if (payload != null) {
            payload.close();
        }
    }
}
