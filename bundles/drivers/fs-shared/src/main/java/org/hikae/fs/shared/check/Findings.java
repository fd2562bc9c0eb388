package org.hikae.fs.shared.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.table.RecordVisitor;

/** What was found; the first ones in words, the rest counted. */
final class Findings {

    private static final int MOST = 1000;

    private final List<String> first = new ArrayList<>();
    private final Set<String> damages = new HashSet<>();
    private long more;

    void add(String finding) {
        if (first.size() < MOST) {
            first.add(finding);
        } else {
            more++;
        }
    }

    List<String> first() {
        return first;
    }

    long more() {
        return more;
    }

    /** Looks at records; what is damaged is a finding, and the look goes on. */
    <T> RecordVisitor<T> each(Looker<T> looker) {
        return new RecordVisitor<>() {
            @Override
            public boolean visit(T found) throws IOException {
                looker.look(found);
                return true;
            }

            @Override
            public void damaged(FileSystemRefusedException why) {
                damage(why);
            }
        };
    }

    /**
     * Does a part of the check, as far as damage lets it.
     *
     * @return whether it came to its end
     */
    boolean asFarAsPossible(Part part) throws IOException {
        try {
            part.run();
            return true;
        } catch (FileSystemRefusedException e) {
            damage(e);
            add("what comes after this damage could not be looked at, nor what depends on it");
            return false;
        }
    }

    /** The same damage may be met several times. */
    private void damage(FileSystemRefusedException why) {
        if (damages.size() < MOST && damages.add(why.getMessage())) {
            add("damaged: " + why.getMessage());
        }
    }

    /** Looks at a record. */
    @FunctionalInterface
    interface Looker<T> {
        void look(T found) throws IOException;
    }

    /** A part of a check. */
    @FunctionalInterface
    interface Part {
        void run() throws IOException;
    }
}
