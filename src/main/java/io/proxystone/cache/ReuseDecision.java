package io.proxystone.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether and how what is stored answers a request (RFC 9111 §4). */
public sealed interface ReuseDecision {

    /** The stored response answers, stale or not. */
    record Reuse(StoredResponse response) implements ReuseDecision {}

    /** The stored response answers though it is stale, and is validated meanwhile (RFC 5861 §3). */
    record ReuseAndRevalidate(StoredResponse response) implements ReuseDecision {}

    /**
     * The origin is asked whether something stored still holds (RFC 9111 §4.3).
     *
     * @param selected the response that would answer if it did; null if none of the candidates is for requests like this one
     * @param candidates the responses whose validators are sent, the selected one among them
     */
    record Validate(@Nullable StoredResponse selected, List<StoredResponse> candidates, ForwardReason reason)
            implements ReuseDecision {}

    /** The origin answers. */
    record Forward(ForwardReason reason) implements ReuseDecision {}

    /** Nobody answers: the request wants nothing but a stored response, and there is none (RFC 9111 §5.2.1.7). */
    record Unsatisfiable() implements ReuseDecision {}

    /** Handles every decision; a new one does not compile until everybody handles it. */
    interface Handler<R> {
        R reuse(Reuse decision);

        R reuseAndRevalidate(ReuseAndRevalidate decision);

        R validate(Validate decision);

        R forward(Forward decision);

        R unsatisfiable(Unsatisfiable decision);
    }

    default <R> R fold(Handler<R> handler) {
        if (this instanceof Reuse decision) {
            return handler.reuse(decision);
        } else if (this instanceof ReuseAndRevalidate decision) {
            return handler.reuseAndRevalidate(decision);
        } else if (this instanceof Validate decision) {
            return handler.validate(decision);
        } else if (this instanceof Forward decision) {
            return handler.forward(decision);
        }
        return handler.unsatisfiable((Unsatisfiable) this);
    }
}
