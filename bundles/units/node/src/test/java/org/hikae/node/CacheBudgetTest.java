package org.hikae.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.node.cache.PageCache;
import org.junit.jupiter.api.Test;

/** What the caches of all nodes take together. */
class CacheBudgetTest {

    private static final long MIB = 1 << 20;

    @Test
    void nobodyTakesMoreThanIsLeft() {
        CacheBudget budget = new CacheBudget(100 * MIB);
        assertThat(budget.take(64 * MIB)).isEqualTo(64 * MIB);
        assertThat(budget.take(64 * MIB)).isEqualTo(36 * MIB);
        assertThat(budget.take(64 * MIB)).as("the least").isEqualTo(PageCache.SMALLEST);
        assertThat(budget.left()).isZero();
        budget.give(64 * MIB);
        assertThat(budget.left()).isEqualTo(64 * MIB - PageCache.SMALLEST);
    }

    @Test
    void theJvmHasSome() {
        assertThat(CacheBudget.ofJvm().left()).isPositive();
    }
}
