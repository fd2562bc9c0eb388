package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.Layout;
import org.junit.Test;

/** A differential backup whose parent turns out to be damaged: a full one is made, and says why. */
public class BrokenParentIT extends InLab {
    private static final Pattern DIRECTORY = Pattern.compile("\"directory\" : \\{\\s*\"length\" : (\\d+)");

    private String parent;

    /** Damages the index of a new generation, so many bytes before the directory at its end, or within that. */
    private void damage(int beforeDirectory) throws Exception {
        parent = Lab.generation(backUp());
        Path folder = lab.folder.resolve(Lab.MEDIUM).resolve(parent);
        Matcher length = DIRECTORY.matcher(Files.readString(folder.resolve("manifest")));
        assertThat(length.find()).isTrue();
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("index").toFile(), "rw")) {
            long at = file.length() - Integer.parseInt(length.group(1)) - beforeDirectory;
            file.seek(at);
            int old = file.read();
            file.seek(at);
            file.write(old ^ 1);
        }
        // What is read of it says nothing.
        assertThat(lab.generations().get(parent).problem()).isNull();
    }

    private void checkFull() throws Exception {
        write("n1", 5 * BLOCK, "changed");
        BackupRequest request = new BackupRequest(
                disk.name(),
                Lab.MEDIUM,
                List.of(),
                new CopyLimits(0, 1),
                Layout.PACKED,
                true,
                null,
                Quieting.NONE,
                null);
        JobInfo end = Lab.end(lab.backups().backUp(request));
        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        Map<String, Object> result = end.result();
        assertThat(result).containsEntry("kind", "full");
        assertThat((String) result.get("fullBecause"))
                .startsWith("generation " + parent + " cannot be built upon: ")
                .contains("is damaged");
        assertExact((String) result.get("generation"));
        // The next one has a whole parent again.
        JobInfo next = Lab.end(lab.backups().backUp(request));
        assertThat(next.result()).as("%s", next).containsEntry("kind", "differential");
    }

    @Test
    public void itsDirectoryIsDamaged() throws Exception {
        damage(-1);
        checkFull();
    }

    /** A page is looked at as late as when the child is sealed. */
    @Test
    public void aPageOfItsIndexIsDamaged() throws Exception {
        damage(2);
        checkFull();
    }
}
