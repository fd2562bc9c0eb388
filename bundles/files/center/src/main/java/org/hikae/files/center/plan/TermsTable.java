package org.hikae.files.center.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All terms, each once, as long as there are requests under them, by when they change. */
final class TermsTable {
    private final Map<Terms.Key, Terms> all = new HashMap<>();
    private final List<Terms> byNumber = new ArrayList<>();
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final Keys keys = new Keys();
    private final Heap due = new Heap(keys);

    Terms get(int number) {
        return byNumber.get(number);
    }

    Collection<Terms> all() {
        return all.values();
    }

    /** @param now at which they are refreshed if they are new */
    Terms find(Terms.Key key, long now, Limits center) {
        Terms known = all.get(key);
        if (known != null) {
            return known;
        }
        int number = free.isEmpty() ? byNumber.size() : free.pop();
        Terms terms = new Terms(key, number);
        if (number == byNumber.size()) {
            byNumber.add(terms);
            if (keys.at.length <= number) {
                keys.grow(Math.max(16, 2 * number));
            }
        } else {
            byNumber.set(number, terms);
        }
        all.put(key, terms);
        terms.refresh(now, center);
        due.add(number, terms.phaseEnd());
        return terms;
    }

    void removeIfUnused(Terms terms) {
        if (terms.lines == 0 && all.remove(terms.key, terms)) {
            due.remove(terms.number);
            byNumber.set(terms.number, null);
            free.push(terms.number);
        }
    }

    long nextChange() {
        return due.topKey();
    }

    /** Refreshes those whose time has come; the consumer gets those for whose lines something has changed. */
    void advance(long now, Limits center, Consumer<Terms> changed) {
        while (due.topKey() <= now) {
            Terms terms = byNumber.get(due.top());
            boolean differs = terms.refresh(now, center);
            due.remove(terms.number);
            due.add(terms.number, terms.phaseEnd());
            if (differs) {
                changed.accept(terms);
            }
        }
    }

    void refreshAll(long now, Limits center, Consumer<Terms> changed) {
        for (Terms terms : all.values()) {
            terms.refresh(now, center);
            due.remove(terms.number);
            due.add(terms.number, terms.phaseEnd());
            changed.accept(terms);
        }
    }
}
