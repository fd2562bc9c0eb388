package org.hikae.itests.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The end of a platform by -9, at a moment of what it is asked for. */
final class Kill {

    private Kill() {}

    /** What a platform is asked for, until it does not answer. */
    @FunctionalInterface
    interface Doing {
        void run() throws IOException;
    }

    /** When it is killed. */
    @FunctionalInterface
    interface Moment {
        /** Returns then, or when what is done has ended. */
        void await(CompletableFuture<Void> running) throws IOException, InterruptedException, ExecutionException;
    }

    /** Returns when both have ended; fails as what was done. */
    static void during(Served served, Doing doing, Moment moment)
            throws IOException, InterruptedException, ExecutionException {
        CompletableFuture<Void> running = begin(doing);
        moment.await(running);
        served.close();
        running.get();
    }

    /** Does something beside what the caller does. */
    static CompletableFuture<Void> begin(Doing doing) {
        return CompletableFuture.runAsync(() -> {
            try {
                doing.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static Moment afterMillis(int millis) {
        return running -> {
            try {
                running.get(millis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // That is the moment.
            }
        };
    }

    /** As soon as files in these folders were seen to change so many times: between two steps of what is done. */
    static Moment atChange(int count, List<Path> folders) {
        return running -> {
            Set<List<Object>> before = files(folders);
            for (int seen = 0; seen < count && !running.isDone(); ) {
                afterMillis(1).await(running);
                Set<List<Object>> now = files(folders);
                seen += now.equals(before) ? 0 : 1;
                before = now;
            }
        };
    }

    /** All files, each with its length and time. */
    private static Set<List<Object>> files(List<Path> folders) throws IOException {
        Set<List<Object>> files = new HashSet<>();
        for (Path folder : folders) {
            for (Path file : walk(folder)) {
                try {
                    files.add(List.of(file, Files.size(file), Files.getLastModifiedTime(file)));
                } catch (NoSuchFileException e) {
                    // It is gone since.
                }
            }
        }
        return files;
    }

    /** All that is in a folder while others change it. */
    static List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return walk(folder);
            }
            throw e;
        }
    }
}
