package org.hikae.media.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.ObjectRef;

/** Looks whether the objects of a generation are there, and as long as they should be. */
public final class ObjectLengths {

    private ObjectLengths() {}

    /** For each object of frames, and for the index last, what is wrong with it, in a sentence; null if nothing is. */
    static List<String> check(Part part) throws IOException {
        Map<String, Long> found = list(part.medium().objects(), part.manifest().id() + "/");
        List<String> wrong = new ArrayList<>();
        part.refs().forEach(ref -> wrong.add(compare(ref, found)));
        wrong.add(compare(part.indexRef().object(), found));
        return wrong;
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
