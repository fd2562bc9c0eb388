package org.hikae.shell.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;

/** All commands by name. A new one is a subclass of {@link Thing} and a line here. */
public final class Things {

    private static final Map<String, Function<Call, Thing>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("disk", DiskCommand::new);
        ALL.put("mark", MarkCommand::new);
        ALL.put("node", NodeCommand::new);
        ALL.put("fs", FsCommand::new);
        ALL.put("cache", CacheCommand::new);
        ALL.put("group", GroupCommand::new);
        ALL.put("medium", MediumCommand::new);
        ALL.put("backup", BackupCommand::new);
        ALL.put("generation", GenerationCommand::new);
        ALL.put("tape", TapeCommand::new);
        ALL.put("schedule", ScheduleCommand::new);
        ALL.put("center", CenterCommand::new);
        ALL.put("client", ClientCommand::new);
        ALL.put("relay", RelayCommand::new);
        ALL.put("catalog", CatalogCommand::new);
        ALL.put("nbd", NbdCommand::new);
        ALL.put("bilog", BilogCommand::new);
        ALL.put("job", JobCommand::new);
        ALL.put("unit", UnitCommand::new);
        ALL.put("status", StatusCommand::new);
        ALL.put("demo", DemoCommand::new);
    }

    private Things() {}

    public static Map<String, Function<Call, Thing>> all() {
        return java.util.Collections.unmodifiableMap(ALL);
    }
}
