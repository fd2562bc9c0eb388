package org.hikae.files.client.select;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.hikae.api.fs.FileName;

/**
 * The files that a row means: those of its paths and what is in them, without what its exclusions name. A file is asked about on the
 * way down to it, folder by folder. Names are the texts of {@link FileName}. Immutable.
 */
public final class Selection {

    private final List<PathPattern> wanted = new ArrayList<>();
    private final List<PathPattern> excluded = new ArrayList<>();
    private final List<Pattern> excludedNames = new ArrayList<>();
    private final List<FileName> bases;

    /**
     * A file or folder on the way.
     *
     * @param selected whether it is meant, and all in it that is not excluded; else it is but the way to something that may be
     */
    public record Place(boolean selected, List<BitSet> wanted, List<BitSet> excluded) {}

    /** @throws IllegalArgumentException if one cannot be understood; says which and why */
    public Selection(List<String> paths, List<String> exclusions) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("it names no files");
        }
        paths.forEach(path -> wanted.add(PathPattern.parse(path)));
        for (String exclusion : exclusions) {
            String text = exclusion.length() > 1 ? exclusion.replaceFirst("/+$", "") : exclusion;
            if (text.isEmpty()) {
                throw new IllegalArgumentException("an exclusion is empty");
            } else if (text.indexOf('/') < 0) {
                excludedNames.add(PathPattern.name(text));
            } else if (text.startsWith("/")) {
                excluded.add(PathPattern.parse(text));
            } else {
                throw new IllegalArgumentException(
                        "the exclusion '" + exclusion + "' is neither an absolute path nor a name without a slash");
            }
        }
        bases = findBases();
    }

    private List<FileName> findBases() {
        List<byte[]> found = new ArrayList<>();
        for (PathPattern pattern : wanted) {
            found.add(FileName.parse("/" + String.join("/", pattern.literal())).bytes());
        }
        found.sort(PathOrder::compare);
        List<FileName> outer = new ArrayList<>();
        byte[] last = null;
        for (byte[] base : found) {
            if (last == null || !PathOrder.isWithin(base, last)) {
                outer.add(FileName.of(base));
                last = base;
            }
        }
        return outer;
    }

    /** Where the ways begin: absolute paths, none within another, in {@link PathOrder}. */
    public List<FileName> bases() {
        return bases;
    }

    /** A base; null if it is excluded. Who names a folder wants it, whatever names are excluded elsewhere. */
    public Place base(FileName base) {
        Place place = new Place(isMatched(wanted, begin(wanted)), begin(wanted), begin(excluded));
        for (String name : base.toString().split("/")) {
            if (place != null && !name.isEmpty()) {
                place = next(place, name);
            }
        }
        return place;
    }

    /** What has that name in a folder; null if nothing in it is meant. */
    public Place child(Place folder, String name) {
        for (Pattern pattern : excludedNames) {
            if (pattern.matcher(name).matches()) {
                return null;
            }
        }
        return next(folder, name);
    }

    private Place next(Place folder, String name) {
        List<BitSet> out = step(excluded, folder.excluded, name);
        if (isMatched(excluded, out)) {
            return null;
        }
        if (folder.selected) {
            return new Place(true, folder.wanted, out);
        }
        List<BitSet> in = step(wanted, folder.wanted, name);
        boolean any = in.stream().anyMatch(reached -> !reached.isEmpty());
        return any ? new Place(isMatched(wanted, in), in, out) : null;
    }

    private static List<BitSet> begin(List<PathPattern> patterns) {
        return patterns.stream().map(PathPattern::begin).toList();
    }

    private static List<BitSet> step(List<PathPattern> patterns, List<BitSet> reached, String name) {
        List<BitSet> next = new ArrayList<>(patterns.size());
        for (int i = 0; i < patterns.size(); i++) {
            next.add(patterns.get(i).step(reached.get(i), name));
        }
        return next;
    }

    private static boolean isMatched(List<PathPattern> patterns, List<BitSet> reached) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).isMatched(reached.get(i))) {
                return true;
            }
        }
        return false;
    }
}
