package org.hikae.shell.command;

import java.util.List;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Style;
import org.hikae.shell.text.Table;

/** What is known of one thing, a line for each. */
final class Details {

    private final Table table =
            new Table(List.of(new Table.Column("", Table.Kind.WORD), new Table.Column("", Table.Kind.TEXT)));

    Details put(String name, String value) {
        return put(name, Cell.of(value));
    }

    Details put(String name, Cell value) {
        table.add(List.of(new Cell(name, Style.HEADING), value));
        return this;
    }

    /** A number of bytes, for people and exactly; a dash if it is negative. */
    Details bytes(String name, long bytes) {
        return put(name, exactly(bytes));
    }

    /** Nothing if there is no problem. */
    Details problem(String problem) {
        return problem == null ? this : put("problem", Cell.problem(problem));
    }

    void print(Call call) {
        call.print(table);
    }

    /** Null for null, which is shown as a dash. */
    static String text(Object value) {
        return value == null ? null : value.toString();
    }

    static String exactly(long bytes) {
        String shown = ByteCount.showOrDash(bytes);
        return bytes < 1024 ? shown : shown + " (" + bytes + " bytes)";
    }
}
