package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A center, and a relay that hands on to it, that are attacked, and at each a member who is not to notice anything of that. What the two
 * members have stored is there unchanged and they are served, or {@link #assertUnharmed} fails.
 */
final class Besieged implements AutoCloseable {

    static final String CENTER = "a";
    static final String RELAY = "r1";
    private static final String GOOD = "good";
    private static final long DEADLINE_SECONDS = 120;

    private final Map<String, Party> parties = new HashMap<>();
    private final Map<String, Door.Member> good = new HashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private String stored;
    private long number = 1;

    Besieged(Path folder) throws IOException, InterruptedException {
        Party center = new Party(CENTER, folder);
        parties.put(CENTER, center);
        center.start();
        center.center();
        Party relay = new Party(RELAY, folder);
        parties.put(RELAY, relay);
        relay.start();
        relay.ok("medium add m directory '" + relay.medium() + "'; relay start --listen 127.0.0.1:" + relay.port()
                + " --upstream https://127.0.0.1:" + center.port() + " --token " + center.invite(RELAY, "")
                + " --to m");
        for (String where : List.of(CENTER, RELAY)) {
            Door.Member member = join(where, GOOD);
            good.put(where, member);
            CraftedRun run = new CraftedRun(Door.BACKUP, 1, 0).file("/secret", "of the good");
            assertThat(member.send(GOOD, 1, 0, run.finish()).statusCode()).isEqualTo(200);
        }
        Awaitility.await("it is handed on")
                .atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> files("good@r1").contains("/secret"));
        stored = files(GOOD) + files("good@r1");
    }

    Party party(String where) {
        return parties.get(where);
    }

    Door door(String where) {
        return new Door(party(where).port());
    }

    /** A name that nobody has. */
    String name() {
        return "m" + names.incrementAndGet();
    }

    Door.Member join(String where, String name) throws IOException, InterruptedException {
        return door(where).join(party(where).invite(name, ""));
    }

    /** What the center has of an origin. */
    String files(String origin) throws IOException {
        return party(CENTER).ok("center files --client " + origin + " --json");
    }

    /** The others are served, and have what they had. */
    void assertUnharmed() throws IOException, InterruptedException {
        assertThat(files(GOOD) + files("good@r1")).isEqualTo(stored);
        number++;
        for (String where : List.of(CENTER, RELAY)) {
            CraftedRun run = new CraftedRun(Door.BACKUP, number, 0).file("/other", "run " + number);
            HttpResponse<byte[]> answer = good.get(where).send(GOOD, number, 0, run.finish());
            assertThat(answer.statusCode()).as("the good one at %s", where).isEqualTo(200);
            assertThat(party(where).said()).doesNotContain("OutOfMemoryError", "StackOverflowError");
        }
        Awaitility.await("it is handed on")
                .atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> party(CENTER)
                        .ok("center files --client good@r1 --path /other --json")
                        .replaceAll("\\s", "")
                        .contains("\"run\":" + number));
        stored = files(GOOD) + files("good@r1");
    }

    @Override
    public void close() throws InterruptedException {
        for (Party party : parties.values()) {
            party.close();
        }
    }
}
