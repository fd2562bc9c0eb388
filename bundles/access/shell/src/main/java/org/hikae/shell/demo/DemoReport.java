package org.hikae.shell.demo;

import java.util.Map;

/**
 * What the demonstration found.
 *
 * @param backup the result of the backup job
 * @param noiseBytes bytes that the nodes overwrote from the instant on
 * @param identical whether the restored image equals the disk before the noise, by SHA-256
 * @param clean whether {@code e2fsck -fn} finds the restored image clean
 * @param rubbish whether the disk itself is no such file system any more
 */
public record DemoReport(
        Map<String, Object> backup, long noiseBytes, boolean identical, boolean clean, boolean rubbish) {

    /** Whether the backup held what it promises. */
    public boolean passed() {
        return identical && clean && rubbish;
    }
}
