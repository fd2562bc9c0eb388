package org.hikae.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** {@code java -jar hikae.jar [--home DIR] ARGUMENTS...} */
public final class Launcher {
    private static final int FAILED = 1;

    private Launcher() {}

    public static void main(String[] arguments) {
        int code = FAILED;
        try {
            code = run(new ArrayDeque<>(List.of(arguments)));
        } catch (IOException | BundleException e) {
            System.err.println("hikae: the platform does not start: " + e);
        }
        System.exit(code);
    }

    private static int run(Deque<String> arguments) throws IOException, BundleException {
        Path home = home(arguments);
        try (Platform platform = Platform.start(home, Distribution.ofThisJar())) {
            if ("--bundles".equals(arguments.peek())) {
                return printBundles(platform);
            }
            return 0;
        }
    }

    private static Path home(Deque<String> arguments) {
        if ("--home".equals(arguments.peek())) {
            arguments.pop();
            return Path.of(arguments.pop()).toAbsolutePath().normalize();
        }
        String variable = System.getenv("HIKAE_HOME");
        Path home = variable == null ? Path.of(System.getProperty("user.home"), ".hikae") : Path.of(variable);
        return home.toAbsolutePath().normalize();
    }

    /** For people who look into the platform's inside; 0 if every bundle is active. */
    private static int printBundles(Platform platform) {
        boolean allActive = true;
        for (Bundle bundle : platform.context().getBundles()) {
            System.out.printf(
                    "%3d %-10s %s %s%n",
                    bundle.getBundleId(), Platform.stateName(bundle), bundle.getSymbolicName(), bundle.getVersion());
            allActive &= bundle.getState() == Bundle.ACTIVE || Platform.isFragment(bundle);
        }
        return allActive ? 0 : FAILED;
    }
}
