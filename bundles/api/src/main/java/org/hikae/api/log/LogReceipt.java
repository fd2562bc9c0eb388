package org.hikae.api.log;

/**
 * What an incarnation of a node says of its log when it leaves a session (R9).
 *
 * @param records number of records it has logged
 * @param complete true: the log is complete and no wanted block was overwritten without its before-image
 */
public record LogReceipt(String node, long incarnation, long records, boolean complete) {}
