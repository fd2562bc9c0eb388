package org.hikae.nbd.handshake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.nbd.protocol.Limits;
import org.hikae.nbd.protocol.OptionReply;

/** Which kinds of block status a client has chosen, and for which export. There is one kind: which blocks are allocated. */
final class Contexts {

    static final String ALLOCATION = "base:allocation";
    private static final String WILDCARD = "base:";

    /** The export that block status was chosen for; null if it was for none. */
    private String chosenFor;

    /** Looks whether there is such an export. */
    @FunctionalInterface
    interface Check {
        void run(String export) throws IOException, RefusedException;
    }

    boolean allocation(String export) {
        return export.equals(chosenFor);
    }

    Agreement list(OptionData data, Replies replies, boolean structured, Check check)
            throws IOException, RefusedException {
        String export = export(data, structured);
        List<String> queries = queries(data);
        check.run(export);
        if (queries.isEmpty() || queries.contains(WILDCARD) || queries.contains(ALLOCATION)) {
            replies.context(0, ALLOCATION);
        }
        replies.ack();
        return null;
    }

    /** What was chosen before is forgotten, whatever becomes of this. */
    Agreement set(OptionData data, Replies replies, boolean structured, Check check)
            throws IOException, RefusedException {
        chosenFor = null;
        String export = export(data, structured);
        List<String> queries = queries(data);
        check.run(export);
        if (queries.contains(ALLOCATION)) {
            chosenFor = export;
            replies.context(Limits.ALLOCATION_ID, ALLOCATION);
        }
        replies.ack();
        return null;
    }

    private static String export(OptionData data, boolean structured) throws RefusedException {
        if (!structured) {
            throw new RefusedException(OptionReply.ERR_INVALID, "structured replies come first");
        }
        return data.text();
    }

    private static List<String> queries(OptionData data) throws RefusedException {
        int count = data.number();
        List<String> queries = new ArrayList<>();
        // A count that is a lie ends where the data do.
        for (int i = 0; Integer.compareUnsigned(i, count) < 0; i++) {
            queries.add(data.text());
        }
        data.end();
        return queries;
    }
}
