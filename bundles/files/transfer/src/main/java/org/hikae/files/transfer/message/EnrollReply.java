package org.hikae.files.transfer.message;

import java.util.Map;

/**
 * A certificate. Who asks again with the same token and key as long as the token would be valid gets it again: the answer may have been lost.
 *
 * @param name in it
 * @param certificate PEM
 * @param ca PEM
 * @param lastRuns number of the last run that is known of each backup of this name: the next ones must be higher
 */
public record EnrollReply(String name, String certificate, String ca, Map<String, Long> lastRuns) {
    public EnrollReply {
        lastRuns = Map.copyOf(lastRuns);
    }
}
