package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told who give a command in a wrong way: a line, and exit code 2. */
class UsageTest {

    private final Platform platform = Platform.filled();

    private Outcome run(String line) {
        String[] words = line.split(" ", -1);
        return platform.run(words[0], Arrays.copyOfRange(words, 1, words.length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "disk | disk: a verb is missing: add, blocks, check, files, format, info, list, owner, remove; see 'disk --help'",
                "disk lst | disk: there is no verb 'lst'; did you mean 'list'? See 'disk --help'",
                "disk quux | disk: there is no verb 'quux'; see 'disk --help'",
                "disk --jsn | disk: there is no option '--jsn'; see 'disk --help'",
                "disk add | disk add: missing required parameters: 'NAME', 'PATH'; see 'disk add --help'",
                "disk add a b c | disk add: 'c' is one argument too many; see 'disk add --help'",
                "disk list --jsn | disk list: there is no option '--jsn'; did you mean '--json'? See 'disk list --help'",
                "disk add a b --block-size=x | disk add: invalid value for option '--block-size': 'x' is not a size such"
                        + " as 4096, 4KiB, 1.5GiB or 100MB; see 'disk add --help'",
                "backup run data | backup run: missing required option: '--to=MEDIUM'; see 'backup run --help'",
                "backup run data --to m1 --workers 0 | backup run: invalid value for option '--workers': there can be from 1 to"
                        + " 64 workers, not 0; see 'backup run --help'",
                "backup run data --to m1 --workers 2,n1=65 | backup run: invalid value for option '--workers': there can be"
                        + " from 1 to 64 workers, not 65; see 'backup run --help'",
                "backup run data --to m1 --workers n1=x | backup run: invalid value for option '--workers': 'x' is not a whole"
                        + " number; see 'backup run --help'",
                "backup run data --to m1 --rate n1=0 | backup run: invalid value for option '--rate': a rate of 0 would never"
                        + " end; leave the option out for no limit; see 'backup run --help'",
                "backup run data --to m1 --rate n1=5MB/s,n1=6MB/s | backup run: --rate has two limits for node 'n1'; see"
                        + " 'backup run --help'",
                "backup run data --to m1 --rate 5MB/s --rate 6MB/s | backup run: --rate has two limits for all nodes"
                        + " together; see 'backup run --help'",
                "backup run data --to m1 --rate =5MB/s | backup run: --rate '=5MB/s' names no node; write NODE=5MB/s; see"
                        + " 'backup run --help'",
                "backup run data --to m1 --nodes n2 --rate n1=5MB/s | backup run: node 'n1' has a limit, but is not among"
                        + " the --nodes that copy; see 'backup run --help'",
                "backup run data --to m1,m2 | backup run: 2 media for 1 disk: give one for all, or one for each; see"
                        + " 'backup run --help'",
                "backup run a b c --to m1,m2 | backup run: 2 media for 3 disks: give one for all, or one for each; see"
                        + " 'backup run --help'",
                "backup run a b a --to m1 | backup run: disk 'a' is given twice; see 'backup run --help'",
                "backup run a --to m1 --nodes n1,n2,n1 | backup run: node 'n1' is given twice; see 'backup run --help'",
                "backup run data --to m1 --layout raw | backup run: invalid value for option '--layout': there is no layout"
                        + " 'raw': packed or image; see 'backup run --help'",
                "backup run data --to m1 --layout image --differential | backup run: an image is whole: --layout image does"
                        + " not go with --differential; see 'backup run --help'",
                "backup run data --to m1 --since monday | backup run: --since goes with --differential; see 'backup run"
                        + " --help'",
                "bilog strategy --hold-limit 5s | bilog strategy: --hold-limit goes with --overload hold-writes; see 'bilog"
                        + " strategy --help'",
                "bilog strategy --overload fail-backup --hold-limit 5s | bilog strategy: --hold-limit goes with --overload"
                        + " hold-writes; see 'bilog strategy --help'",
                "bilog strategy --overload wait | bilog strategy: there is no policy 'wait': fail-backup or hold-writes; see"
                        + " 'bilog strategy --help'",
                "bilog strategy --overload hold-writes --hold-limit 2h | bilog strategy: writes can be held for 1s to 1h, not"
                        + " for 2h; see 'bilog strategy --help'",
                "bilog strategy --overload hold-writes --hold-limit 0 | bilog strategy: writes can be held for 1s to 1h, not"
                        + " for 0s; see 'bilog strategy --help'",
                "bilog strategy --hold-limit 1m | bilog strategy: invalid value for option '--hold-limit': '1m' is not a time"
                        + " such as 60s, 5min, 1h or 7d; see 'bilog strategy --help'",
                "bilog strategy --reset --overload fail-backup | bilog strategy: --reset forgets a choice: give nothing to"
                        + " choose with it; see 'bilog strategy --help'",
                "generation merge | generation merge: give either FROM..TO or --auto DISK; see 'generation merge --help'",
                "generation merge data@1..2 --auto data | generation merge: give either FROM..TO or --auto DISK; see"
                        + " 'generation merge --help'",
                "generation merge data@1 | generation merge: 'data@1' is no range of generations such as data@1..data@5 or"
                        + " data@1..5; see 'generation merge --help'",
                "generation merge data@5..2 | generation merge: the older generation comes first: data@2..data@5; see"
                        + " 'generation merge --help'",
                "generation merge data@1..mail@2 | generation merge: only generations of one disk can be merged, not of data"
                        + " and mail; see 'generation merge --help'",
                "generation merge data@1..2 --dry-run | generation merge: --keep and --dry-run go with --auto; see"
                        + " 'generation merge --help'",
                "generation merge --auto data --to m1 --keep last=1 | generation merge: --to goes with FROM..TO; --auto leaves"
                        + " the results where the newer ones are; see 'generation merge --help'",
                "generation merge --auto data | generation merge: --auto needs --keep; write, for instance, --keep"
                        + " last=7,daily=14,monthly=12; see 'generation merge --help'",
                "generation merge --auto data --keep minutely=7 | generation merge: --keep knows no 'minutely'; it knows last,"
                        + " hourly, daily, weekly, monthly, yearly; see 'generation merge --help'",
                "generation merge --auto data --keep daily | generation merge: --keep needs a whole number for daily; write,"
                        + " for instance, daily=7; see 'generation merge --help'",
                "generation merge --auto data --keep daily=1,daily=2 | generation merge: --keep has two numbers for daily; see"
                        + " 'generation merge --help'",
                "generation merge --auto data --keep last=0 | generation merge: --keep says of nothing that it is to be kept;"
                        + " write, for instance, last=7,daily=14; see 'generation merge --help'",
                "generation rebase data@1 | generation rebase: missing required option: '--to=MEDIUM'; see 'generation rebase"
                        + " --help'",
                "job pause | job pause: missing required parameter: 'JOB'; see 'job pause --help'",
                "job info x | job info: invalid value for JOB: 'x' is not a whole number; see 'job info --help'",
                "status x | status: 'x' is one argument too many; see 'status --help'"
            })
    void isTold(String line, String message) {
        Outcome outcome = run(line);
        assertThat(outcome.message()).isEqualTo(message);
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void aMissingUnitIsNamed() {
        platform.services.clear();
        Outcome outcome = run("backup run data --to m1");
        assertThat(outcome.message()).isEqualTo("backup run: the unit 'backup' is not there; see 'unit list'");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(run("generation list").message()).contains("the unit 'media' is not there");
        assertThat(run("disk list").message()).contains("the unit 'block' is not there");
        assertThat(run("node list").message()).contains("the unit 'node' is not there");
        assertThat(run("bilog strategy").message()).contains("the unit 'log' is not there");
        assertThat(run("job list").message()).contains("the unit 'job' is not there");
    }

    @Test
    void helpIsOutputAndDoesNothing() {
        Outcome outcome = run("disk remove data --help");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).startsWith("Usage: disk remove [-h] [--verbose] DISK\n");
        assertThat(platform.disks.disks).containsKey("data");
    }

    @Test
    void helpIsAsWideAndColouredAsTheCallerLikes() {
        platform.width = 60;
        platform.colour = true;
        assertThat(run("generation restore --help").out()).contains("\u001b[").doesNotContain("file to make. ");
        platform.width = 0;
        platform.colour = false;
        assertThat(run("generation restore --help").out()).doesNotContain("\u001b[");
    }

    @Test
    void onlyVerboseShowsWhere() {
        assertThat(run("disk remove x").err()).isEmpty();
        assertThat(run("disk remove x --verbose").err()).contains("IOException").contains("at org.hikae.");
        assertThat(run("disk --verbose remove x").err()).contains("at org.hikae.");
    }

    /** What looks like a number, a file with arguments, a pattern or a format stays what it is. */
    @ParameterizedTest
    @CsvSource({"007", "1.10", "1e3", "@/etc/hostname", "%", "%s", "*", "?", "two words", "''", "${x}", "日本", "-", "a=b"
    })
    void argumentsAreTakenAsTheyAre(String argument) {
        assertThat(platform.run("node", "add", argument).exit()).isZero();
        assertThat(platform.nodes.nodes).containsKey(argument);
    }

    @Test
    void whatFollowsTwoDashesIsNoOption() {
        assertThat(platform.run("node", "add", "--", "--json").exit()).isZero();
        assertThat(platform.nodes.nodes).containsKey("--json");
    }

    @Test
    void errorsOfAProgramAreOneLineToo() {
        platform.services.put(org.hikae.api.disk.Disks.class, new FakeDisks() {
            @Override
            public java.util.List<org.hikae.api.disk.DiskStatus> list() {
                throw new NoClassDefFoundError("org/hikae/gone");
            }
        });
        Outcome outcome = run("disk list");
        assertThat(outcome.message()).isEqualTo("disk list: internal error NoClassDefFoundError: org/hikae/gone");
        assertThat(outcome.exit()).isEqualTo(1);
    }
}
