package org.hikae.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.job.JobInfo;

/** The records of jobs: a file {@code ID.json} each in one folder. Not thread-safe for one id. */
final class JobFiles {

    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,17})\\.json");

    private final Path folder;

    JobFiles(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** The ids of all records, whether they can be read or not. What a crash left half-written is removed. */
    NavigableSet<Long> ids() throws IOException {
        NavigableSet<Long> ids = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Matcher matcher = NAME.matcher(name);
                if (matcher.matches()) {
                    ids.add(Long.parseLong(matcher.group(1)));
                } else if (name.endsWith(".json.tmp")) {
                    Files.deleteIfExists(file);
                }
            }
        }
        return ids;
    }

    JobInfo read(long id) throws IOException {
        JobInfo job = JobJson.read(Files.readAllBytes(file(id)));
        if (job.id() != id) {
            throw new IOException("the record of job " + id + " is that of job " + job.id());
        }
        return job;
    }

    /** Writes the record, durably: it is the old one or the new one, whatever happens meanwhile. */
    void write(JobInfo job) throws IOException {
        Path file = file(job.id());
        Path temporary = folder.resolve(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(JobJson.write(job));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    void remove(long id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    Path file(long id) {
        return folder.resolve(id + ".json");
    }
}
