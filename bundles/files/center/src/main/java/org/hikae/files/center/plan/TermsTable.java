package org.hikae.files.center.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All terms, each once, as long as there are requests under them, by when they change. */
final class TermsTable {
    private final Map<Terms.Key, Terms> all;
    private final List<Terms> byNumber = new ArrayList<>();
    private final ArrayDeque<Integer> free;
    private final Keys keys;
    private final Heap due;

    TermsTable() {
        all = new HashMap<>();
        free = new ArrayDeque<>();
        keys = new Keys();
        due = new Heap(keys);
    }

    private TermsTable(TermsTable other) {
        all = new HashMap<>(other.all);
        all.replaceAll((key, terms) -> terms.copy());
        other.byNumber.forEach(terms -> byNumber.add(terms == null ? null : all.get(terms.key)));
        free = other.free.clone();
        keys = other.keys.copy();
        due = other.due.copy(keys);
    }

    TermsTable copy() {
        return new TermsTable(this);
    }

    Terms get(int number) {
        return byNumber.get(number);
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
