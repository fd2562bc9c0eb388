package org.hikae.etc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    private final FileNames unicode = new FileNames(StandardCharsets.UTF_8);
    private final FileNames ascii = new FileNames(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "org.hikae.disk~data, org.hikae.disk~data.config",
        "org.hikae.disk~控え, org.hikae.disk~控え.config",
        "a b, a%20b.config",
        "../../etc/passwd, %2E.%2F..%2Fetc%2Fpasswd.config",
        ".hidden, %2Ehidden.config",
        "100%, 100%25.config",
        "a\u0000b, a%00b.config"
    })
    void aNameSaysThePid(String pid, String name) throws IOException {
        assertThat(unicode.ofPid(pid)).isEqualTo(name);
        assertThat(FileNames.toPid(name)).isEqualTo(pid);
    }

    @Test
    void whatTheFileSystemCannotHoldIsWrittenAsBytes() throws IOException {
        assertThat(ascii.ofPid("disk~é控")).isEqualTo("disk~%C3%A9%E6%8E%A7.config");
        assertThat(FileNames.toPid("disk~%C3%A9%E6%8E%A7.config")).isEqualTo("disk~é控");
    }

    @ParameterizedTest
    @ValueSource(strings = {"50%.config", "50%4.config", "50%zz.config", "%ff.config", "disk~\uFFFD.config"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> FileNames.toPid(name)).isInstanceOf(BrokenFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lone\uD800surrogate"})
    void somePidsHaveNoName(String pid) {
        assertThatThrownBy(() -> unicode.ofPid(pid)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> unicode.ofPid("控".repeat(100))).hasMessageContaining("too long for a file");
    }

    @Property
    void namesAreReadBack(@ForAll @StringLength(min = 1, max = 20) String pid) throws IOException {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(pid)) {
            assertThat(FileNames.toPid(unicode.ofPid(pid))).isEqualTo(pid);
            assertThat(FileNames.toPid(ascii.ofPid(pid))).isEqualTo(pid);
            assertThat(ascii.ofPid(pid)).matches("[%-~]+").doesNotContain("/");
        }
    }
}
