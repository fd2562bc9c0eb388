package org.hikae.api.cache;

/** Pages of a file that a node needs or has, and what for. */
public record Lease(PageRange pages, LeaseMode mode) {}
