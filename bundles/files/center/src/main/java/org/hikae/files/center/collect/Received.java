package org.hikae.files.center.collect;

import org.hikae.files.transfer.message.UploadReply;

/**
 * What frames that were sent came to.
 *
 * @param reply null: they were refused
 * @param refusal null: they were not
 */
public record Received(UploadReply reply, Refusal refusal) {}
