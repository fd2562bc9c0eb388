package org.hikae.shell.command;

import java.io.IOException;
import org.hikae.api.shared.CheckReport;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Printable;

/** What a check of a file system found. */
final class CheckViews {

    private CheckViews() {}

    /** @throws IOException if anything is wrong */
    static void print(Call call, String disk, CheckReport report, boolean asJson) throws IOException {
        if (asJson) {
            call.print(json(report).node());
        } else {
            report.findings().forEach(finding -> call.say(Printable.of(finding)));
            if (report.more() > 0) {
                call.say("and " + report.more() + " more");
            }
        }
        long findings = report.findings().size() + report.more();
        if (!report.clean()) {
            throw new IOException("the file system of disk '" + disk + "' does not agree with itself: " + findings
                    + (findings == 1 ? " finding" : " findings"));
        }
        if (!asJson) {
            call.say("disk " + disk + " is clean: " + number(report.files(), "file", "files") + ", of which "
                    + number(report.directories(), "is a folder", "are folders") + ", in "
                    + number(report.usedBlocks(), "block", "blocks"));
        }
    }

    private static String number(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static Json json(CheckReport report) {
        return new Json()
                .put("clean", report.clean())
                .put("files", report.files())
                .put("directories", report.directories())
                .put("usedBlocks", report.usedBlocks())
                .put("findings", report.findings())
                .put("moreFindings", report.more());
    }
}
