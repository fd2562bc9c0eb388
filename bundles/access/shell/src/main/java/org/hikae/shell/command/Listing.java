package org.hikae.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Table;

/** How things of one kind are listed: the columns for people, the fields for programs. */
final class Listing<T> {

    private final List<Table.Column> columns = new ArrayList<>();
    private final List<Function<T, Cell>> cells = new ArrayList<>();
    private final Function<T, Json> json;
    private Function<T, String> problem = item -> null;

    Listing(Function<T, Json> json) {
        this.json = json;
    }

    Listing<T> text(String heading, Function<T, String> value) {
        return cell(heading, item -> Cell.of(value.apply(item)));
    }

    Listing<T> cell(String heading, Function<T, Cell> value) {
        columns.add(new Table.Column(heading, false));
        cells.add(value);
        return this;
    }

    Listing<T> number(String heading, Function<T, String> value) {
        columns.add(new Table.Column(heading, true));
        cells.add(item -> Cell.of(value.apply(item)));
        return this;
    }

    /** A last column, which is there only if any of the things has a problem. */
    Listing<T> problem(Function<T, String> value) {
        problem = value;
        return this;
    }

    /** Prints them, or beside the output what to say if there are none. */
    void print(Call call, boolean asJson, List<T> items, String none) {
        if (asJson) {
            printJson(call, items);
        } else if (items.isEmpty()) {
            call.note(none);
        } else {
            call.print(table(items));
        }
    }

    List<Json> json(List<T> items) {
        return items.stream().map(json).toList();
    }

    private void printJson(Call call, List<T> items) {
        call.print(Json.array(json(items)));
    }

    Table table(List<T> items) {
        List<Table.Column> shown = new ArrayList<>(columns);
        List<Function<T, Cell>> values = new ArrayList<>(cells);
        if (items.stream().anyMatch(item -> problem.apply(item) != null)) {
            shown.add(new Table.Column("PROBLEM", false));
            values.add(item -> Cell.problem(problem.apply(item)));
        }
        Table table = new Table(shown);
        items.forEach(item ->
                table.add(values.stream().map(value -> value.apply(item)).toList()));
        return table;
    }
}
