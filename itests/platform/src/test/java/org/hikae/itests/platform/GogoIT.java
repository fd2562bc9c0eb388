package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.junit.Before;
import org.junit.Test;

/** The commands in a session of Gogo that is not ours. */
public class GogoIT extends InFramework {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private Path folder;

    @Before
    public void makeDisk() throws Exception {
        folder = Path.of(context.getProperty("hikae.home")).resolve("gogo");
        if (!Files.exists(folder)) {
            Files.createDirectories(folder.resolve("medium"));
            DiskFile.create(folder.resolve("007"), 100_000, 7);
        }
    }

    private CommandSession session() {
        CommandProcessor processor = services.get(CommandProcessor.class);
        InputStream none = new ByteArrayInputStream(new byte[0]);
        return processor.createSession(none, print(output), print(errors));
    }

    private static PrintStream print(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    @Test
    public void aSessionBacksUpAndRestores() throws Exception {
        awaitCommands();
        try (CommandSession session = session()) {
            session.execute("hikae:disk add 007 " + folder.resolve("007"));
            session.execute("hikae:medium add m directory " + folder.resolve("medium"));
            session.execute("hikae:backup run 007 --to m");
            session.execute("hikae:generation verify 007@1");
            session.execute("hikae:generation restore 007@1 --to " + folder.resolve("restored"));
            session.execute("hikae:generation list --json");
            assertThatThrownBy(() -> session.execute("hikae:generation verify 007@2"))
                    .hasMessageContaining("there is no generation '007@2'");
        }
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("disk 007 is added", "\"id\"", "007@1");
        assertThat(Files.mismatch(folder.resolve("007"), folder.resolve("restored")))
                .isEqualTo(-1);
    }

    private void awaitCommands() {
        services.get(Function.class, "(&(osgi.command.scope=hikae)(osgi.command.function=generation))");
    }
}
