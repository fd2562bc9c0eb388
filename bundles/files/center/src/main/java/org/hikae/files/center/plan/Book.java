package org.hikae.files.center.plan;

import org.hikae.api.files.RunId;
import org.hikae.api.files.TransferWindow;

/** Enters requests into lines and takes them out, and keeps lines under the terms of their first request. */
final class Book {
    private static final int NONE = -1;

    private final State state;
    private final Origins origins;
    private final Lines lines;
    private final Requests requests;
    private final Places places;
    private final Transfers transfers;

    Book(State state, Places places, Transfers transfers) {
        this.state = state;
        this.places = places;
        this.transfers = transfers;
        origins = state.origins;
        lines = state.lines;
        requests = state.requests;
    }

    /** @return its line */
    int announce(RunId run, TransferWindow window, boolean finish, long arrived, long remaining) {
        int origin = origins.findOrAdd(run.origin());
        int line = findLine(origin, run.backup());
        if (line == NONE) {
            line = lines.add(origin);
            lines.nextOfOrigin[line] = origins.firstLine[origin];
            origins.firstLine[origin] = line;
        }
        int request = findRequest(line, run.number());
        if (request == NONE) {
            request = requests.add(run, origins.name[origin], window);
            requests.finish[request] = finish;
            requests.arrived[request] = arrived;
            requests.remaining[request] = remaining;
            enter(line, request);
        } else {
            change(line, request, window, finish, remaining);
        }
        return line;
    }

    private void enter(int line, int request) {
        int head = lines.head[line];
        long number = requests.run[request].number();
        boolean first = head == NONE || !state.isRunning(line) && number < requests.run[head].number();
        if (first) {
            leaveTerms(line);
            requests.next[request] = head;
            lines.head[line] = request;
            lines.since[line] = Math.max(lines.since[line], requests.arrived[request]);
        } else {
            int before = head;
            while (requests.next[before] != NONE && requests.run[requests.next[before]].number() < number) {
                before = requests.next[before];
            }
            requests.next[request] = requests.next[before];
            requests.next[before] = request;
        }
        state.touch(line);
    }

    private void change(int line, int request, TransferWindow window, boolean finish, long remaining) {
        TransferWindow wish = requests.once(window);
        boolean sameWish = wish == null ? requests.window[request] == null : wish.equals(requests.window[request]);
        boolean isHead = lines.head[line] == request;
        boolean runs = isHead && state.isRunning(line);
        boolean same =
                sameWish && finish == requests.finish[request] && (runs || remaining == requests.remaining[request]);
        if (same) {
            return;
        }
        requests.finish[request] = finish;
        if (!runs) {
            requests.remaining[request] = remaining;
        }
        if (!sameWish) {
            requests.window[request] = wish;
            if (isHead) {
                leaveTerms(line);
            }
        }
        state.touch(line);
    }

    private int findLine(int origin, String backup) {
        for (int line = origins.firstLine[origin]; line != NONE; line = lines.nextOfOrigin[line]) {
            if (requests.run[lines.head[line]].backup().equals(backup)) {
                return line;
            }
        }
        return NONE;
    }

    private int findRequest(int line, long number) {
        for (int request = lines.head[line]; request != NONE; request = requests.next[request]) {
            if (requests.run[request].number() == number) {
                return request;
            }
        }
        return NONE;
    }

    /** Line of a request that is known; -1: it is not. */
    int find(RunId run) {
        int origin = origins.find(run.origin());
        int line = origin == NONE ? NONE : findLine(origin, run.backup());
        return line == NONE || findRequest(line, run.number()) == NONE ? NONE : line;
    }

    /** Line whose first request this is; -1: it is none. */
    int findHead(RunId run) {
        int line = find(run);
        return line != NONE && requests.run[lines.head[line]].number() == run.number() ? line : NONE;
    }

    /** @param line in which it is */
    int request(int line, RunId run) {
        return findRequest(line, run.number());
    }

    void remove(RunId run) {
        int line = find(run);
        if (line == NONE) {
            return;
        }
        int request = findRequest(line, run.number());
        if (lines.head[line] == request) {
            removeHead(line);
        } else {
            int before = lines.head[line];
            while (requests.next[before] != request) {
                before = requests.next[before];
            }
            requests.next[before] = requests.next[request];
            requests.remove(request);
            state.touch(line);
        }
    }

    void removeHead(int line) {
        if (state.isRunning(line)) {
            state.left(line, 0);
            transfers.end(state.transferOf(line));
            hadItsTurn(line);
            lines.missed[line] = 0;
        } else {
            places.takeOut(line);
        }
        leaveTerms(line);
        int head = lines.head[line];
        lines.head[line] = requests.next[head];
        requests.remove(head);
        lines.notBefore[line] = Long.MIN_VALUE;
        lines.crowded[line] = null;
        if (lines.head[line] == NONE) {
            removeLine(line);
        } else {
            lines.since[line] = Math.max(lines.since[line], requests.arrived[lines.head[line]]);
            state.touch(line);
        }
    }

    private void removeLine(int line) {
        int origin = lines.origin[line];
        if (origins.firstLine[origin] == line) {
            origins.firstLine[origin] = lines.nextOfOrigin[line];
        } else {
            int before = origins.firstLine[origin];
            while (lines.nextOfOrigin[before] != line) {
                before = lines.nextOfOrigin[before];
            }
            lines.nextOfOrigin[before] = lines.nextOfOrigin[line];
        }
        lines.remove(line);
    }

    void forget(String name) {
        int origin = origins.find(name);
        if (origin == NONE) {
            return;
        }
        while (origins.firstLine[origin] != NONE) {
            removeHead(origins.firstLine[origin]);
        }
        origins.remove(origin);
    }

    /** Others of its kind come before the next of it. */
    void hadItsTurn(int line) {
        lines.since[line] = Math.max(lines.since[line], state.now);
    }

    void force(RunId run) {
        int line = find(run);
        if (line == NONE) {
            return;
        }
        leaveTerms(line);
        for (int request = lines.head[line]; request != NONE; request = requests.next[request]) {
            requests.forced[request] = true;
            if (requests.run[request].number() == run.number()) {
                break;
            }
        }
        state.touch(line);
    }

    void ownConditions(int origin, Limits limits) {
        for (int line = origins.firstLine[origin]; line != NONE; line = lines.nextOfOrigin[line]) {
            leaveTerms(line);
            state.touch(line);
        }
        origins.own[origin] = limits;
    }

    /** Puts lines that were touched where they belong now: all that run, and of others as many as may be placed in this look. */
    void settle() {
        while (!state.dirty.isEmpty() && (places.isLookLeft() || state.isRunning(state.dirty.peek()))) {
            int line = state.dirty.poll();
            lines.dirty[line] = false;
            if (lines.origin[line] == NONE || lines.head[line] == NONE) {
                continue;
            }
            if (lines.terms[line] == NONE) {
                joinTerms(line);
            }
            if (state.isRunning(line)) {
                transfers.check(state.transferOf(line));
            } else {
                places.place(line);
            }
        }
    }

    private void joinTerms(int line) {
        int head = lines.head[line];
        boolean forced = requests.forced[head];
        Limits own = origins.limits(lines.origin[line]);
        Terms terms = state.terms.find(
                new Terms.Key(forced ? null : requests.window[head], own, forced), state.now, state.center);
        lines.terms[line] = terms.number;
        lines.seen[line] = terms.closings;
        lines.previousOfTerms[line] = NONE;
        lines.nextOfTerms[line] = terms.firstLine;
        if (terms.firstLine != NONE) {
            lines.previousOfTerms[terms.firstLine] = line;
        }
        terms.firstLine = line;
        terms.lines++;
        terms.running += state.isRunning(line) ? 1 : 0;
    }

    private void leaveTerms(int line) {
        if (lines.terms[line] == NONE) {
            return;
        }
        Terms terms = state.termsOf(line);
        places.countMissed(line);
        if (!state.isRunning(line)) {
            places.takeOut(line);
        }
        int before = lines.previousOfTerms[line];
        int after = lines.nextOfTerms[line];
        if (before == NONE) {
            terms.firstLine = after;
        } else {
            lines.nextOfTerms[before] = after;
        }
        if (after != NONE) {
            lines.previousOfTerms[after] = before;
        }
        if (terms.cursor == line) {
            terms.cursor = after;
        }
        terms.lines--;
        terms.running -= state.isRunning(line) ? 1 : 0;
        lines.terms[line] = NONE;
        state.terms.removeIfUnused(terms);
    }
}
