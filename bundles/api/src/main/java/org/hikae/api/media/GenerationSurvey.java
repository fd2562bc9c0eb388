package org.hikae.api.media;

import java.util.List;

/**
 * The generations that could be seen, and where more of them may be.
 *
 * @param generations by disk and number; damaged ones too
 * @param unread the media that could not be looked at
 */
public record GenerationSurvey(List<GenerationInfo> generations, List<Unread> unread) {

    /**
     * A medium that could not be looked at.
     *
     * @param medium name of the medium
     * @param problem why, in a sentence
     */
    public record Unread(String medium, String problem) {}
}
