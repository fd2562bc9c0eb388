package org.hikae.api.files.client;

import java.net.URI;
import java.time.Instant;

/**
 * A center or relay that this client has joined.
 *
 * @param name what it is called here
 * @param address of it
 * @param client name under which it knows this client
 * @param heard when it last answered; null: not since this platform was started
 * @param problem why it cannot be reached, or refuses, a sentence; null: nothing is wrong
 */
public record Membership(String name, URI address, String client, Instant heard, String problem) {}
