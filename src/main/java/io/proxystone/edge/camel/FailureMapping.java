package io.proxystone.edge.camel;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.ProblemCause;
import io.proxystone.http.ProblemType;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.jspecify.annotations.Nullable;

/** The one place that says which status a failure of a flow becomes. */
final class FailureMapping {

    /** What to answer. */
    record Answer(ProblemType type, String detail, Fields fields) {}

    private static final Fields RETRY_AFTER =
            Fields.builder().add(FieldName.RETRY_AFTER, "1").build();

    private FailureMapping() {}

    /** The answer to a failure, by the first cause in its chain that is known. */
    static Answer of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Answer answer = ofKnown(cause);
            if (answer != null) {
                return answer;
            }
        }
        return new Answer(ProblemType.INTERNAL_ERROR, "A step of the flow failed; the log says more", Fields.EMPTY);
    }

    private static @Nullable Answer ofKnown(Throwable cause) {
        if (cause instanceof ProblemCause known) {
            boolean temporary = known.problemType() == ProblemType.UNAVAILABLE;
            return new Answer(known.problemType(), known.publicDetail(), temporary ? RETRY_AFTER : Fields.EMPTY);
        }
        if (cause instanceof CallNotPermittedException) {
            return unavailable("The circuit to the origin is open");
        }
        if (cause instanceof BulkheadFullException || cause instanceof RejectedExecutionException) {
            return unavailable("The flow takes no more requests at the moment");
        }
        if (cause instanceof DirectConsumerNotAvailableException) {
            return unavailable("A flow that this one needs is not running");
        }
        if (cause instanceof TimeoutException || cause instanceof ExchangeTimedOutException) {
            return new Answer(ProblemType.GATEWAY_TIMEOUT, "A step of the flow took too long", Fields.EMPTY);
        }
        return null;
    }

    private static Answer unavailable(String detail) {
        return new Answer(ProblemType.UNAVAILABLE, detail, RETRY_AFTER);
    }
}
