package org.hikae.files.center.plan;

/** Of what more than possible is asked for. */
enum Crowded {
    TRANSFERS("transfers can do"),
    BANDWIDTH("bandwidth allows");

    private final String words;

    Crowded(String words) {
        this.words = words;
    }

    /** A sentence. */
    String why() {
        return "More than the center's " + words
                + " until its window closes is asked for, and what takes less goes first";
    }
}
