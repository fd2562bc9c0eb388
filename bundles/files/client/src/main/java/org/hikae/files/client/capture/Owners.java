package org.hikae.files.client.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.files.client.select.Facts;

/** Names of owners and groups, asked for once for each number. Not thread-safe. */
final class Owners {

    private final Map<Long, Optional<String>> users = new HashMap<>();
    private final Map<Long, Optional<String>> groups = new HashMap<>();

    /** Null if it has none. */
    String user(Path place, Facts facts) {
        return users.computeIfAbsent(facts.uid(), id -> name(place, "posix:owner", id))
                .orElse(null);
    }

    /** Null if it has none. */
    String group(Path place, Facts facts) {
        return groups.computeIfAbsent(facts.gid(), id -> name(place, "posix:group", id))
                .orElse(null);
    }

    private static Optional<String> name(Path place, String attribute, long id) {
        try {
            Object principal = Files.getAttribute(place, attribute, LinkOption.NOFOLLOW_LINKS);
            String name = principal instanceof GroupPrincipal group
                    ? group.getName()
                    : principal instanceof UserPrincipal user ? user.getName() : null;
            // Without a name, Java gives the number.
            boolean named = name != null && !name.isEmpty() && name.length() < 80 && !name.equals(Long.toString(id));
            return named ? Optional.of(name) : Optional.empty();
        } catch (IOException e) {
            // The number is known all the same.
            return Optional.empty();
        }
    }
}
