package org.hikae.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.rules.Steps.Step;

/** Goes through all states that a setup leads to, those first that take the fewest steps. */
final class Search {

    /** The way into a state. */
    private record Way(State from, Step step) {}

    /**
     * What the search came upon.
     *
     * @param problem empty if there is none
     * @param trace the steps that lead to it
     */
    record Result(Optional<String> problem, List<Step> trace, int states, int sealed, int failed) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(problem.orElse("nothing wrong") + " (" + states + " states)");
            trace.forEach(step -> text.append("\n    ").append(step));
            return text.toString();
        }
    }

    private final Setup setup;
    private final Map<State, Way> seen = new HashMap<>();
    private final Deque<State> toDo = new ArrayDeque<>();
    private int sealed;
    private int failed;

    Search(Setup setup) {
        this.setup = setup;
    }

    Result run() {
        State start = setup.start();
        seen.put(start, new Way(null, null));
        toDo.add(start);
        while (!toDo.isEmpty()) {
            State state = toDo.remove();
            Optional<String> problem = visit(state);
            if (problem.isPresent()) {
                return new Result(problem, trace(state), seen.size(), sealed, failed);
            }
        }
        return new Result(Optional.empty(), List.of(), seen.size(), sealed, failed);
    }

    private Optional<String> visit(State state) {
        Check check = new Check(setup, state);
        Optional<String> problem = check.problem();
        if (problem.isPresent()) {
            return problem;
        }
        boolean[] end = {true};
        new Steps(setup, state, step -> {
                    end[0] = false;
                    if (seen.putIfAbsent(step.next(), new Way(state, step)) == null) {
                        toDo.add(step.next());
                    }
                })
                .find();
        return end[0] ? end(state, check) : Optional.empty();
    }

    private Optional<String> end(State state, Check check) {
        sealed += state.phase == State.Phase.SEALED ? 1 : 0;
        failed += state.phase == State.Phase.FAILED ? 1 : 0;
        return check.problemAtEnd();
    }

    private List<Step> trace(State state) {
        List<Step> trace = new ArrayList<>();
        for (Way way = seen.get(state); way.step != null; way = seen.get(way.from)) {
            trace.add(way.step);
        }
        Collections.reverse(trace);
        return trace;
    }
}
