package org.hikae.files.center.http;

import java.util.List;
import java.util.regex.Pattern;
import org.hikae.files.center.collect.Refusal;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Protocol;

/**
 * The path of a request, as it was sent: of the few characters that names here have, and never decoded, so that there is but one way to
 * write each.
 */
final class PathParts {

    private static final Pattern PARTS = Pattern.compile("[A-Za-z0-9@._-]{1,128}(/[A-Za-z0-9@._-]{1,128}){0,5}");

    private PathParts() {}

    /** The parts behind {@link Protocol#ROOT}. @throws Refusal.Refused if it is no path of the protocol */
    static List<String> of(String uri, String query) throws Refusal.Refused {
        if (uri == null || query != null || !uri.startsWith(Protocol.ROOT)) {
            throw missing();
        }
        String rest = uri.substring(Protocol.ROOT.length());
        if (!PARTS.matcher(rest).matches()) {
            throw missing();
        }
        return List.of(rest.split("/"));
    }

    /** @throws Refusal.Refused if it is no number from 0 on as people write it */
    static long number(String text) throws Refusal.Refused {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && Long.toString(number).equals(text)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw missing();
        }
        throw missing();
    }

    static Refusal.Refused missing() {
        return Answers.refused(404, ErrorReply.MISSING, "there is no such resource");
    }
}
