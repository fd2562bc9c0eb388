package org.hikae.files.transfer.message;

import java.util.List;
import java.util.UUID;

/**
 * What a center says of itself to everybody.
 *
 * @param protocol versions that it speaks
 * @param id of it: the one that a route has
 */
public record About(List<Integer> protocol, UUID id) {
    public About {
        protocol = List.copyOf(protocol);
    }
}
