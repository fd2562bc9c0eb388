package org.hikae.files.client.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has become of a restore. Not thread-safe. */
final class Outcome {

    private static final Logger LOG = LoggerFactory.getLogger(Outcome.class);

    private static final int NAMED = 20;

    private static final Pattern HELD = Pattern.compile("/proc/self/fd/[0-9]+(/[^/:]*)?(: )?");

    /** Files that are there now. */
    long files;

    long bytes;

    /** Files that were there as they are wanted. */
    long untouched;

    /** Files that are newer and stayed. */
    private final Named newer = new Named();

    private final Named failed = new Named();
    private final Named missed = new Named();
    private final Named lacking = new Named();

    private static final class Named {
        private final List<String> names = new ArrayList<>();
        private long count;

        void add(String name) {
            count++;
            if (names.size() < NAMED) {
                names.add(name);
            }
        }

        String text() {
            return String.join("; ", names) + (count > names.size() ? "; and others" : "");
        }
    }

    /** A newer file is in its place, and stays. */
    void newer(FileName path) {
        newer.add(path.toString());
    }

    /** A file is not given back. */
    void failed(FileName path, Throwable why) {
        String text = path + ": " + reason(why);
        LOG.warn("not given back: {}", text);
        failed.add(text);
    }

    /** A file is there, and lacks something of its attributes. */
    void lacking(FileName path, String what, Throwable why) {
        lacking.add(path + ": " + what + ": " + reason(why));
    }

    /** Without the name by which a file was reached while its folder was held: nobody else knows it. */
    private static String reason(Throwable why) {
        return HELD.matcher(Reason.of(why)).replaceAll("");
    }

    /** Something of which it is not known what was in it. @param why in a sentence or more */
    void missed(String why) {
        LOG.warn("missed: {}", why);
        missed.add(why);
    }

    /** In sentences; null: all is there. */
    String failure() {
        List<String> parts = new ArrayList<>();
        if (failed.count > 0) {
            parts.add((failed.count == 1 ? "1 file was" : failed.count + " files were") + " not given back: "
                    + failed.text() + (failed.count > NAMED ? ", which the log names" : ""));
        }
        if (missed.count > 0) {
            parts.add(missed.text());
        }
        return parts.isEmpty() ? null : String.join(". ", parts);
    }

    Map<String, Object> result() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("files", files);
        result.put("bytes", bytes);
        if (failed.count > 0) {
            result.put("failedFiles", failed.count);
            result.put("failed", failed.text());
        }
        if (missed.count > 0) {
            result.put("missed", missed.text());
        }
        result.put("untouchedFiles", untouched);
        result.put("newerFiles", newer.count);
        if (newer.count > 0) {
            result.put("newer", newer.text());
        }
        result.put("lackingFiles", lacking.count);
        if (lacking.count > 0) {
            result.put("lacking", lacking.text());
        }
        return result;
    }
}
