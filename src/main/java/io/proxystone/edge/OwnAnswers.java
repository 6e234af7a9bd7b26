package io.proxystone.edge;

import io.proxystone.edge.message.RequestFailedException;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.Method;
import io.proxystone.http.ProblemType;
import io.proxystone.http.RequestHead;
import io.proxystone.http.RequestTarget;
import io.proxystone.http.StatusCode;
import java.util.Set;
import java.util.TreeSet;

/** Answers the requests that no flow is asked about: those no flow serves, and those that are for this hop itself. */
final class OwnAnswers {
    private static final Set<String> REFUSED_METHODS = Set.of(Method.TRACE, Method.CONNECT);

    private OwnAnswers() {}

    /**
     * Answers a request unless a flow is to.
     *
     * @return whether it was answered
     * @throws RequestFailedException if it expects what nobody here can do
     */
    static boolean answer(ServerExchange exchange, Routing routing) throws RequestFailedException {
        RequestHead head = exchange.head();
        checkExpectations(head);
        if (head.method().equals(Method.CONNECT)) {
            // What follows may be meant for the tunnel that was asked for, and is not a request.
            exchange.makeLast();
        }
        if (REFUSED_METHODS.contains(head.method())) {
            exchange.respondProblem(
                    ProblemType.METHOD_NOT_ALLOWED, "TRACE and CONNECT are not for gateways", allow(Set.of()));
        } else if (head.target().form() == RequestTarget.Form.ASTERISK || isLastForward(head, routing)) {
            exchange.respond(204, StatusCode.reason(204), allow(Set.of()), null);
        } else if (routing instanceof Routing.MethodNotAllowed wrong) {
            exchange.respondProblem(
                    ProblemType.METHOD_NOT_ALLOWED,
                    "Allowed here: " + String.join(", ", new TreeSet<>(wrong.allowed())),
                    allow(wrong.allowed()));
        } else if (routing instanceof Routing.NotFound) {
            exchange.respondProblem(ProblemType.FLOW_NOT_FOUND, "No flow serves this host and path", Fields.EMPTY);
        } else {
            return false;
        }
        return true;
    }

    private static void checkExpectations(RequestHead head) throws RequestFailedException {
        for (String expectation : head.fields().all(FieldName.EXPECT)) {
            if (!expectation.equalsIgnoreCase("100-continue")) {
                throw new RequestFailedException(
                        ProblemType.EXPECTATION_FAILED, "The only expectation known here is 100-continue");
            }
        }
    }

    /** Whether the client asks that OPTIONS be answered by this hop (RFC 9110 §7.6.2). */
    private static boolean isLastForward(RequestHead head, Routing routing) {
        return head.method().equals(Method.OPTIONS)
                && routing.found() != null
                && "0".equals(head.fields().first(FieldName.MAX_FORWARDS));
    }

    private static Fields allow(Set<String> methods) {
        String names = methods.isEmpty()
                ? "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS"
                : String.join(", ", new TreeSet<>(methods));
        return Fields.builder().add(FieldName.ALLOW, names).build();
    }
}
