package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hikae.api.backup.Backups;
import org.hikae.api.disk.Disks;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.node.Nodes;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.demo.Demo;
import org.hikae.shell.demo.DemoReport;
import org.hikae.shell.text.ByteRate;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Style;
import org.hikae.shell.text.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Back up a real ext4 file system while two nodes overwrite all of its disk with noise, restore it, and show "
                    + "that the backup holds what was there at the instant it began.",
            "It needs mkfs.ext4 and e2fsck, and for a minute less than 1 GiB of disk. What it makes it removes again."
        },
        footer = {"  demo", "  demo --in /scratch"})
final class DemoCommand extends Thing implements Callable<Integer> {

    @Option(
            names = "--in",
            paramLabel = "FOLDER",
            description = "Work in a new folder in this one. Default: the system's temporary folder.")
    private String folder;

    @Mixin
    private JsonOption json;

    DemoCommand(Call call) {
        super(call);
    }

    @Override
    public Integer call() throws IOException {
        show(demo().run(call.cancellation()::onCancel));
        return 0;
    }

    private Demo demo() throws IOException {
        Demo.Services services = new Demo.Services(
                call.service(Disks.class),
                call.service(Nodes.class),
                call.service(Media.class),
                call.service(Backups.class),
                call.service(Generations.class));
        Path parent = call.path(folder != null ? folder : System.getProperty("java.io.tmpdir"));
        return new Demo(services, parent, call::note);
    }

    private void show(DemoReport report) throws IOException {
        if (json.on) {
            call.print(json(report).node());
        } else {
            details(report).print(call);
        }
        if (!report.passed()) {
            throw new IOException("the demonstration failed: see the lines that say NO");
        }
    }

    private static Details details(DemoReport report) {
        Map<String, Object> backup = report.backup();
        return new Details()
                .bytes("bytes copied", number(backup, "readBytes"))
                .bytes("bytes stored, log included", number(backup, "storedBytes"))
                .bytes("noise written from T0 on", report.noiseBytes())
                .bytes("before-images logged", number(backup, "loggedBytes"))
                .put("pause at T0", Times.show(Duration.ofNanos(number(backup, "pauseNanos"))))
                .put("throughput of the copy", ByteRate.show(perSecond(backup)))
                .put("restored image is identical to the disk before the noise", answer(report.identical()))
                .put("e2fsck -fn finds the restored image clean", answer(report.clean()))
                .put("the disk itself is now rubbish", answer(report.rubbish()));
    }

    private static Json json(DemoReport report) {
        return new Json()
                .put("backup", report.backup())
                .put("noiseBytes", report.noiseBytes())
                .put("identical", report.identical())
                .put("clean", report.clean())
                .put("rubbish", report.rubbish());
    }

    private static Cell answer(boolean yes) {
        return yes ? new Cell("yes", Style.GOOD) : new Cell("NO", Style.BAD);
    }

    private static long number(Map<String, Object> result, String name) {
        return ((Number) result.get(name)).longValue();
    }

    private static long perSecond(Map<String, Object> backup) {
        double seconds = Math.max(1, number(backup, "copyNanos")) / 1e9;
        return (long) ((number(backup, "readBytes") + number(backup, "zeroBytes")) / seconds);
    }
}
