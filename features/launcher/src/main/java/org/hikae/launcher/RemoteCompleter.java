package org.hikae.launcher;

import java.io.IOException;
import java.util.List;
import org.hikae.wire.Words;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes words by asking the platform. */
final class RemoteCompleter implements Completer {
    private final Platform platform;

    RemoteCompleter(Platform platform) {
        this.platform = platform;
    }

    /** Whoever knows. */
    @FunctionalInterface
    interface Platform {
        Words candidates(Words words) throws IOException;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        try {
            Words answer = platform.candidates(new Words(line.wordIndex(), line.words()));
            answer.words().forEach(word -> candidates.add(candidate(word)));
        } catch (IOException e) {
            // Nothing to offer; the line itself will say what is wrong.
            System.getLogger(RemoteCompleter.class.getName()).log(System.Logger.Level.DEBUG, "no candidates", e);
        }
    }

    /** What ends with a slash is a folder: no blank is put behind it, for the path goes on. */
    private static Candidate candidate(String word) {
        return new Candidate(word, word, null, null, null, null, !word.endsWith("/"));
    }
}
