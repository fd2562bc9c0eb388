package org.hikae.catalog;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of this machine, as Debian installs it, with data of its own. */
final class PostgresServer implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String USER = "hikae";

    private final Path data;
    final int port;
    private boolean started;

    /** @param folder may be anybody's; it is given to the server's user if this is root, which the server refuses to be */
    PostgresServer(Path folder) throws IOException, InterruptedException {
        data = folder.resolve("data");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        if (isRoot()) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        asServer("initdb", "-U", USER, "-A", "trust", "-N", "-D", data.toString());
        String options = "-c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories= -p " + port;
        asServer(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data.toString(),
                "-l",
                folder.resolve("log").toString(),
                "-o",
                options);
        started = true;
    }

    static boolean isInstalled() {
        return programs() != null;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static Path programs() {
        if (!Files.isDirectory(DEBIAN)) {
            return null;
        }
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
            for (Path version : versions) {
                if (Files.isExecutable(version.resolve("bin").resolve("initdb"))) {
                    return version.resolve("bin");
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return null;
    }

    private void asServer(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(programs().resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(new java.io.File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("failed: " + command);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (started) {
            asServer("pg_ctl", "stop", "-m", "immediate", "-D", data.toString());
        }
    }
}
