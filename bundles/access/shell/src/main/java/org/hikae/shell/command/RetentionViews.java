package org.hikae.shell.command;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.MergeRequest;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;

/** How a plan of what to keep looks. */
final class RetentionViews {

    private final Call call;

    RetentionViews(Call call) {
        this.call = call;
    }

    void print(RetentionPlan plan, boolean asJson) throws IOException {
        Listing<RetentionPlan.Entry> listing = listing(plan);
        if (asJson) {
            call.print(new Json()
                    .put("entries", listing.json(plan.entries()))
                    .put(
                            "merges",
                            plan.merges().stream().map(RetentionViews::json).toList())
                    .put("removals", plan.removals())
                    .node());
            return;
        }
        listing.print(call, false, plan.entries(), "there are no generations; see 'backup run --help'");
        if (!plan.entries().isEmpty()) {
            call.note(summary(plan));
        }
    }

    private Listing<RetentionPlan.Entry> listing(RetentionPlan plan) throws IOException {
        Map<String, Instant> instants = new HashMap<>();
        for (GenerationInfo each : call.service(Generations.class).list()) {
            instants.put(each.id(), each.instant());
        }
        Listing<RetentionPlan.Entry> listing = new Listing<RetentionPlan.Entry>(
                        entry -> json(entry, instants.get(entry.generation())))
                .text("ID", RetentionPlan.Entry::generation)
                .word(
                        "INSTANT",
                        entry -> Times.show(
                                instants.get(entry.generation()), call.caller().zone()))
                .text("KEPT", RetentionPlan.Entry::kept)
                .text("BECOMES PART OF", RetentionPlan.Entry::into);
        return plan.removals().isEmpty()
                ? listing
                : listing.word("REMOVED", entry -> plan.removals().contains(entry.generation()) ? "yes" : null);
    }

    private static String summary(RetentionPlan plan) {
        List<RetentionPlan.Entry> entries = plan.entries();
        long merged = entries.stream().filter(entry -> entry.into() != null).count();
        String gone = merged == 0
                ? "none would be merged"
                : merged + " would be merged into " + (merged == 1 ? "another" : "others") + ", by "
                        + plan.merges().size() + (plan.merges().size() == 1 ? " merge" : " merges");
        String removed = plan.removals().isEmpty() ? "" : ", " + plan.removals().size() + " would be removed";
        return "of " + entries.size() + (entries.size() == 1 ? " generation " : " generations ") + gone + removed
                + "; nothing was done";
    }

    private static Json json(RetentionPlan.Entry entry, Instant instant) {
        return new Json()
                .put("generation", entry.generation())
                .put("instant", instant)
                .put("kept", entry.kept())
                .put("into", entry.into());
    }

    private static Json json(MergeRequest merge) {
        return new Json().put("from", merge.from()).put("to", merge.to()).put("medium", merge.medium());
    }
}
