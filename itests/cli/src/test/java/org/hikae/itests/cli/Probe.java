package org.hikae.itests.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.hikae.api.job.Jobs;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** Commands that show what a command gets, and that end when a test wants. Runs inside the platform: see {@link Bundles}. */
public final class Probe implements BundleActivator {
    private BundleContext context;

    /** What a command does. */
    private interface Body {
        void run(CommandSession session, List<Object> arguments, PrintStream out) throws Exception;
    }

    @Override
    public void start(BundleContext bundle) {
        context = bundle;
        register(
                "probe-args",
                (session, arguments, out) -> arguments.forEach(argument -> out.println(quoted(argument))));
        register("probe-env", Probe::printCaller);
        register("probe-cat", (session, arguments, out) -> copy(session.getKeyboard(), out));
        register(
                "probe-write",
                (session, arguments, out) -> Files.writeString(
                        Path.of((String) session.get("hikae.cwd")).resolve(text(arguments, 0)), "written"));
        register("probe-fail", (session, arguments, out) -> {
            session.put("hikae.exit", Integer.valueOf(text(arguments, 0)));
            throw new IOException(text(arguments, 1));
        });
        register("probe-flood", (session, arguments, out) -> {
            for (int i = 0; i < Integer.parseInt(text(arguments, 0)); i++) {
                out.println("a line that is there to be long: " + i);
            }
        });
        register("probe-wait", Probe::waitForFile);
        register("probe-job", this::startJob);
        register("probe-config", this::printConfiguration);
        register("probe-configure", this::configure);
    }

    @Override
    public void stop(BundleContext bundle) {}

    private void register(String name, Body body) {
        Function function = (session, arguments) -> {
            body.run(session, arguments, session.getConsole());
            return null;
        };
        context.registerService(
                Function.class,
                function,
                new Hashtable<>(Map.of("osgi.command.scope", "hikae", "osgi.command.function", name)));
    }

    private static String text(List<Object> arguments, int index) {
        return arguments.get(index).toString();
    }

    private static String quoted(Object argument) {
        return "<" + argument.toString().replace("\n", "\\n") + ">";
    }

    private static void printCaller(CommandSession session, List<Object> arguments, PrintStream out) {
        for (String name : List.of("cwd", "width", "tty", "input.tty", "colour", "zone")) {
            out.println(name + "=" + session.get("hikae." + name));
        }
    }

    private static void copy(InputStream in, PrintStream out) throws IOException {
        byte[] bytes = new byte[10_000];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            out.write(bytes, 0, count);
        }
    }

    /** {@code probe-wait NAME}: says that it runs by the file NAME.started, and ends when NAME.go is there. */
    private static void waitForFile(CommandSession session, List<Object> arguments, PrintStream out)
            throws IOException {
        AtomicBoolean cancelled = new AtomicBoolean();
        @SuppressWarnings("unchecked")
        Consumer<Runnable> onCancel = (Consumer<Runnable>) session.get("hikae.onCancel");
        onCancel.accept(() -> cancelled.set(true));
        waitForFile(text(arguments, 0), cancelled::get);
        if (cancelled.get()) {
            throw new IOException("probe-wait: cancelled");
        }
        out.println("went");
    }

    /** The same as a job, which the command does not wait for. */
    private void startJob(CommandSession session, List<Object> arguments, PrintStream out) throws IOException {
        Jobs jobs = context.getService(context.getServiceReference(Jobs.class));
        String name = text(arguments, 0);
        jobs.start("probe", name, progress -> {
            AtomicBoolean cancelled = new AtomicBoolean();
            progress.onCancel(() -> cancelled.set(true));
            waitForFile(name, cancelled::get);
            progress.check();
            return Map.of();
        });
    }

    private static void waitForFile(String name, BooleanSupplier cancelled) throws IOException {
        Files.createFile(Path.of(name + ".started"));
        while (!Files.exists(Path.of(name + ".go")) && !cancelled.getAsBoolean()) {
            LockSupport.parkNanos(10_000_000);
        }
        Files.createFile(Path.of(name + (cancelled.getAsBoolean() ? ".cancelled" : ".done")));
    }

    private void printConfiguration(CommandSession session, List<Object> arguments, PrintStream out) throws Exception {
        var found = admin().listConfigurations("(service.pid=" + text(arguments, 0) + ")");
        if (found == null) {
            throw new IOException("probe-config: none");
        }
        var properties = found[0].getProperties();
        Collections.list(properties.keys()).stream()
                .sorted()
                .forEach(name -> out.println(name + "=" + properties.get(name)));
    }

    private void configure(CommandSession session, List<Object> arguments, PrintStream out) throws IOException {
        admin().getFactoryConfiguration(text(arguments, 0), text(arguments, 1), "?")
                .update(new Hashtable<>(Map.of("value", text(arguments, 2))));
    }

    private ConfigurationAdmin admin() {
        return context.getService(context.getServiceReference(ConfigurationAdmin.class));
    }
}
