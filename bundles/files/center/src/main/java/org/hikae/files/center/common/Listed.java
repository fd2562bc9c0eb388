package org.hikae.files.center.common;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.files.center.table.CommonRow;
import org.hikae.files.center.table.SlimRow;

/** The objects of a medium as others know them, and the tables made to agree with it. Used once, with the area's lock held. */
final class Listed {

    /** Objects of common bytes that are named when they are gone. */
    private static final int NAMED = 10;

    private final CommonArea area;
    private final Consumer<String> problems;
    /** Those that lie there whole, or are no object of ours. */
    private final Map<String, MediumObject> plain = new TreeMap<>();
    /** Forms without what others have, by the name of their object on the medium. */
    private final Map<String, MediumObject> forms = new LinkedHashMap<>();

    private final Map<UUID, Long> commons = new HashMap<>();

    /** Whether there is a form of which nobody can tell what it refers to. */
    private boolean leftOut;

    Listed(CommonArea area, List<MediumObject> objects, Consumer<String> problems) {
        this.area = area;
        this.problems = problems;
        for (MediumObject each : objects) {
            if (CommonName.common(each.name()).isPresent()) {
                commons.put(CommonName.common(each.name()).get(), each.length());
            } else if (CommonName.form(each.name()).isPresent()) {
                forms.put(each.name(), each);
            } else {
                plain.put(each.name(), each);
            }
        }
    }

    /**
     * The objects in ascending order of their names.
     *
     * @param all whether they are all of the medium, so that what is not there is gone
     */
    List<MediumObject> known(boolean all) throws IOException {
        Map<String, SlimRow> rows = new HashMap<>();
        area.tables()
                .call(connection -> SlimRow.on(connection, area.name()))
                .forEach(row -> rows.put(CommonName.form(row.name(), row.form()), row));
        Map<String, MediumObject> known = new TreeMap<>(plain);
        for (MediumObject each : forms.values()) {
            SlimRow row = rows.get(each.name());
            if (row == null || row.stored() != each.length()) {
                row = enter(each, row);
            }
            if (row != null) {
                known.putIfAbsent(row.name(), new MediumObject(row.name(), row.length()));
            }
        }
        if (all && area.isComplete()) {
            forget(rows);
        }
        if (all) {
            compareCommons(area.isComplete());
        }
        return new ArrayList<>(known.values());
    }

    /** Whether there is a form of which nobody can tell what it refers to: whatever is there may be needed by it. */
    boolean isLeftOut() {
        return leftOut;
    }

    /** @return null: it is damaged, or gone by now */
    private SlimRow enter(MediumObject object, SlimRow former) throws IOException {
        CommonName.Form name = CommonName.form(object.name()).orElseThrow();
        Optional<SlimForm> form = read(object, name);
        if (form.isEmpty()) {
            return null;
        }
        SlimRow row =
                new SlimRow(area.name(), name.name(), name.number(), form.get().length(), object.length(), true);
        area.tables().call(connection -> {
            if (former != null) {
                former.delete(connection);
            }
            row.insert(connection, ids(form.get()));
            return row;
        });
        return row;
    }

    private Optional<SlimForm> read(MediumObject object, CommonName.Form name) throws IOException {
        try (SlimReader reader = area.openForm(name.name(), name.number())) {
            return Optional.of(reader.form());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (DamagedFormException e) {
            MediumObject whole = plain.get(name.name());
            if (whole != null) {
                // It goes when that was read: nothing of it is needed.
                return Optional.of(SlimForm.whole(whole.length()));
            }
            leftOut = true;
            problems.accept(object.name() + " on medium '" + area.name() + "' is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    static List<String> ids(SlimForm form) {
        return form.commons().stream().map(UUID::toString).toList();
    }

    private void forget(Map<String, SlimRow> rows) throws IOException {
        List<SlimRow> gone = new ArrayList<>();
        rows.forEach((name, row) -> {
            if (!forms.containsKey(name)) {
                gone.add(row);
            }
        });
        area.tables().call(connection -> {
            for (SlimRow each : gone) {
                each.delete(connection);
            }
            return gone;
        });
    }

    private void compareCommons(boolean complete) throws IOException {
        List<CommonRow.Gone> gone = area.tables().call(connection -> {
            Set<UUID> entered = new HashSet<>();
            for (CommonRow row : CommonRow.on(connection, area.name())) {
                Long bytes = commons.get(UUID.fromString(row.id()));
                if (bytes != null && bytes == row.bytes()) {
                    entered.add(UUID.fromString(row.id()));
                } else if (bytes != null || complete) {
                    row.delete(connection);
                }
            }
            for (Map.Entry<UUID, Long> each : commons.entrySet()) {
                if (!entered.contains(each.getKey())) {
                    new CommonRow(area.name(), each.getKey().toString(), each.getValue()).insert(connection);
                }
            }
            return complete ? CommonRow.gone(connection, area.name(), NAMED) : List.<CommonRow.Gone>of();
        });
        for (CommonRow.Gone each : gone) {
            problems.accept(CommonName.common(UUID.fromString(each.id())) + " is gone from medium '" + area.name()
                    + "'; files of which some was there are damaged, among others in " + each.user()
                    + ": 'center verify' names them");
        }
    }
}
