package org.hikae.files.client.buffer;

/** Is told each step of what must be right wherever it is cut off. */
@FunctionalInterface
public interface Steps {

    /** Takes no notice. */
    Steps NONE = step -> {};

    /** @param step what has just been done */
    void done(String step);
}
