package org.hikae.example.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the guide for authors of drivers says of the example is so. */
class GuideTest {
    private final String source;
    private final String guide;

    GuideTest() throws IOException {
        source = Files.readString(Path.of("src/main/java/org/hikae/example/driver/ExampleDriver.java"));
        guide = Files.readString(Path.of("../../docs/driver-guide.md"));
    }

    @Test
    void theGuideShowsTheSourceAsItIs() {
        assertThat(guide).contains("```java\n" + source + "```\n");
    }

    @Test
    void theSourceIsAsShortAsTheGuideSays() {
        long lines = source.lines().count();
        assertThat(lines).isLessThan(100);
        assertThat(guide).contains("This one has " + lines + " lines");
    }
}
