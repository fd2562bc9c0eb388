package org.hikae.api.catalog;

import java.time.Instant;

/**
 * The catalog itself.
 *
 * @param database product, version and where it is, without secrets
 * @param schema version of the schema
 * @param generations number of generations that are known, those that are gone too
 * @param groups number of groups that are known, by their generations or by configuration
 * @param jobs number of jobs that are known
 * @param updated when it was last brought up to date; null: never
 * @param problem why it cannot be used, in a sentence; the other values are empty then. Null: it can
 */
public record CatalogInfo(
        String database, int schema, long generations, long groups, long jobs, Instant updated, String problem) {}
