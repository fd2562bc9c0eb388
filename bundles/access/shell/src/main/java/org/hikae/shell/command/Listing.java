package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Table;

/** How things of one kind are listed: the columns for people, the fields for programs. */
final class Listing<T> {

    private static final int PAGE = 1000;

    private final List<Table.Column> columns = new ArrayList<>();
    private final List<Function<T, Cell>> cells = new ArrayList<>();
    private final Function<T, Json> json;
    private String rareHeading;
    private Function<T, String> rare = item -> null;

    Listing(Function<T, Json> json) {
        this.json = json;
    }

    Listing<T> text(String heading, Function<T, String> value) {
        return column(heading, Table.Kind.TEXT, item -> Cell.of(value.apply(item)));
    }

    Listing<T> word(String heading, Function<T, String> value) {
        return column(heading, Table.Kind.WORD, item -> Cell.of(value.apply(item)));
    }

    Listing<T> number(String heading, Function<T, String> value) {
        return column(heading, Table.Kind.NUMBER, item -> Cell.of(value.apply(item)));
    }

    Listing<T> column(String heading, Table.Kind kind, Function<T, Cell> value) {
        columns.add(new Table.Column(heading, kind));
        cells.add(value);
        return this;
    }

    /** A last column for what is wrong, which is there only if anything is wrong with any of the things. */
    Listing<T> wrong(String heading, Function<T, String> value) {
        rareHeading = heading;
        rare = value;
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

    /** Gives things one after the other. */
    @FunctionalInterface
    interface Source<T> {
        void to(Consumer<T> sink) throws IOException;
    }

    /** As the other, of things of which there may be millions: no more than a page of them is held. */
    void print(Call call, boolean asJson, Source<T> source, String none) throws IOException {
        if (asJson) {
            JsonStream stream = new JsonStream(call.out());
            source.to(item -> stream.add(json.apply(item)));
            stream.end();
        } else {
            printPages(call, source, none);
        }
    }

    /** Each page is a table, whose columns fit it. */
    private void printPages(Call call, Source<T> source, String none) throws IOException {
        List<T> page = new ArrayList<>();
        boolean[] any = new boolean[1];
        source.to(item -> {
            page.add(item);
            any[0] = true;
            if (page.size() == PAGE) {
                print(call, false, page, none);
                page.clear();
            }
        });
        if (!page.isEmpty() || !any[0]) {
            print(call, false, page, none);
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
        if (items.stream().anyMatch(item -> rare.apply(item) != null)) {
            shown.add(new Table.Column(rareHeading, Table.Kind.TEXT));
            values.add(item -> Cell.problem(rare.apply(item)));
        }
        Table table = new Table(shown);
        items.forEach(item ->
                table.add(values.stream().map(value -> value.apply(item)).toList()));
        return table;
    }
}
