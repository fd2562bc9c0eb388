package org.hikae.shell.command;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UnitStatus;
import org.hikae.shell.call.UnitStatus.Implementation;
import org.hikae.shell.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "unit", description = "The bundles that the platform is made of.")
final class UnitCommand extends Thing {

    UnitCommand(Call call) {
        super(call);
    }

    @Command(
            name = "list",
            description =
                    "List the units: number, bundle, state, and the implementations of what can be swapped. A star"
                            + " marks those in use.",
            footer = "  unit list")
    void list(@Mixin JsonOption json) {
        Set<Implementation> inUse = InUse.find(call.services());
        new Listing<UnitStatus>(unit -> json(unit, inUse))
                .word("NUMBER", UnitStatus::number)
                .text("UNIT", UnitStatus::unit)
                .text("BUNDLE", UnitStatus::bundle)
                .word("STATE", UnitStatus::state)
                .text("IMPLEMENTATIONS", unit -> implementations(unit, inUse))
                .wrong("PROBLEM", UnitStatus::problem)
                .print(call, json.on, call.services().units(), "there are no units");
    }

    private static String implementations(UnitStatus unit, Set<Implementation> inUse) {
        return unit.implementations().stream()
                .map(each -> each.kind().title() + " " + each.name() + (inUse.contains(each) ? "*" : ""))
                .collect(Collectors.joining(", "));
    }

    private static Json json(UnitStatus unit, Set<Implementation> inUse) {
        List<Json> implementations = unit.implementations().stream()
                .map(each -> new Json()
                        .put("kind", each.kind().title())
                        .put("name", each.name())
                        .put("inUse", inUse.contains(each)))
                .toList();
        return new Json()
                .put("number", unit.number())
                .put("unit", unit.unit())
                .put("bundle", unit.bundle())
                .put("version", unit.version())
                .put("state", unit.state())
                .put("implementations", implementations)
                .put("problem", unit.problem());
    }
}
