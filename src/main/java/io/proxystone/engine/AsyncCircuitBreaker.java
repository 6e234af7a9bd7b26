package io.proxystone.engine;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.proxystone.edge.loop.Loop;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Camel's {@code circuitBreaker} on the permissions of Resilience4j instead of its decorators: the steps inside may end
 * whenever they like, and no thread waits for them. To JMX it is what Camel's own is.
 */
final class AsyncCircuitBreaker extends ResilienceProcessor {
    private final AsyncProcessor steps;
    private final @Nullable AsyncProcessor fallback;
    private final CircuitBreakerConfig config;
    private final @Nullable BulkheadConfig bulkheadConfig;
    private final @Nullable TimeLimiterConfig timeLimiterConfig;
    private final boolean failsWhenOpen;

    private @Nullable Bulkhead ownBulkhead;
    private @Nullable ScheduledExecutorService timer;

    @SuppressWarnings("NullAway") // the parent takes null for what is not configured
    AsyncCircuitBreaker(
            CircuitBreakerConfig config,
            @Nullable BulkheadConfig bulkheadConfig,
            @Nullable TimeLimiterConfig timeLimiterConfig,
            Processor steps,
            @Nullable Processor fallback,
            boolean failsWhenOpen) {
        super(config, bulkheadConfig, timeLimiterConfig, steps, fallback, failsWhenOpen, null, null);
        this.config = config;
        this.bulkheadConfig = bulkheadConfig;
        this.timeLimiterConfig = timeLimiterConfig;
        this.steps = AsyncProcessorConverterHelper.convert(steps);
        this.fallback = fallback == null ? null : AsyncProcessorConverterHelper.convert(fallback);
        this.failsWhenOpen = failsWhenOpen;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(fallback);
        if (bulkheadConfig != null) {
            ownBulkhead = getBulkheadRegistry().bulkhead(getId(), bulkheadConfig);
        }
        if (timeLimiterConfig != null && timer == null) {
            timer = getCamelContext()
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(this, "CircuitBreakerTimeout");
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        ServiceHelper.stopService(fallback);
        if (timer != null) {
            getCamelContext().getExecutorServiceManager().shutdownNow(timer);
            timer = null;
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        exchange.setProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, true);
        CircuitBreaker breaker = getCircuitBreaker();
        if (!breaker.tryAcquirePermission()) {
            reject(
                    exchange,
                    CallNotPermittedException.createCallNotPermittedException(breaker),
                    failsWhenOpen,
                    callback);
            return false;
        }
        Bulkhead bulkhead = ownBulkhead;
        if (bulkhead != null && !bulkhead.tryAcquirePermission()) {
            breaker.releasePermission();
            reject(exchange, BulkheadFullException.createBulkheadFullException(bulkhead), true, callback);
            return false;
        }
        new Call(exchange, breaker, bulkhead, callback).start();
        return false;
    }

    /** One passage of an exchange through the steps. */
    private final class Call {
        private final Exchange exchange;
        private final Exchange copy;
        private final CircuitBreaker breaker;
        private final @Nullable Bulkhead bulkhead;
        private final AsyncCallback callback;
        private final long start;
        private final @Nullable Loop loop = Loop.current();
        private final AtomicBoolean decided = new AtomicBoolean();
        private @Nullable ScheduledFuture<?> timeout;

        Call(Exchange exchange, CircuitBreaker breaker, @Nullable Bulkhead bulkhead, AsyncCallback callback) {
            this.exchange = exchange;
            this.breaker = breaker;
            this.bulkhead = bulkhead;
            this.callback = callback;
            this.start = breaker.getCurrentTimestamp();
            // Steps that go on after a timeout must not touch the exchange that went on without them.
            this.copy = ExchangeHelper.createCorrelatedCopy(exchange, false);
            UnitOfWork work =
                    PluginHelper.getUnitOfWorkFactory(copy.getContext()).createUnitOfWork(copy);
            copy.getExchangeExtension().setUnitOfWork(work);
            Route route = ExchangeHelper.getRoute(exchange);
            if (route != null) {
                work.pushRoute(route);
            }
        }

        void start() {
            ScheduledExecutorService clock = timer;
            if (clock != null && timeLimiterConfig != null) {
                timeout = clock.schedule(
                        this::timedOut, timeLimiterConfig.getTimeoutDuration().toMillis(), TimeUnit.MILLISECONDS);
            }
            steps.process(copy, doneSync -> ended());
        }

        private void timedOut() {
            if (decided.compareAndSet(false, true)) {
                TimeoutException failure = new TimeoutException("The steps of circuit breaker " + getId()
                        + " took longer than " + getTimeoutDuration() + " ms");
                // The fallback runs where it would have run with an open circuit.
                if (loop == null) {
                    fail(failure);
                } else {
                    loop.execute(() -> fail(failure));
                }
            }
        }

        private void ended() {
            if (!decided.compareAndSet(false, true)) {
                UnitOfWorkHelper.doneUow(copy.getUnitOfWork(), copy);
                return;
            }
            if (timeout != null) {
                timeout.cancel(false);
            }
            Exception failure = copy.getException();
            if (failure == null) {
                succeed();
            } else {
                UnitOfWorkHelper.doneUow(copy.getUnitOfWork(), copy);
                fail(failure);
            }
        }

        private void succeed() {
            // What the steps left to be done at the end is for the end of the whole exchange: their answer is still in
            // use.
            copy.getUnitOfWork().handoverSynchronization(exchange);
            UnitOfWorkHelper.doneUow(copy.getUnitOfWork(), copy);
            release();
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
            ExchangeHelper.copyResults(exchange, copy);
            exchange.setProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_SUCCESSFUL_EXECUTION, true);
            exchange.setProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_FROM_FALLBACK, false);
            exchange.setProperty(
                    ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_STATE,
                    breaker.getState().name());
            end(exchange, callback);
        }

        private void fail(Exception failure) {
            release();
            breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), failure);
            exchange.setProperty(
                    ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_STATE,
                    breaker.getState().name());
            if (config.getIgnoreExceptionPredicate().test(failure)) {
                exchange.setProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_IGNORED, true);
            }
            exchange.setProperty(
                    ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_TIMED_OUT, failure instanceof TimeoutException);
            recover(exchange, failure, true, callback);
        }

        private void release() {
            if (bulkhead != null) {
                bulkhead.onComplete();
            }
        }
    }

    private void reject(Exchange exchange, Exception rejection, boolean fails, AsyncCallback callback) {
        exchange.setProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_SHORT_CIRCUITED, true);
        exchange.setProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_REJECTED, true);
        recover(exchange, rejection, fails, callback);
    }

    /** Lets the fallback answer, or fails the exchange if there is none. */
    private void recover(Exchange exchange, Exception failure, boolean fails, AsyncCallback callback) {
        AsyncProcessor alternative = fallback;
        exchange.setProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_SUCCESSFUL_EXECUTION, false);
        exchange.setProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_FROM_FALLBACK, alternative != null);
        if (alternative == null) {
            if (fails) {
                exchange.setException(failure);
            }
            end(exchange, callback);
            return;
        }
        exchange.setProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_SHORT_CIRCUITED, true);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_HANDLED, true);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, failure);
        if (exchange.getProperty(ExchangePropertyKey.FAILURE_ENDPOINT) == null) {
            Object endpoint = exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT);
            if (endpoint != null) {
                exchange.setProperty(ExchangePropertyKey.FAILURE_ENDPOINT, endpoint);
            }
        }
        exchange.setRouteStop(false);
        exchange.setException(null);
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
        alternative.process(exchange, doneSync -> end(exchange, callback));
    }

    private static void end(Exchange exchange, AsyncCallback callback) {
        exchange.removeProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK);
        callback.done(false);
    }
}
