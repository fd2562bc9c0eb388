package org.hikae.api.files.relay;

import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;

/** Some of the versions that are asked for are not there. */
public final class MissingVersionsException extends NoSuchFileException {

    private static final long serialVersionUID = 1;

    private final int[] missing;

    /**
     * @param origin whose versions were asked for
     * @param missing which of them are not there, from 0 on, ascending; not empty
     */
    public MissingVersionsException(String origin, List<Integer> missing, String reason) {
        super(origin, null, reason);
        this.missing = missing.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Which of the versions that were asked for are not there, from 0 on, ascending. */
    public List<Integer> missing() {
        return Arrays.stream(missing).boxed().toList();
    }
}
