package org.hikae.backup;

import java.util.ArrayList;
import java.util.List;

/**
 * What a policy asks for now.
 *
 * @param writes those that go to tape, what others build upon first
 * @param evictions those whose data leaves their media once it is on tape, in that order
 * @param notes what cannot be done, a sentence each
 */
record MigratePlan(List<Step> writes, List<Step> evictions, List<String> notes) {

    /**
     * A generation and why.
     *
     * @param because half a sentence
     */
    record Step(String generation, String because) {}

    /** A line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        writes.forEach(step -> lines.add("write " + step.generation() + ": " + step.because()));
        evictions.forEach(step -> lines.add("evict " + step.generation() + ": " + step.because()));
        lines.addAll(notes);
        return lines;
    }

    static List<String> ids(List<Step> steps) {
        return steps.stream().map(Step::generation).toList();
    }
}
