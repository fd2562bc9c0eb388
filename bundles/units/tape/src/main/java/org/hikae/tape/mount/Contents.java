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
     * @param damaged whether it begins as a label of Hikae does, and cannot be relied upon: what is behind it may be of this home
     */
    record Foreign(String what, boolean damaged) implements Contents {

        /** Something that is not of Hikae, as far as can be seen. */
        public Foreign(String what) {
            this(what, false);
        }
    }
}
