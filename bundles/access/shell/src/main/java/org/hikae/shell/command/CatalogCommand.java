package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.catalog.Catalog;
import org.hikae.api.catalog.CatalogInfo;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.group.Group;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "catalog",
        description =
                "What is known of generations, also of those that are away or gone, and of jobs of long ago. It can be"
                        + " lost: the truth is on the media.")
final class CatalogCommand extends Thing {

    static final String TAPE = "tape";

    CatalogCommand(Call call) {
        super(call);
    }

    @Command(
            name = "info",
            description = "Show where the catalog is, what it has, and whether it can be used.",
            footer = "  catalog info")
    void info(@Mixin JsonOption json) throws IOException {
        CatalogInfo info = call.service(Catalog.class).info();
        if (json.on) {
            call.print(json(info).node());
        } else {
            details(info).print(call);
        }
    }

    @Command(
            name = "rebuild",
            description = {
                "Make the catalog anew, and the tables of collected files: from the media, the configuration, and the"
                        + " jobs that the home has.",
                "From tape: make generations known that are on tape and nowhere else. All cartridges in the libraries"
                        + " are read that are not known, and the media that their objects are of are added."
            },
            footer = {"  catalog rebuild", "  catalog rebuild --from tape", "  catalog rebuild --from tape --all"})
    void rebuild(
            @Option(
                            names = "--from",
                            paramLabel = "SOURCE",
                            description = "tape: from the cartridges in the libraries.")
                    String source,
            @Option(names = "--all", description = "With --from tape: read those cartridges too that are known.")
                    boolean all,
            @Mixin JobOptions options)
            throws IOException, InterruptedException {
        if (source != null && !source.equals(TAPE)) {
            throw new UsageException("--from knows only " + TAPE + ", not '" + source + "'");
        } else if (all && source == null) {
            throw new UsageException("--all goes with --from " + TAPE);
        }
        options.show(
                call,
                source == null
                        ? call.service(Catalog.class).rebuild()
                        : call.service(TapeJobs.class).rebuild(all));
    }

    @Command(
            name = "generations",
            description = "List the generations that are known, and whether each is present, or its medium is away.",
            footer = {"  catalog generations", "  catalog generations data --gone"})
    void generations(
            @Parameters(paramLabel = "DISK", arity = "0..1", description = "Name of the disk; all if not given.")
                    String disk,
            @Option(names = "--gone", description = "Those too that were removed, or are a part of a newer one by now.")
                    boolean gone,
            @Mixin JsonOption json)
            throws IOException {
        List<KnownGeneration> wanted = call.service(Catalog.class).generations(gone).stream()
                .filter(known -> disk == null || disk.equals(known.info().disk()))
                .toList();
        CatalogViews.listing(call, wanted).print(call, json.on, wanted, "no generations are known");
    }

    @Command(
            name = "jobs",
            description = "List jobs, the newest first; those too that the home has no records of any more.",
            footer = {"  catalog jobs", "  catalog jobs --kind backup --limit 1000 --json"})
    void jobs(
            @Option(names = "--kind", paramLabel = "KIND", description = "Only those of this kind, such as backup.")
                    String kind,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "How many at most; 100 if not given.")
                    int limit,
            @Mixin JsonOption json)
            throws IOException {
        if (limit < 1) {
            throw new UsageException("--limit is 1 at least, not " + limit);
        }
        JobViews.listing(call)
                .print(call, json.on, call.service(Catalog.class).jobs(kind, limit), "no such jobs are known");
    }

    @Command(
            name = "groups",
            description =
                    "List the groups that are known: those that are configured, and those that generations are of.",
            footer = "  catalog groups")
    void groups(@Mixin JsonOption json) throws IOException {
        new Listing<Group>(GroupViews::json)
                .text("NAME", Group::name)
                .text("DISK", Group::disk)
                .text("LIST", group -> GroupViews.brief(group.list()))
                .print(call, json.on, call.service(Catalog.class).groups(), "no groups are known");
    }

    private Details details(CatalogInfo info) {
        if (info.problem() != null) {
            return new Details().put("database", info.database()).problem(info.problem());
        }
        return new Details()
                .put("database", info.database())
                .put("schema", Integer.toString(info.schema()))
                .put("generations", Long.toString(info.generations()))
                .put("groups", Long.toString(info.groups()))
                .put("jobs", Long.toString(info.jobs()))
                .put("updated", Times.show(info.updated(), call.caller().zone()));
    }

    private static Json json(CatalogInfo info) {
        boolean usable = info.problem() == null;
        return new Json()
                .put("database", info.database())
                .known("schema", usable ? info.schema() : -1)
                .known("generations", usable ? info.generations() : -1)
                .known("groups", usable ? info.groups() : -1)
                .known("jobs", usable ? info.jobs() : -1)
                .put("updated", info.updated())
                .put("problem", info.problem());
    }
}
