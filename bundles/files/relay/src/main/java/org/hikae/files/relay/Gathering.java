package org.hikae.files.relay;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hikae.api.files.relay.Above;
import org.hikae.api.files.relay.MissingVersionsException;
import org.hikae.files.transfer.identity.Origins;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.run.MergedContent;
import org.hikae.files.transfer.uplink.RefusedException;

/**
 * Gets the contents of versions from whoever has them (R25): mostly from one center above, and else from each what it has. What a center says is
 * missing is asked of the others. Used once.
 */
final class Gathering {

    private final List<Upstream> order;
    private final String origin;
    private final List<VersionKey> keys;

    /** What is there of the first one; null: nothing. */
    private final ContentRequest.Begun begun;

    /** Of each version which channel gives it. */
    private final Integer[] turns;

    private final List<ReadableByteChannel> channels = new ArrayList<>();

    /** Versions that nobody has given yet, by their index. */
    private List<Integer> left;

    /** Why a center could not be asked; null: all could. */
    private IOException why;

    /** @param begun what is there of the first version; null: nothing */
    Gathering(List<Upstream> upstreams, String origin, List<Above.Key> versions, Above.Begun begun) {
        this.origin = origin;
        this.begun = begun == null ? null : new ContentRequest.Begun(begun.bytes(), begun.sha256());
        keys = versions.stream()
                .map(key -> new VersionKey(key.backup(), key.run(), key.path()))
                .toList();
        turns = new Integer[keys.size()];
        left = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            left.add(i);
        }
        order = new ArrayList<>(upstreams);
        order.sort(Comparator.comparing(each -> each.link().status().problem() != null));
    }

    ReadableByteChannel open(Instant now) throws IOException {
        try {
            for (Upstream each : order) {
                Optional<String> above = Origins.above(origin, each.member().name());
                if (above.isPresent() && !left.isEmpty()) {
                    ask(each, above.get());
                }
            }
            if (!left.isEmpty()) {
                throw why != null
                        ? why
                        : new MissingVersionsException(origin, left, "no center above has these versions");
            }
        } catch (IOException | RuntimeException e) {
            try {
                MergedContent.closeAll(channels);
            } catch (IOException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
        return channels.size() == 1 ? channels.get(0) : MergedContent.of(List.of(turns), channels, now);
    }

    private void ask(Upstream upstream, String above) throws IOException {
        try {
            List<Integer> has = new ArrayList<>(left);
            ReadableByteChannel content = tryOpen(upstream, above, has);
            if (content == null) {
                // It has said which it lacks; that may change at any time.
                content = has.isEmpty() ? null : tryOpen(upstream, above, has);
            }
            if (content != null) {
                has.forEach(each -> turns[each] = channels.size());
                channels.add(content);
                left.removeAll(new TreeSet<>(has));
            }
        } catch (IOException e) {
            IOException failed = new IOException(
                    "the center above at " + upstream.member().address()
                            + " does not give what this relay has handed on: " + e.getMessage(),
                    e);
            if (why != null) {
                failed.addSuppressed(why);
            }
            why = failed;
        }
    }

    /**
     * @param wanted indices of versions; if it has not all of them, those that it lacks are taken out
     * @return null: it has not all of them
     */
    private ReadableByteChannel tryOpen(Upstream upstream, String above, List<Integer> wanted) throws IOException {
        List<VersionKey> some = wanted.stream().map(keys::get).toList();
        try {
            ContentRequest.Begun part = wanted.get(0) == 0 ? begun : null;
            return upstream.link().content(new ContentRequest(above, some, 0, part));
        } catch (RefusedException e) {
            if (!e.code().equals(ErrorReply.MISSING)) {
                throw e;
            }
            TreeSet<Integer> lacks = new TreeSet<>(e.missing());
            List<Integer> all = List.copyOf(wanted);
            wanted.clear();
            // One that does not say which is taken to have none of them.
            for (int i = 0; !lacks.isEmpty() && i < all.size(); i++) {
                if (!lacks.contains(i)) {
                    wanted.add(all.get(i));
                }
            }
            return null;
        }
    }
}
