package org.hikae.api.shared;

import java.util.List;

/**
 * What a check of a file system found.
 *
 * @param files number of files, directories and others
 * @param directories number of directories among them
 * @param usedBlocks number of blocks that files have
 * @param findings what does not agree, a sentence each, with the file or block and what is wrong with it; the first 1000
 * @param more number of findings after those
 */
public record CheckReport(long files, long directories, long usedBlocks, List<String> findings, long more) {

    public CheckReport {
        findings = List.copyOf(findings);
    }

    public boolean clean() {
        return findings.isEmpty();
    }
}
