package org.hikae.itests.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Commands by chance that make something else of a chain: merges, moves, removals. */
final class ChainSteps {

    /** So many are left by a removal. */
    private static final int FEWEST = 2;

    private final Random random;
    private final List<String> media;

    ChainSteps(Random random, List<String> media) {
        this.random = random;
        this.media = List.copyOf(media);
    }

    /**
     * A command, and what it does.
     *
     * @param after what there may be from its first effect to its end, in order; nothing else if it is killed, but for what
     *     was there before
     */
    record Step(String command, List<Chain> after) {

        Chain last() {
            return after.get(after.size() - 1);
        }
    }

    /** So many, one after the other. */
    List<Step> next(Chain chain, int count) {
        List<Step> steps = new ArrayList<>();
        Chain now = chain;
        for (int i = 0; i < count; i++) {
            Step step = next(now);
            steps.add(step);
            now = step.last();
        }
        return steps;
    }

    private Step next(Chain chain) {
        int size = chain.numbers().size();
        return switch (size < 2 ? 3 : random.nextInt(5)) {
            case 0 -> merge(chain, "");
            case 1 -> merge(chain, medium());
            case 2 -> mergeAuto(chain);
            case 3 -> move(chain);
            default -> size > FEWEST ? remove(chain) : moveMerged(chain);
        };
    }

    /** The name of a medium. */
    String medium() {
        return media.get(random.nextInt(media.size()));
    }

    /** @param medium where to; empty: where the newest is */
    private Step merge(Chain chain, String medium) {
        List<Integer> numbers = chain.numbers();
        int last = 1 + random.nextInt(numbers.size() - 1);
        int to = numbers.get(last);
        int from = numbers.get(random.nextInt(last));
        String command = "generation merge " + Chain.id(from) + ".." + Chain.id(to);
        return medium.isEmpty()
                ? new Step(command, List.of(chain.merged(from, to, chain.medium(to))))
                : new Step(command + " --to " + medium, List.of(chain.merged(from, to, medium)));
    }

    /** All that are older than the last few go into the oldest of these. */
    private Step mergeAuto(Chain chain) {
        List<Integer> numbers = chain.numbers();
        int kept = 1 + random.nextInt(numbers.size() - 1);
        int to = numbers.get(numbers.size() - kept);
        return new Step(
                "generation merge --auto data --keep last=" + kept,
                List.of(chain.merged(numbers.get(0), to, chain.medium(to))));
    }

    private Step move(Chain chain) {
        List<Integer> numbers = chain.numbers();
        int last = numbers.get(random.nextInt(numbers.size()));
        String medium = chain.medium(last).equals(media.get(0)) ? media.get(1) : media.get(0);
        return new Step("generation rebase " + Chain.id(last) + " --to " + medium, chain.moved(last, medium));
    }

    private Step moveMerged(Chain chain) {
        int first = chain.numbers().get(0);
        int last = chain.newest();
        String medium = medium();
        return new Step(
                "generation rebase " + Chain.id(last) + " --to " + medium + " --merged",
                List.of(chain.merged(first, last, medium)));
    }

    private static Step remove(Chain chain) {
        return new Step("generation remove " + Chain.id(chain.newest()), List.of(chain.without(chain.newest())));
    }
}
