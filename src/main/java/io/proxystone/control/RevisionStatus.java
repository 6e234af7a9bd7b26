package io.proxystone.control;

import io.proxystone.config.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which revision serves, and what came of the latest attempt to replace it.
 *
 * @param number the number of the serving revision, counted from 1; 0 before the first
 * @param since when it went live, or null before the first
 * @param rejectedAt when a newer one was last rejected and none has been accepted since, or null
 * @param rejected why
 */
public record RevisionStatus(
        int number, @Nullable Instant since, @Nullable Instant rejectedAt, List<Finding> rejected) {
    static final RevisionStatus NONE = new RevisionStatus(0, null, null, List.of());

    public RevisionStatus {
        rejected = List.copyOf(rejected);
    }
}
