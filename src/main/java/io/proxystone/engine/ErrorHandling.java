package io.proxystone.engine;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.proxystone.http.ProblemCause;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.processor.errorhandler.DefaultErrorHandler;
import org.apache.camel.spi.CamelLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Camel's error handlers without their waits: a delayed redelivery is scheduled instead of slept for. */
final class ErrorHandling {
    private static final String TRUE = "true";

    private ErrorHandling() {}

    /** Gives flows that name no error handler one, and fits the one that flow files set for all. */
    static void fit(CamelContext context) {
        ExtendedCamelContext extended = context.getCamelContextExtension();
        ErrorHandlerFactory shared = extended.getErrorHandlerFactory();
        if (shared == null) {
            extended.setErrorHandlerFactory(defaultErrorHandler());
        } else {
            fit(shared);
        }
    }

    private static ErrorHandlerFactory defaultErrorHandler() {
        DefaultErrorHandlerDefinition handler = new DefaultErrorHandlerDefinition();
        RedeliveryPolicyDefinition policy = new RedeliveryPolicyDefinition();
        policy.setLogExhaustedMessageHistory("false");
        handler.setRedeliveryPolicy(policy);
        fit(handler);
        return handler;
    }

    /** Has the redeliveries that a route configures itself scheduled, and expected failures left out of the log. */
    static void fit(RouteDefinition route) {
        if (route.getErrorHandlerFactory() != null) {
            fit(route.getErrorHandlerFactory());
        }
        route.getOutputs().forEach(output -> {
            if (output instanceof OnExceptionDefinition onException && onException.getRedeliveryPolicyType() != null) {
                scheduled(onException.getRedeliveryPolicyType());
            }
        });
    }

    private static void fit(ErrorHandlerFactory factory) {
        if (factory instanceof DefaultErrorHandlerDefinition handler) {
            if (handler.getLoggerBean() == null && handler.getLoggerRef() == null) {
                handler.setLoggerBean(new UnexpectedFailures());
            }
            handler.setRedeliveryPolicy(scheduled(handler.getRedeliveryPolicy()));
        }
    }

    private static RedeliveryPolicyDefinition scheduled(@Nullable RedeliveryPolicyDefinition policy) {
        RedeliveryPolicyDefinition scheduled = policy == null ? new RedeliveryPolicyDefinition() : policy;
        scheduled.setAsyncDelayedRedelivery(TRUE);
        return scheduled;
    }

    /**
     * Logs failures that nobody planned. Those about the other end of a connection, and refusals by steps that are there to
     * refuse, the access log tells one by one.
     */
    private static final class UnexpectedFailures extends CamelLogger {
        UnexpectedFailures() {
            super(LoggerFactory.getLogger(DefaultErrorHandler.class), LoggingLevel.ERROR);
        }

        @Override
        public void log(String message, Throwable exception) {
            if (!isExpected(exception)) {
                super.log(message, exception);
            }
        }

        @Override
        public void log(String message, Throwable exception, LoggingLevel level) {
            if (!isExpected(exception)) {
                super.log(message, exception, level);
            }
        }

        private static boolean isExpected(Throwable exception) {
            for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
                if (cause instanceof ProblemCause || isRefusal(cause)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether a throttle, a circuit breaker or a full thread pool did what it is there for. */
        private static boolean isRefusal(Throwable cause) {
            return cause instanceof RejectedExecutionException
                    || cause instanceof CallNotPermittedException
                    || cause instanceof BulkheadFullException
                    || cause instanceof TimeoutException;
        }
    }
}
