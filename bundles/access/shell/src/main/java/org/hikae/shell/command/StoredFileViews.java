package org.hikae.shell.command;

import java.time.ZoneId;
import java.util.Locale;
import org.hikae.api.files.StoredVersion;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;

/** How stored versions of files are shown. */
final class StoredFileViews {

    private StoredFileViews() {}

    static Listing<StoredVersion> listing(Call call) {
        ZoneId zone = call.caller().zone();
        return new Listing<StoredVersion>(StoredFileViews::json)
                .text("RUN", version -> version.run().toString())
                .word("TAKEN", version -> Times.show(version.taken(), zone))
                .word("UNTIL", version -> version.until() == 0 ? "now" : "run " + version.until())
                .word("TYPE", StoredFileViews::type)
                .number("SIZE", version -> ByteCount.show(version.size()))
                .word("MODIFIED", version -> Times.show(version.modified(), zone))
                .text("PATH", version -> version.path().toString())
                .wrong("DOUBT", StoredVersion::doubt);
    }

    private static String type(StoredVersion version) {
        return version.type().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Json json(StoredVersion version) {
        return new Json()
                .put("client", version.run().origin())
                .put("backup", version.run().backup())
                .put("run", version.run().number())
                .put("path", version.path().toString())
                .put("until", version.until() == 0 ? null : version.until())
                .put("taken", version.taken())
                .put("type", type(version))
                .put("size", version.size())
                .put("modified", version.modified())
                .put("sha256", version.sha256())
                .put("medium", version.medium())
                .put("doubt", version.doubt());
    }
}
