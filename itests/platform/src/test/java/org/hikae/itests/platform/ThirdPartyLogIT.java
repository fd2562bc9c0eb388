package org.hikae.itests.platform;

import org.ops4j.pax.exam.Option;

/** A gathering that somebody else's bundle brings, compiled against the API alone (f.1, f.3). */
public class ThirdPartyLogIT extends LogStrategyContract {
    @Override
    protected Option[] more() {
        return TestLibraries.options(bundle());
    }

    @Override
    String name() {
        return "straight";
    }

    @Override
    String bundle() {
        return "org.hikae.example.driver";
    }

    @Override
    String other() {
        return "central";
    }

    @Override
    boolean outlivesNodes() {
        return true;
    }

    /** It is no part of what ships. */
    @Override
    int seeds() {
        return 1;
    }
}
