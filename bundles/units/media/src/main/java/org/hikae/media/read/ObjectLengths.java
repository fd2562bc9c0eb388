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
final class ObjectLengths {

    private ObjectLengths() {}

    /** For each object of frames what is wrong with it, in a sentence; null if nothing is. */
    static List<String> check(OpenedGeneration generation) throws IOException {
        Map<Medium, Map<String, Long>> lengths = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < generation.places().size(); i++) {
            Medium medium = generation.places().get(i).medium();
            Map<String, Long> found = lengths.get(medium);
            if (found == null) {
                found = list(medium, generation.manifest().id() + "/");
                lengths.put(medium, found);
            }
            wrong.add(compare(generation.refs().get(i), found));
        }
        return wrong;
    }

    private static Map<String, Long> list(Medium medium, String folder) throws IOException {
        Map<String, Long> found = new HashMap<>();
        for (MediumObject object : medium.list(folder)) {
            found.put(object.name(), object.length());
        }
        return found;
    }

    /** What is wrong with an object; null if nothing is. */
    static String compare(ObjectRef ref, Map<String, Long> found) {
        Long length = found.get(ref.name());
        if (length == null) {
            return ref.name() + " is missing";
        }
        return length == ref.length() ? null : ref.name() + " has " + length + " bytes instead of " + ref.length();
    }
}
