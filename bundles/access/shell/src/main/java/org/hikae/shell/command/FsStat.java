package org.hikae.shell.command;

import java.util.Locale;
import org.hikae.api.fs.FileType;
import org.hikae.shell.call.Call;
import org.hikae.shell.command.FileViews.Shown;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;
import org.hikae.shell.tree.FileFacts;

/** All that is known of one file. */
final class FsStat {

    private FsStat() {}

    static Details details(Shown file, Call call) {
        FileFacts facts = file.facts();
        Details details = new Details()
                .put("path", file.path().toString())
                .put("type", FileLines.word(facts.type()))
                .put("inode", Long.toString(facts.inode()))
                .put("links", Long.toString(facts.links()))
                .put("mode", String.format(Locale.ROOT, "%04o (%s)", facts.mode(), letters(facts)))
                .put("owner", Long.toString(facts.uid()))
                .put("group", Long.toString(facts.gid()))
                .bytes("size", facts.size());
        if (isDevice(facts)) {
            details.put("device", facts.major() + ", " + facts.minor());
        }
        if (file.target() != null) {
            details.put("target", file.target());
        }
        var zone = call.caller().zone();
        return details.put("accessed", Times.showNanos(facts.accessed(), zone))
                .put("modified", Times.showNanos(facts.modified(), zone))
                .put("changed", Times.showNanos(facts.changed(), zone))
                .put("created", Times.showNanos(facts.created(), zone));
    }

    private static String letters(FileFacts facts) {
        return FileMode.of(facts.type(), facts.mode());
    }

    private static boolean isDevice(FileFacts facts) {
        return facts.type() == FileType.CHARACTER_DEVICE || facts.type() == FileType.BLOCK_DEVICE;
    }

    static Json json(Shown file) {
        FileFacts facts = file.facts();
        return file.json()
                .put("atime", facts.accessed())
                .put("ctime", facts.changed())
                .put("btime", facts.created())
                .put("deviceMajor", isDevice(facts) ? facts.major() : null)
                .put("deviceMinor", isDevice(facts) ? facts.minor() : null);
    }
}
