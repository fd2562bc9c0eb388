package org.hikae.node.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever programs do with files, they see on a node what they see on the operating system's own file system. */
class HistoryTest {

    private static final int CALLS = 4000;

    @TempDir
    Path folder;

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, Boolean.getBoolean("hikae.long") ? 300 : 3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void allIsAsOnTheOperatingSystem(long seed) throws IOException {
        Map<String, Subject.Call> calls = new TreeMap<>(NameCalls.all());
        calls.putAll(ContentCalls.all());
        List<String> names = List.copyOf(calls.keySet());
        Random random = new Random(seed);
        List<String> history = new ArrayList<>();
        try (FileSystem files = Nodes.of(new MemoryFiles());
                Subject expected = new Subject(folder.toRealPath());
                Subject actual = new Subject(Files.createDirectory(files.getPath("/work")))) {
            for (int i = 0; i < CALLS; i++) {
                String name = names.get(random.nextInt(names.size()));
                long step = random.nextLong();
                String shouldBe = expected.outcome(calls.get(name), new Random(step));
                history.add(name + " " + expected.asked() + ": " + shouldBe);
                assertThat(actual.outcome(calls.get(name), new Random(step)))
                        .as(() -> "seed " + seed + ", after\n" + last(history))
                        .isEqualTo(shouldBe);
            }
        }
    }

    private static String last(List<String> history) {
        return String.join("\n", history.subList(Math.max(0, history.size() - 12), history.size()));
    }
}
