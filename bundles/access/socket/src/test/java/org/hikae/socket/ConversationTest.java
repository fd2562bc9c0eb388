package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.hikae.wire.Ownership;
import org.junit.jupiter.api.Test;

class ConversationTest extends ConversationFixture {

    @Test
    void theSocketIsTheOwnersAlone() throws IOException {
        assertThat(Files.getPosixFilePermissions(home.resolve("socket"))).isEqualTo(Ownership.PRIVATE_FILE);
    }
}
