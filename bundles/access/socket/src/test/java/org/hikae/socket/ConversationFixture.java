package org.hikae.socket;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A platform at a socket, with a command that says its arguments, and one that fails. */
@Timeout(60)
abstract class ConversationFixture {
    @TempDir
    Path home;

    TestPlatform platform;

    @BeforeEach
    void open() throws IOException {
        platform = new TestPlatform(home);
        platform.command("say", (session, arguments) -> {
            arguments.forEach(argument -> session.getConsole().println(argument));
            return null;
        });
        platform.command("fail", (session, arguments) -> {
            if (arguments.size() > 1) {
                session.put("hikae.exit", Integer.parseInt(arguments.get(1).toString()));
            }
            throw new IOException(arguments.get(0).toString());
        });
    }

    @AfterEach
    void close() {
        platform.close();
    }
}
