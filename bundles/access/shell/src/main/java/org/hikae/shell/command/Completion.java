package org.hikae.shell.command;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.api.backup.Retention;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.api.files.center.ClientInfo;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.log.LogManager;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Layout;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.Schedules;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Commands;
import org.hikae.shell.call.Services;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a word of a command line may become. What a parameter means is told by its label: after {@code DISK} come the
 * names of disks.
 */
public final class Completion {

    private final Call call;

    public Completion(Call call) {
        this.call = call;
    }

    /** Candidates, in full, for the word at the index; the first word is the thing's name. */
    public List<String> candidates(int index, List<String> words) throws IOException {
        if (index > words.size()) {
            return List.of();
        }
        String current = index < words.size() ? words.get(index) : "";
        return all(words.subList(0, index), current)
                .filter(candidate -> candidate.startsWith(current))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<String> all(List<String> before, String current) throws IOException {
        if (before.isEmpty()) {
            return Things.all().keySet().stream().filter(call.services()::carries);
        }
        var thing = Things.all().get(before.get(0));
        if (thing == null) {
            return Stream.empty();
        }
        List<String> arguments = before.subList(1, before.size());
        CommandSpec spec = Commands.line(thing.apply(call), call, arguments).getCommandSpec();
        return all(spec, arguments, current);
    }

    /** @param before the words after those of the command itself */
    private Stream<String> all(CommandSpec spec, List<String> before, String current) throws IOException {
        if (spec.subcommands().isEmpty()) {
            return arguments(spec, before, current);
        } else if (before.isEmpty()) {
            return Stream.concat(spec.subcommands().keySet().stream(), options(spec, current));
        }
        var verb = spec.subcommands().get(before.get(0));
        return verb == null ? Stream.empty() : all(verb.getCommandSpec(), before.subList(1, before.size()), current);
    }

    private Stream<String> arguments(CommandSpec spec, List<String> before, String current) throws IOException {
        int positionals = 0;
        OptionSpec open = null;
        for (String word : before) {
            OptionSpec option = word.startsWith("-") ? spec.findOption(word) : null;
            if (open != null) {
                open = null;
            } else if (option != null) {
                open = option.arity().max() > 0 ? option : null;
            } else if (!word.startsWith("-") || word.equals("-")) {
                positionals++;
            }
        }
        if (open != null) {
            return values(open, current);
        } else if (current.startsWith("-")) {
            return options(spec, current);
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (parameter.index().contains(positionals)) {
                return values(parameter, current);
            }
        }
        return Stream.empty();
    }

    private static Stream<String> options(CommandSpec spec, String current) {
        return current.startsWith("-")
                ? spec.options().stream().filter(option -> !option.hidden()).map(OptionSpec::longestName)
                : Stream.empty();
    }

    private Stream<String> values(ArgSpec argument, String current) throws IOException {
        int comma = argument.splitRegex().isEmpty() ? -1 : current.lastIndexOf(',');
        String kept = current.substring(0, comma + 1);
        return names(argument.paramLabel(), current).stream().map(name -> kept + name);
    }

    private Collection<String> names(String label, String current) throws IOException {
        Services services = call.services();
        return switch (label) {
            case "DISK" -> list(services.find(Disks.class).map(Disks::list).orElse(List.of()), DiskStatus::name);
            case "MARK" -> marks(services);
            case "FORMAT" -> services.find(Disks.class).map(Disks::formats).orElse(List.of());
            case "MEDIUM" -> list(services.find(Media.class).map(Media::list).orElse(List.of()), MediumStatus::name);
            case "NODE" -> list(services.find(Nodes.class).map(Nodes::list).orElse(List.of()), Node::name);
            case "DOWN-NODE" -> services.find(Nodes.class).map(Nodes::down).orElse(List.of());
            case "SHARED-FORMAT" ->
                services.find(Disks.class).map(Disks::sharedFormats).orElse(List.of());
            case "DISK:PATH", "DISK[:PATH]", "DISK:PATH... DISK:PATH" ->
                DiskPathCompletion.candidates(services, current);
            case "LOCAL... DISK:PATH", "DISK:PATH... LOCAL" -> both(services, current);
            case "JOB" ->
                list(
                        services.find(Jobs.class).map(Jobs::list).orElse(List.of()),
                        (JobInfo job) -> Long.toString(job.id()));
            case "PATH", "FILE", "FOLDER", "LOCATION", "LOCAL", "LOG", "IMAGE" ->
                PathCompletion.candidates(call.caller().folder(), current);
            case "DRIVER" -> services.find(Media.class).map(Media::drivers).orElse(List.of());
            case "GATHERING" ->
                services.find(LogManager.class).map(LogManager::gatherings).orElse(List.of());
            case "PLACEMENT" ->
                services.find(LogManager.class).map(LogManager::placements).orElse(List.of());
            case "OVERLOAD" -> List.of(StrategyOptions.FAIL_BACKUP, StrategyOptions.HOLD_WRITES);
            case "LAYOUT" -> list(List.of(Layout.values()), Layout::text);
            case "[NODE=]RATE", "[NODE=]N" ->
                list(services.find(Nodes.class).map(Nodes::list).orElse(List.of()), node -> node.name() + "=");
            case "GENERATION" -> generations(services);
            case "BARCODE", "POOL", "LIBRARY", "GENERATION|BARCODE", "LIBRARY-DRIVER", "MEDIUM|auto|none", "SOURCE" ->
                TapeCompletion.names(label, services);
            case "FROM..TO" ->
                GenerationRange.candidates(current, generations(services)).toList();
            case "GROUP" -> list(services.find(Groups.class).map(Groups::list).orElse(List.of()), Group::name);
            case "SCHEDULE" -> schedules(services);
            case "BACKUP", "CENTER", "WHEN-FULL" -> ClientCompletion.names(label, services);
            case "CLIENT" -> clients(services);
            case "META" -> List.of(MetaOption.ALL, MetaOption.GROUP);
            case "ZONE" -> ZoneId.getAvailableZoneIds();
            case "REASON=N" -> list(Retention.REASONS, reason -> reason + "=");
            default -> List.of();
        };
    }

    private static List<String> schedules(Services services) {
        return list(
                services.find(Schedules.class).map(Schedules::list).orElse(List.of()),
                (ScheduleStatus status) -> status.schedule().name());
    }

    private static List<String> clients(Services services) throws IOException {
        FilesCenter center = services.find(FilesCenter.class).orElse(null);
        return center == null ? List.of() : list(center.clients(), ClientInfo::name);
    }

    static List<String> generations(Services services) throws IOException {
        Generations generations = services.find(Generations.class).orElse(null);
        return generations == null ? List.of() : list(generations.list(), GenerationInfo::id);
    }

    /** The caller's files, and those on disks: which of them is meant is not known here. */
    private List<String> both(Services services, String current) {
        List<String> found = new ArrayList<>(DiskPathCompletion.candidates(services, current));
        found.addAll(PathCompletion.candidates(call.caller().folder(), current));
        return found;
    }

    /** Of all disks: which one is meant is not known here. */
    private static List<String> marks(Services services) throws IOException {
        Marks marks = services.find(Marks.class).orElse(null);
        List<String> names = new ArrayList<>();
        if (marks != null) {
            for (DiskStatus disk : services.find(Disks.class).map(Disks::list).orElse(List.of())) {
                names.addAll(disk.problem() != null ? List.of() : list(marks.list(disk.name()), Mark::name));
            }
        }
        return names;
    }

    private static <T> List<String> list(List<T> things, java.util.function.Function<T, String> name) {
        return new ArrayList<>(things.stream().map(name).toList());
    }
}
