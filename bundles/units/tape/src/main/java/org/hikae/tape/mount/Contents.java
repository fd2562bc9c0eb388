package org.hikae.tape.mount;

/** What is at the beginning of a cartridge. */
public sealed interface Contents {

    /** Nothing: it was never written, or a label that was being written did not get done. */
    record Blank() implements Contents {}

    /** A label of Hikae, of this home or another. */
    record Labelled(Label label) implements Contents {}

    /**
     * Something else.
     *
     * @param what goes on after the cartridge's name, such as "begins with a filemark"
     */
    record Foreign(String what) implements Contents {}
}
