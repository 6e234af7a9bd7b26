package io.proxystone.cache.flow;

import io.proxystone.testing.RawMessage;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What a response tells of the cache's part in it. */
final class AnswerAssert extends AbstractAssert<AnswerAssert, RawMessage> {
    private AnswerAssert(RawMessage actual) {
        super(actual, AnswerAssert.class);
    }

    static AnswerAssert assertAnswer(RawMessage answer) {
        return new AnswerAssert(answer);
    }

    private String cacheStatus() {
        String status = actual.field("Cache-Status");
        if (status == null) {
            throw new AssertionError("No Cache-Status in\n" + actual);
        }
        return status;
    }

    private AnswerAssert check(boolean met, String what) {
        if (!met) {
            throw new AssertionError("Expected " + what + " but got\n" + actual);
        }
        return this;
    }

    /** A stored response answered without the origin. */
    AnswerAssert isHit() {
        return check(cacheStatus().startsWith("proxy-stone;hit"), "a hit");
    }

    /** The origin's own response answered. */
    AnswerAssert isMiss() {
        return check(cacheStatus().contains(";fwd=") && !cacheStatus().contains("fwd-status=304"), "a miss");
    }

    /** A stored response answered after the origin confirmed it. */
    AnswerAssert isValidated() {
        return check(cacheStatus().contains(";fwd-status=304"), "a validated response");
    }

    AnswerAssert isStored() {
        return check(cacheStatus().contains(";stored"), "a response that is stored");
    }

    AnswerAssert isNotStored() {
        return check(!cacheStatus().contains(";stored"), "a response that is not stored");
    }

    AnswerAssert isCollapsed() {
        return check(cacheStatus().contains(";collapsed"), "a response shared with others");
    }

    AnswerAssert hasStatus(int status) {
        return check(actual.status() == status, "status " + status);
    }

    AnswerAssert hasText(String text) {
        return check(actual.text().equals(text), "'" + text + "'");
    }

    AnswerAssert hasField(String name, String value) {
        Assertions.assertThat(actual.field(name)).as(name).isEqualTo(value);
        return this;
    }

    AnswerAssert hasNo(String name) {
        Assertions.assertThat(actual.fields(name)).as(name).isEmpty();
        return this;
    }
}
