package org.hikae.media.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.ObjectRef;

/** Looks whether the objects of a generation are there, and as long as they should be. */
public final class ObjectLengths {

    private ObjectLengths() {}

    /** For each object of frames, and for the index last, what is wrong with it, in a sentence; null if nothing is. */
    static List<String> check(Part part) throws IOException {
        List<ObjectRef> all = new ArrayList<>(part.refs());
        all.add(part.indexRef().object());
        Map<String, Long> found = of(part.medium().objects(), all);
        List<String> wrong = new ArrayList<>();
        part.refs().forEach(ref -> wrong.add(compare(ref, found)));
        wrong.add(compare(part.indexRef().object(), found));
        return wrong;
    }

    /** The lengths of objects that are there, and of others beside them: a merge's lie in several folders. */
    public static Map<String, Long> of(Medium medium, List<ObjectRef> refs) throws IOException {
        Set<String> folders = new HashSet<>();
        refs.forEach(ref -> folders.add(ref.name().substring(0, ref.name().indexOf('/') + 1)));
        Map<String, Long> found = new HashMap<>();
        for (String folder : folders) {
            found.putAll(list(medium, folder));
        }
        return found;
    }

    /** The lengths of the objects whose names begin so. */
    public static Map<String, Long> list(Medium medium, String prefix) throws IOException {
        Map<String, Long> found = new HashMap<>();
        for (MediumObject object : medium.list(prefix)) {
            found.put(object.name(), object.length());
        }
        return found;
    }

    /** What is wrong with an object; null if nothing is. */
    public static String compare(ObjectRef ref, Map<String, Long> found) {
        Long length = found.get(ref.name());
        if (length == null) {
            return ref.name() + " is missing";
        }
        return length == ref.length() ? null : ref.name() + " has " + length + " bytes instead of " + ref.length();
    }
}
