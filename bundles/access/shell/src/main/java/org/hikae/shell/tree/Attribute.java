package org.hikae.shell.tree;

/** What the place of a copy, or the platform's rights, may not allow. */
public enum Attribute {
    OWNER("owners"),
    MODE("modes"),
    TIMES("times"),
    EXTENDED("extended attributes"),
    LINK("hard links, which became files of their own");

    private final String words;

    Attribute(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
