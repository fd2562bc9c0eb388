package org.hikae.files.center.authority;

import java.io.IOException;

/** Somebody wants what is not theirs. The message is for whoever asked, and tells nothing that they cannot know. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
        super(message);
    }
}
