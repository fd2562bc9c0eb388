package org.hikae.itests.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which generations of the disk {@code data} there are, each of which builds upon the one before: a model of what commands
 * make of them.
 *
 * @param links by number, the oldest first; not to be changed
 */
record Chain(SortedMap<Integer, Link> links) {

    /** Stands for the number of a generation whose backup did not live to tell it; greater than all others. */
    static final int UNTOLD = Integer.MAX_VALUE;

    private static final Pattern LISTED = Pattern.compile(
            "(?s)\"id\"\\s*:\\s*\"data@(\\d+)\".*?\"parent\"\\s*:\\s*(?:null|\"data@(\\d+)\").*?\"medium\"\\s*:\\s*\"(\\w+)\"");

    /**
     * A generation.
     *
     * @param medium name of the one that it is on
     * @param parent number of the one that it builds upon; 0 for a full one
     */
    record Link(String medium, int parent) {}

    /** What {@code generation list --json} tells. */
    static Chain of(String listing) {
        SortedMap<Integer, Link> links = new TreeMap<>();
        Matcher listed = LISTED.matcher(listing);
        while (listed.find()) {
            int parent = listed.group(2) == null ? 0 : Integer.parseInt(listed.group(2));
            links.put(Integer.parseInt(listed.group(1)), new Link(listed.group(3), parent));
        }
        return new Chain(links);
    }

    static String id(int number) {
        return "data@" + number;
    }

    List<Integer> numbers() {
        return new ArrayList<>(links.keySet());
    }

    int newest() {
        return links.lastKey();
    }

    String medium(int number) {
        return links.get(number).medium;
    }

    Chain with(int number, Link link) {
        SortedMap<Integer, Link> changed = new TreeMap<>(links);
        changed.put(number, link);
        return new Chain(changed);
    }

    Chain without(int number) {
        SortedMap<Integer, Link> changed = new TreeMap<>(links);
        changed.remove(number);
        return new Chain(changed);
    }

    /** The newest is a differential on that medium. */
    Chain grown(int number, String medium) {
        return with(number, new Link(medium, newest()));
    }

    /** The one whose number nobody has told has that one, if it is there. */
    Chain told(int number) {
        return links.containsKey(UNTOLD) ? without(UNTOLD).with(number, links.get(UNTOLD)) : this;
    }

    /** One is there for all of them (a.10). */
    Chain merged(int from, int to, String medium) {
        SortedMap<Integer, Link> changed = new TreeMap<>(links);
        changed.subMap(from, to).clear();
        changed.put(to, new Link(medium, links.get(from).parent));
        return new Chain(changed);
    }

    /** Each that is elsewhere comes to that medium, the oldest first; what is there after each of them. */
    List<Chain> moved(int last, String medium) {
        List<Chain> after = new ArrayList<>();
        Chain now = this;
        for (int number : links.headMap(last + 1).keySet()) {
            if (!now.medium(number).equals(medium)) {
                now = now.with(number, new Link(medium, links.get(number).parent));
                after.add(now);
            }
        }
        return Collections.unmodifiableList(after);
    }
}
